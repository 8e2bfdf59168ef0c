// The Imitate view: draw one digit, and the model writes the others like it.

import { canvasOf, pictureCells } from "../../web/board.js";
import { around, refs } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { makePad } from "../../web/pad.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, sayReading, speakBadge } from "../../web/widgets.js";

/** @import { Envelope, Frame, View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { ImitateTab, Imitation } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {ImitateTab} tab
 * @param {Frame} page
 * @returns {View}
 */
export default function imitateView(root, tab, page) {
  /** @type {Refs} */
  const ui = refs(root);
  const model = tab.coders[0];
  const labels = tab.labels[model.name];
  const cells = pictureCells(ui.others, labels.length, (index) => ["imitate.cell", { label: labels[index] }]);
  /** @type {Envelope | null} */
  let hand = null; // the hand of what is drawn, as a picture whose label is open

  const ask = latest(async () => {
    const chosen = ui.label.value;
    const reply = await call("imitate", { model: model.name, png: pad.png(), ...(chosen && { label: chosen }) });
    hand = reply.hand;
    root.classList.toggle("empty", !hand);
    ui.write.disabled = !hand;
    if (reply.hand) await show(reply);
  });

  /** @param {Imitation} reply */
  async function show(reply) {
    const sheet = await openSheet(reply);
    drawCell(ui.seen, sheet, 0);
    drawCell(ui.back, sheet, 1);
    cells.forEach((cell, index) => drawCell(canvasOf(cell), sheet, 2 + index));
    if (reply.guessed) sayReading(ui.reading, { label: reply.label, percent: reply.percent ?? 0 });
    else say(ui.reading, "imitate.told", { label: reply.label });
    badge(ui.badge, model, reply);
    layout();
  }
  const pad = makePad(root, ui, () => {
    ui.label.value = ""; // it was said of another drawing
    ask();
  });

  function layout() {
    if (!hand || !root.offsetParent) return;
    const canvases = /** @type {NodeListOf<HTMLCanvasElement>} */ (root.querySelectorAll(".answers canvas"));
    canvases.forEach((canvas) => sizeCanvas(canvas, roomIn(canvas.parentElement)));
  }

  const writeIt = () => hand && page.take(tab, { ...hand, said: ["of.drawn", {}] });
  const another = () => pad.sample().catch(complain);

  const judge = new Option("", "");
  say(judge, "imitate.judge");
  ui.label.append(judge, ...labels.map((one) => new Option(one, one)));
  ui.label.addEventListener("change", ask);
  ui.write.addEventListener("click", writeIt);
  ui.others.addEventListener("click", (event) => around(event, ".cell") && writeIt());
  ui.sample.addEventListener("click", another);
  ui.sample.hidden = !tab.real;
  ui.clear.addEventListener("click", pad.clear);
  ui.write.disabled = true;
  new ResizeObserver(layout).observe(ui.others);

  return {
    primary: another,
    async shown() {
      layout();
      if (!hand && tab.real) await pad.sample(true).catch(complain);
    },
    speak: () => speakBadge(ui.badge),
  };
}
