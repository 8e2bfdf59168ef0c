// One side of the comparison: the model that is chosen there, and its pictures.

import { makeBoard } from "../../web/board.js";
import { named } from "../../web/helpers.js";
import { has, label, say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { openSheet } from "../../web/pictures.js";
import { ofSeeds, saying } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge, modelPicker, speakBadge } from "../../web/widgets.js";

/** @import { Envelope, Said, TabInfo } from "../../web/types" */

/**
 * What decides a side.
 * @typedef {{ model: string, seed: number, truncation: number }} Asked
 */

const COUNT = 16;
const narrow = matchMedia("(max-width: 720px)");

/**
 * @param {TabInfo} tab
 * @param {(model: string) => void} choose hears that another model is chosen
 * @param {(picture: Said) => void} take hears a click on a picture
 */
export function makeSide(tab, choose, take) {
  const { box, picks, words, grid, fact } = build(tab);
  const state = {
    /** @type {Asked | null} */
    shown: null,
    /** @type {Envelope[]} */
    pictures: [],
  };
  const picker = modelPicker(picks, tab.models, choose);
  const board = makeBoard(grid, takeAt, () => (narrow.matches ? 2 : 4));

  const show = latest(
    /**
     * @param {Asked} asked
     * @param {boolean} soft
     */
    async (asked, soft) => {
      const { model: name, seed, truncation } = asked;
      const model = named(tab.models, name);
      picker.set(name);
      say(words, [`compare.${name}`, `compare.${model.family}`].find(has) ?? "compare.other");
      const { shown } = state;
      if (shown?.model === name && shown.seed === seed && shown.truncation === truncation) return;
      const pictures = ofSeeds({ ...asked, count: COUNT });
      const reply = await call("sample", { picture: pictures[0], count: COUNT });
      board.show(await openSheet(reply), (index) => ["cell", { seed: seed + index }], soft);
      grid.dataset.shown = JSON.stringify(asked);
      Object.assign(state, { shown: asked, pictures });
      badge(fact, model, reply);
    },
  );

  /** @param {number} index */
  function takeAt(index) {
    const picture = state.pictures[index];
    take({ ...picture, said: saying(picture) });
  }

  return {
    box,
    show,
    layout: board.layout,
    speak() {
      picker.speak();
      speakBadge(fact);
    },
  };
}

/** @param {TabInfo} tab */
function build(tab) {
  const box = document.createElement("section");
  const picks = document.createElement("fieldset");
  picks.className = "models";
  const words = document.createElement("p");
  words.className = "family";
  const grid = document.createElement("div");
  grid.className = "board grid";
  grid.setAttribute("role", "listbox");
  label(grid, `grid.${tab.noun}`);
  const fact = document.createElement("p");
  fact.className = "badge";
  box.append(picks, words, grid, fact);
  return { box, picks, words, grid, fact };
}
