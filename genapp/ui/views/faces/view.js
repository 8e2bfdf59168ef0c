// The Faces view: a grid, one face on the stage, and a tray of what can be done with it: mix, walk, finish, breed, add up.

import { makeGrid } from "../../web/grid.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { makeKeep } from "../../web/keep.js";
import { changed, mixed, ofSeed, saying } from "../../web/recipes.js";
import { makeStage } from "../../web/stage.js";
import { gridAndStage, stageFollows } from "../../web/widgets.js";
import { makeEdit } from "./edit.js";
import { makeFamily } from "./family.js";
import { makeFinish } from "./finish.js";
import { makeMix } from "./mix.js";
import { makePath } from "./path.js";
import { makeSum } from "./sum.js";

export default function facesView(root, tab) {
  const ui = refs(root);
  let current = null; // the picture on the stage; null on a walk

  const stage = makeStage(ui, tab, (picture, sheet) => {
    current = picture;
    const ofSomebody = picture ? picture.private : path.stops.some((stop) => stop.private);
    say(ui.claim, ofSomebody ? "claim.photo" : "claim");
    finish.follow(picture, sheet);
    if (picture) mix.follow(picture);
    if (picture) edit.follow(picture);
    family.follow(picture);
    sum.follow(picture);
    path.offer();
    grid.mark();
    keep.offerSizes();
  });
  const grid = makeGrid(root, ui, tab, {
    current: () => current,
    chosen: (picture, event) => (event.shiftKey ? walkVia : look)(picture),
    snapshot: () => ({ current: stage.coming, second: mix.second, stops: path.stops, family: family.state, sum: sum.state }),
    restore,
    drawn() {
      mix.mark();
      path.mark();
      family.mark();
      keep.offerSizes();
      stageFollows(grid, stage, (picture) => stage.show(finished(picture)));
    },
  });
  const undoable = { record: grid.record, oneStep: grid.oneStep };
  const finish = makeFinish(ui, tab, stage, {
    ...undoable,
    wish(wanted) {
      const held = stage.hold();
      if (held) stage.put(changed(held, { finish: wanted }));
    },
  });
  const mix = makeMix(ui, tab, grid, stage, { ...undoable, wish: stage.put });
  const edit = makeEdit(ui, tab, stage, undoable);
  const path = makePath(ui, tab, grid, stage, finish.get);
  const family = makeFamily(ui, tab, grid, stage, { ...undoable, look });
  const sum = makeSum(ui, tab, grid, stage, { ...undoable, look, put: (picture) => stage.put(finished(picture)) });
  const keep = makeKeep(ui, tab, stage, () => current?.recipe.model ?? grid.asked.model);

  const finished = (picture) => changed(picture, { finish: finish.get() });

  function look(picture) {
    grid.record();
    stage.show(finished(picture));
  }

  function walkVia(picture) {
    openTray("path");
    if (!path.stops.length && current?.recipe.model === picture.recipe.model) path.add(current);
    path.add(picture);
  }

  function restore(then) {
    path.stops = then.stops;
    family.state = then.family;
    sum.state = then.sum;
    if (then.sum.due) return; // the sum brings its result
    if (!then.current) return path.play();
    if (then.current === stage.coming) return;
    mix.follow(then.current, then.second);
    stage.put(then.current);
  }

  // --- surprise: some face, with some of another where the model can mix --------------------------------------------

  ui.surprise.addEventListener("click", () => {
    grid.record();
    const { model, truncation } = grid.asked;
    const { styles } = tab.models.find((one) => one.name === model);
    const [one, other] = [randomSeed(), randomSeed()].map((seed) => ofSeed(model, seed, truncation));
    const range = styles[Math.floor(Math.random() * styles.length)];
    const mixes = range && Math.random() < 0.5;
    const picture = mixed(one, other, mixes ? { [range]: 1 } : {});
    stage.show(finished({ ...picture, said: mixes ? ["of.mix", {}] : saying(one) }));
  });
  ui.siblings.addEventListener("click", () => {
    const held = stage.hold();
    if (held) grid.showNear(held);
  });

  // --- the tray -----------------------------------------------------------------------------------------------------

  function openTray(name) {
    grid.pick(null);
    for (const button of ui.trays.children) button.setAttribute("aria-selected", button.dataset.tray === name);
    for (const panel of root.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
    mix.open(name === "mix");
    family.open(name === "family");
    sum.open(name === "sum");
    root.dataset.tray = name;
  }

  ui.trays.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tray]");
    if (!button) return;
    if (button.dataset.tray !== "path") stage.hold();
    openTray(button.dataset.tray);
  });

  // --- off we go ----------------------------------------------------------------------------------------------------

  grid.start(tab.first?.grid);
  if (tab.first) {
    const { tour, asked } = tab.first;
    const walked = stage.showWalk(asked, tour, [`stage.tour.${tab.noun}`, { count: asked.pictures.length }]);
    walked.then((sheet) => {
      path.stops = asked.pictures.map((stop, index) => ({ ...stop, holds: { sheet, index: index * asked.steps } }));
    });
  } else path.wander();
  openTray("path");

  return gridAndStage(grid, stage);
}
