// The table of hands: each row is all that a model can write, in one hand.

import { arrowKeys } from "../../web/board.js";
import { label } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { alone, handAt, sameHand, written } from "./writing.js";

/** @import { SheetReply } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

/** @typedef {{ button: HTMLButtonElement, canvases: HTMLCanvasElement[] }} Row */

/**
 * @param {Refs} ui
 * @param {WriteTab} tab
 * @param {() => Wanted} now
 * @param {(index: number) => void} choose hears of a click on a row
 */
export function makeHands(ui, tab, now, choose) {
  /** @type {Row[]} */
  let rows = [];
  const focusable = arrowKeys(ui.hands, () => rows.map(({ button }) => button));

  const draw = latest(async (/** @type {Wanted} */ wanted, /** @type {boolean} */ soft) => {
    const { model, table } = wanted;
    const picture = written(alone(handAt(wanted, 0)), tab.condition[model], tab.labels[model]);
    await show(wanted, await call("sample", { picture, count: table.count }), soft);
  });

  /**
   * @param {Wanted} wanted
   * @param {SheetReply} reply
   * @param {boolean} soft
   */
  async function show({ model, table }, reply, soft) {
    const sheet = await openSheet(reply);
    const across = tab.labels[model].length;
    if (rows.length !== table.count || rows[0].canvases.length !== across) {
      rows = Array.from({ length: table.count }, (_, index) => makeRow(across, () => pick(index)));
      ui.hands.replaceChildren(...rows.map(({ button }) => button));
      focusable(0);
    }
    rows.forEach(({ button }, index) => label(button, "write.hand", { seed: table.seed + index }));
    (soft ? fade : paint)(rows.flatMap(({ canvases }) => canvases), sheet);
    ui.hands.dataset.shown = JSON.stringify({ model, ...table });
    layout();
    mark();
  }

  /** @param {number} index */
  function pick(index) {
    focusable(index);
    choose(index);
  }

  function layout() {
    for (const { button, canvases } of rows) {
      for (const canvas of canvases) sizeCanvas(canvas, roomIn(button) / canvases.length);
    }
  }

  function mark() {
    const wanted = now();
    rows.forEach(({ button }, index) => {
      button.setAttribute("aria-selected", String(sameHand(wanted.hand, handAt(wanted, index))));
      button.classList.toggle("second", sameHand(wanted.second, handAt(wanted, index)));
    });
  }

  new ResizeObserver(layout).observe(ui.hands);
  return { draw, show, layout, mark };
}

/**
 * @param {number} across
 * @param {() => void} clicked
 * @returns {Row}
 */
function makeRow(across, clicked) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hand";
  button.setAttribute("role", "option");
  const canvases = Array.from({ length: across }, () => document.createElement("canvas"));
  button.append(...canvases);
  button.addEventListener("click", clicked);
  return { button, canvases };
}
