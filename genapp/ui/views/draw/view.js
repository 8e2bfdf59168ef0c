// The Draw view: a pad, and what the models make of what is drawn on it.

import { canvasOf } from "../../web/board.js";
import { around, randomSeed, refs } from "../../web/helpers.js";
import { latest } from "../../web/latest.js";
import { makePad } from "../../web/pad.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { makeAnswer } from "./answer.js";

/** @import { Frame, View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { DrawTab } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {DrawTab} tab
 * @param {Frame} page
 * @returns {View}
 */
export default function drawView(root, tab, page) {
  /** @type {Refs} */
  const ui = refs(root);
  const answer = makeAnswer(root, ui, tab);
  let variation_seed = randomSeed();

  const ask = latest(async () => {
    const reply = await call("draw", { png: pad.png(), variation_seed });
    root.classList.toggle("empty", !reply.parts);
    if (reply.parts) await answer.show(reply);
  });
  const pad = makePad(root, ui, ask);

  const another = () => pad.sample().catch(complain);
  ui.sample.addEventListener("click", another);
  ui.sample.hidden = !tab.real;
  ui.clear.addEventListener("click", () => {
    variation_seed = randomSeed();
    pad.clear();
  });
  ui.siblings.addEventListener("click", (event) => {
    const picture = answer.last?.pictures?.[Number(around(event, ".cell")?.dataset.index)];
    if (picture) page.take(tab, { ...picture, said: ["of.near", {}] });
  });
  ui.neighbours.addEventListener("click", (event) => {
    const cell = around(event, ".cell");
    if (cell) pad.stamp(canvasOf(cell));
  });
  ui.onMap.addEventListener("click", () => answer.last?.place && page.find(tab, answer.last.place));
  new ResizeObserver(answer.layout).observe(ui.answers);

  return {
    primary: another,
    async shown() {
      answer.layout();
      if (!answer.last && tab.real) await pad.sample(true).catch(complain);
    },
    speak: answer.speak,
  };
}
