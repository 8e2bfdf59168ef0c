// The text as it is written: drawn, read, kept.

import { named } from "../../web/helpers.js";
import { label, say } from "../../web/i18n.js";
import { opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { badge } from "../../web/widgets.js";
import { troubleOf, written } from "./writing.js";

/** @import { Envelope, ModelInfo, Reading } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

const IN_A_LINE = 8;
const LARGEST = 168; // CSS pixels of a letter

/**
 * @param {Refs} ui
 * @param {WriteTab} tab
 */
export function makePaper(ui, tab) {
  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  /** @type {Envelope | null} */
  let shown = null; // the text on the page, as a picture

  const write = latest(async (/** @type {Wanted} */ wanted, /** @type {boolean} */ soft) => {
    const { model: name, text } = wanted;
    const wrong = troubleOf(text, tab.labels[name], limits.letters);
    if (wrong) throw wrong;
    const picture = written(wanted, tab.condition[name], [...text]);
    const [reply, { reads }] = await Promise.all([call("render", { pictures: [picture] }), call("read", { picture })]);
    const sheet = await openSheet(reply);
    const same = canvases.length === sheet.count;
    if (!same) {
      canvases = Array.from({ length: sheet.count }, () => document.createElement("canvas"));
      ui.page.replaceChildren(...canvases);
    }
    (soft && same ? fade : paint)(canvases, sheet);
    label(ui.page, "write.page", { text });
    shown = picture;
    ui.page.dataset.shown = JSON.stringify(picture);
    sayReads(ui.reading, reads, text);
    layout();
    const model = named(tab.writers, name);
    badge(ui.badge, model, reply);
    offerSizes(ui.size, model, canvases.length);
  });

  function layout() {
    if (!canvases.length || !heldBy(canvases[0])) return;
    const lines = Math.ceil(canvases.length / IN_A_LINE);
    const columns = Math.ceil(canvases.length / lines);
    ui.page.style.setProperty("--columns", String(columns));
    for (const canvas of canvases) sizeCanvas(canvas, Math.min(LARGEST, roomIn(ui.page) / columns));
  }

  ui.save.addEventListener("click", () => shown && savePicture(shown, Number(ui.size.value)));
  ui.share.addEventListener("click", () => shown && sharePicture(shown));
  opensFiles(ui.open);
  new ResizeObserver(layout).observe(ui.page);
  return { write, layout };
}

/**
 * @param {HTMLElement} element
 * @param {Reading[] | undefined} reads nothing where nobody reads
 * @param {string} text
 */
function sayReads(element, reads, text) {
  if (!reads) return say(element, null);
  const found = reads.map((reading) => reading.label).join("");
  say(element, found === text ? "write.reads" : "write.misreads", { text: found });
}

/**
 * How many times as large as its model writes a text can be saved: as before, or four times.
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
