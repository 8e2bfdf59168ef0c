// The Compare view: the same seeds through two models, side by side.

import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { seedField } from "../../web/widgets.js";
import { makeSide } from "./side.js";

/**
 * All that can be undone; `names` are the models of both sides.
 * @typedef {{ seed: number, truncation: number, names: string[] }} Asked
 */

/** @type {import("../../web/types").ViewMaker} */
export default function compareView(root, tab, page) {
  /** @type {import("./refs").Refs} */
  const ui = refs(root);
  const { seed, truncation } = tab.usual;
  /** @type {Asked} */
  let asked = { seed, truncation, names: tab.models.slice(0, 2).map((model) => model.name) };

  const history = makeHistory(root, ui, () => asked, (then) => change(then, { remembered: false }));
  const sides = asked.names.map((_, place) =>
    makeSide(
      tab,
      (name) => change({ names: asked.names.with(place, name) }),
      (picture) => page.take(tab, picture),
    ),
  );
  ui.sides.append(...sides.map((side) => side.box));

  /**
   * All that decides what is seen goes through here.
   * @param {Partial<Asked>} wish
   * @param {{ remembered?: boolean, soft?: boolean }} [how]
   */
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    asked = { ...asked, ...wish };
    showAll(soft);
  }

  /** @param {boolean} soft */
  function showAll(soft) {
    const { names, ...start } = asked;
    ui.seed.value = String(start.seed);
    ui.variety.value = String(start.truncation);
    ui.varietyOut.textContent = start.truncation.toFixed(2);
    sides.forEach((side, place) => side.show({ model: names[place], ...start }, soft));
  }

  const fresh = () => change({ seed: randomSeed() });

  ui.new.addEventListener("click", fresh);
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value) }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.usual.truncation }));
  seedField(ui.seed, () => asked.seed, (seed) => change({ seed }));
  showAll(false);

  return {
    primary: fresh,
    shown: () => sides.forEach((side) => side.layout()),
    speak: () => sides.forEach((side) => side.speak()),
  };
}
