// The page that the text is written on, what another network reads there, and how it is kept.

import { named } from "../../web/helpers.js";
import { label, say } from "../../web/i18n.js";
import { opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { badge } from "../../web/widgets.js";
import { inHand, troubleWith } from "./writing.js";

/** @import { Envelope, ModelInfo, Reading } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

const ACROSS = 8; // letters a line
const ROOM = 168; // CSS pixels that a letter takes at most

/**
 * @param {Refs} ui
 * @param {WriteTab} tab
 */
export function makeWrittenPage(ui, tab) {
  const state = {
    /** @type {Envelope | null} the text on the page, as a picture */
    shown: null,
    /** @type {HTMLCanvasElement[]} of its letters */
    canvases: [],
  };

  const write = latest(
    /**
     * @param {Wanted} wanted
     * @param {boolean} soft
     */
    async (wanted, soft) => {
      const { model, text } = wanted;
      const wrong = troubleWith(text, tab.labels[model]);
      if (wrong) throw wrong;
      const picture = inHand(tab.condition[model], wanted, [...text]);
      const drawing = call("render", { pictures: [picture] });
      const [reply, { reads }] = await Promise.all([drawing, call("read", { picture })]);
      const sheet = await openSheet(reply);
      const same = state.canvases.length === sheet.count;
      if (!same) {
        state.canvases = Array.from({ length: sheet.count }, () => document.createElement("canvas"));
        ui.page.replaceChildren(...state.canvases);
      }
      (soft && same ? fade : paint)(state.canvases, sheet);
      label(ui.page, "write.page", { text });
      state.shown = picture;
      ui.page.dataset.shown = JSON.stringify(picture);
      sayReads(ui.reading, reads, text);
      layout();
      badge(ui.badge, named(tab.writers, model), reply);
      offerSizes(ui.size, named(tab.writers, model), state.canvases.length);
    },
  );

  function layout() {
    const { canvases } = state;
    if (!canvases.length || !heldBy(canvases[0])) return;
    const columns = Math.ceil(canvases.length / Math.ceil(canvases.length / ACROSS));
    ui.page.style.setProperty("--columns", String(columns));
    canvases.forEach((canvas) => sizeCanvas(canvas, Math.min(ROOM, roomIn(ui.page) / columns)));
  }

  ui.save.addEventListener("click", () => state.shown && savePicture(state.shown, Number(ui.size.value)));
  ui.share.addEventListener("click", () => state.shown && sharePicture(state.shown));
  opensFiles(ui.open);
  new ResizeObserver(layout).observe(ui.page);

  return { write, layout };
}

/**
 * @param {HTMLElement} element
 * @param {Reading[] | undefined} reads
 * @param {string} text what is written
 */
function sayReads(element, reads, text) {
  if (!reads) return say(element, null);
  const found = reads.map((reading) => reading.label).join("");
  say(element, found === text ? "write.reads" : "write.misreads", { text: found });
}

/**
 * Offers how many times as large as the model draws a text can be saved.
 * @param {HTMLSelectElement} select
 * @param {ModelInfo} model
 * @param {number} letters
 */
function offerSizes(select, { width, height }, letters) {
  const across = width * letters;
  const times = [1, 2, 4, 8, 16].filter((one) => one === 1 || across * one <= limits.width);
  const before = Number(select.value || 4);
  select.replaceChildren(...times.map((one) => new Option(`${across * one} × ${height * one} px`, String(one))));
  select.value = String(times.includes(before) ? before : times.at(-1));
}
