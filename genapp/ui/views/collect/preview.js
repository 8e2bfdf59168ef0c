// What the pictures of an order will look like: eight of each label.

import { latest } from "../../web/latest.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { ofSeed } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge } from "../../web/widgets.js";

/** @import { Refs } from "./refs" */
/** @import { CollectTab, Order } from "./types" */

const ROWS = 8;

/**
 * @param {Refs} ui
 * @param {CollectTab} tab
 */
export function makePreview(ui, tab) {
  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  let columns = 1;

  /**
   * @param {Order} order
   * @param {boolean} soft fade from what is there
   */
  async function draw({ model, seed, truncation }, soft) {
    const labels = tab.labels[model.name];
    const conditions = { [tab.condition[model.name]]: labels };
    const picture = ofSeed(model.name, seed, truncation, { conditions });
    const reply = await call("sample", { picture, count: ROWS });
    const sheet = await openSheet(reply);
    const same = canvases.length === sheet.count;
    if (!same) {
      canvases = Array.from({ length: sheet.count }, () => document.createElement("canvas"));
      ui.grid.replaceChildren(...canvases);
    }
    columns = labels.length;
    ui.grid.style.setProperty("--columns", String(columns));
    (soft && same ? fade : paint)(canvases, sheet);
    ui.grid.dataset.shown = JSON.stringify({ model: model.name, seed, truncation });
    layout();
    badge(ui.badge, model, reply);
  }

  function layout() {
    for (const canvas of canvases) sizeCanvas(canvas, roomIn(ui.grid) / columns);
  }

  new ResizeObserver(layout).observe(ui.grid);
  return { show: latest(draw), layout };
}
