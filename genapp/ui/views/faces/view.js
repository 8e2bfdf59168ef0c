// The Faces view: a grid, one face on the stage, and trays of what can be done with it: edit, mix, walk, finish, breed,
// add up.

import { makeGrid } from "../../web/grid.js";
import { named, randomSeed, refs } from "../../web/helpers.js";
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
import { makeTrays } from "./trays.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { Stage } from "../../web/stage.js" */
/** @import { Envelope, ModelInfo, Opening, Picture, Said, View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { FacesTab, Family, SumState } from "./types" */

/**
 * What can be undone beside the grid.
 * @typedef {object} Moment
 * @property {Said | null} current
 * @property {Envelope | null} second
 * @property {Picture[]} stops
 * @property {Family} family
 * @property {SumState} sum
 */

/**
 * @param {HTMLElement} root
 * @param {FacesTab} tab
 * @returns {View}
 */
export default function facesView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  /** @type {{ current: Said | null }} the picture on the stage; null on a walk */
  const state = { current: null };

  const stage = makeStage(ui, tab, (picture, sheet) => {
    state.current = picture;
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
    current: () => state.current,
    chosen: (picture, event) => (event.shiftKey ? walkVia : look)(picture),
    snapshot,
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
  const path = makePath(ui, grid, stage, finish.get);
  const family = makeFamily(ui, grid, stage, { ...undoable, look });
  const sum = makeSum(ui, grid, stage, { ...undoable, look, put: (picture) => stage.put(finished(picture)) });
  const keep = makeKeep(ui, tab, stage, () => state.current?.recipe.model ?? grid.asked.model);
  const openTray = makeTrays(root, ui.trays, opened, (name) => name !== "path" && stage.hold());

  /** @param {Said} picture */
  const finished = (picture) => changed(picture, { finish: finish.get() });

  /** @param {Said} picture */
  function look(picture) {
    grid.record();
    stage.show(finished(picture));
  }

  /** @param {Said} picture */
  function walkVia(picture) {
    const { current } = state;
    openTray("path");
    if (!path.stops.length && current?.recipe.model === picture.recipe.model) path.add(current);
    path.add(picture);
  }

  /** @returns {Moment} */
  function snapshot() {
    const { coming: current } = stage;
    return { current, second: mix.second, stops: path.stops, family: family.state, sum: sum.state };
  }

  /** @param {Moment} then */
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

  /** @param {string} tray */
  function opened(tray) {
    grid.pick(null);
    for (const [name, part] of Object.entries({ mix, family, sum })) part.open(tray === name);
  }

  listen(ui, tab, grid, stage, look);
  grid.start(tab.first?.grid);
  if (tab.first) startTour(stage, tab.noun, tab.first).then((stops) => (path.stops = stops));
  else path.wander();
  openTray("path");

  return gridAndStage(grid, stage);
}

/**
 * The buttons beside the stage that bring other faces.
 * @param {Refs} ui
 * @param {FacesTab} tab
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {(picture: Said) => void} look
 */
function listen(ui, tab, grid, stage, look) {
  ui.surprise.addEventListener("click", () => {
    const { model, truncation } = grid.asked;
    look(somebody(named(tab.models, model), truncation));
  });
  ui.siblings.addEventListener("click", () => {
    const held = stage.hold();
    if (held) grid.showNear(held);
  });
}

/**
 * Some face, with some of another where the model can mix.
 * @param {ModelInfo} model
 * @param {number} truncation
 * @returns {Said}
 */
function somebody({ name, styles }, truncation) {
  const [one, other] = [randomSeed(), randomSeed()].map((seed) => ofSeed(name, seed, truncation));
  const range = styles[Math.floor(Math.random() * styles.length)];
  if (!range || Math.random() >= 0.5) return { ...one, said: saying(one) };
  return { ...mixed(one, other, { [range]: 1 }), said: ["of.mix"] };
}

/**
 * The walk that came with the page.
 * @param {Stage} stage
 * @param {string} noun
 * @param {Opening} opening
 * @returns {Promise<Picture[]>} its stops
 */
async function startTour(stage, noun, { tour, asked }) {
  const sheet = await stage.showWalk(asked, tour, [`stage.tour.${noun}`, { count: asked.pictures.length }]);
  return asked.pictures.map((stop, index) => ({ ...stop, holds: { sheet, index: index * asked.steps } }));
}
