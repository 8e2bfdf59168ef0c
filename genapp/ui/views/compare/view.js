// The Compare view: the same seeds through two models, side by side.

import { makeBoard } from "../../web/board.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { has, label, say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { openSheet } from "../../web/pictures.js";
import { envelope, ofSeeds, saying } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge, modelPicker, seedField, speakBadge } from "../../web/widgets.js";

export default function compareView(root, tab, page) {
  const ui = refs(root);
  const COUNT = 16;
  const narrow = matchMedia("(max-width: 720px)");
  const { seed, truncation } = tab.usual;
  let asked = { seed, truncation, names: tab.models.slice(0, 2).map((model) => model.name) }; // all that can be undone

  const history = makeHistory(root, ui, () => asked, (then) => change(then, { remembered: false }));
  const sides = asked.names.map((_, place) => makeSide(place));

  function makeSide(place) {
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
    ui.sides.append(box);

    const picker = modelPicker(picks, tab.models, (name) => change({ names: asked.names.with(place, name) }));
    const board = makeBoard(grid, take, () => (narrow.matches ? 2 : 4));

    let pictures = [];

    const show = latest(async ({ seed, truncation, names }, soft) => {
      const name = names[place];
      const model = tab.models.find((one) => one.name === name);
      picker.set(name);
      say(words, [`compare.${name}`, `compare.${model.family}`].find(has) ?? "compare.other");
      const shown = JSON.stringify({ model: name, seed, truncation });
      if (grid.dataset.shown === shown) return;
      const asked = ofSeeds({ model: name, seed, truncation, count: COUNT });
      const reply = await call("render", { pictures: asked.map(envelope) });
      board.show(await openSheet(reply), (index) => ["cell", { seed: seed + index }], soft);
      grid.dataset.shown = shown;
      pictures = asked;
      badge(fact, model, reply);
    });

    function take(index) {
      page.take(tab, { ...pictures[index], said: saying(pictures[index]) });
    }

    return { show, layout: board.layout, speak: () => [picker.speak(), speakBadge(fact)] };
  }

  // All that decides what is seen goes through here.
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    asked = { ...asked, ...wish };
    showAll(soft);
  }

  function showAll(soft) {
    ui.seed.value = asked.seed;
    ui.variety.value = asked.truncation;
    ui.varietyOut.textContent = asked.truncation.toFixed(2);
    sides.forEach((side) => side.show(asked, soft));
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
