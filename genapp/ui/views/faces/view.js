// The Faces view: a grid, one face on the stage, and a tray of what can be done with it: mix, walk, finish, breed, add up.

import { isPrivate } from "../../web/consent.js";
import { makeGrid } from "../../web/grid.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { makeKeep } from "../../web/keep.js";
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
    const ofSomebody = picture ? isPrivate(picture.point) : path.stops.some((stop) => isPrivate(stop.point));
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
      if (held) stage.put({ ...held, finish: wanted ?? undefined });
    },
  });
  const mix = makeMix(ui, tab, grid, stage, { ...undoable, wish: stage.put });
  const edit = makeEdit(ui, tab, stage, undoable);
  const path = makePath(ui, tab, grid, stage, finish.get);
  const family = makeFamily(ui, tab, grid, stage, { ...undoable, look });
  const sum = makeSum(ui, tab, grid, stage, { ...undoable, look, put: (picture) => stage.put(finished(picture)) });
  const keep = makeKeep(ui, tab, stage, () => (current ?? grid.asked).model);

  const finished = (picture) => ({ ...picture, finish: finish.get() ?? undefined });

  function look(picture) {
    grid.record();
    stage.show(finished(picture));
  }

  function walkVia(picture) {
    openTray("path");
    if (!path.stops.length && current?.model === picture.model) path.add(current);
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
    const [point, other] = [randomSeed(), randomSeed()].map((seed) => ({ seed, truncation }));
    const range = styles[Math.floor(Math.random() * styles.length)];
    const mixes = range && Math.random() < 0.5;
    const picture = { model, point: mixes ? { ...point, mix: { ...other, shares: { [range]: 1 } } } : point };
    stage.show(finished({ ...picture, said: mixes ? ["of.mix", {}] : ["of.seed", { seed: point.seed }] }));
  });
  ui.siblings.addEventListener("click", () => {
    const held = stage.hold();
    if (held) grid.change({ model: held.model, near: { point: held.point, variation_seed: randomSeed() } });
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
    const walked = stage.showWalk(asked, tour, [`stage.tour.${tab.noun}`, { count: asked.points.length }]);
    walked.then((sheet) => {
      path.stops = asked.points.map((point, index) => {
        return { model: asked.model, point, holds: { sheet, index: index * asked.steps } };
      });
    });
  } else path.wander();
  openTray("path");

  return gridAndStage(grid, stage);
}
