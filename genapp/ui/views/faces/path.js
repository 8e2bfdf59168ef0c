// A walk through chosen pictures: stops, how it is walked, and films of it to keep.

import { randomSeed } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { makeJob } from "../../web/job.js";
import { limits } from "../../web/limits.js";
import { changed, envelope, ofSeed, samePicture } from "../../web/recipes.js";
import { toast } from "../../web/toast.js";
import { makeStops } from "./stops.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { Stage } from "../../web/stage.js" */
/** @import { Finish, Picture, WalkRequest } from "../../web/types" */
/** @import { Refs } from "./refs" */

/** @type {Record<string, number>} frames from stop to stop */
const PACES = { quick: 12, calm: 24, slow: 36 };
const FILM_RATE = 24;

/**
 * @param {Refs} ui
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {() => Finish | undefined} finish what its frames are finished with
 */
export function makePath(ui, grid, stage, finish) {
  const state = { stops: /** @type {Picture[]} */ ([]) };
  const drawing = makeStops(ui, grid, remove);

  /** @param {number} steps */
  const request = (steps) => walkThrough(state.stops, steps, ui.loop.checked, finish());

  function play() {
    const { stops } = state;
    if (stops.length < 2) return;
    const pace = PACES[ui.pace.value];
    const steps = Math.min(pace, Math.floor(limits.frames / stops.length));
    stage.go(request(steps), ["path.playing", { count: stops.length }], ((1000 / FILM_RATE) * pace) / steps);
  }

  /** @param {Picture} picture */
  function add(picture) {
    if (state.stops.length && state.stops[0].recipe.model !== picture.recipe.model) change([]);
    const there = state.stops.findIndex((stop) => samePicture(stop, picture));
    if (there >= 0) return remove(there);
    if (state.stops.length >= limits.stops) return void toast("path.full", { count: limits.stops });
    change([...state.stops, picture]);
  }

  /** @param {number} index */
  function remove(index) {
    change(state.stops.filter((_, at) => at !== index));
  }

  /** Somewhere else, anywhere. */
  function wander() {
    const { model, truncation } = grid.asked;
    change(Array.from({ length: 4 }, () => ofSeed(model, randomSeed(), truncation)));
  }

  /** @param {Picture[]} stops */
  function change(stops) {
    grid.record();
    state.stops = stops;
    showStops();
    play();
  }

  const tools = makeTools(ui, grid, stage, { add, wander, change });

  function showStops() {
    const { stops } = state;
    drawing.draw(stops);
    drawing.mark(stops);
    tools.surprise.hidden = stops.length > 0;
    tools.clear.hidden = !stops.length;
    ui.mp.disabled = ui.webp.disabled = stops.length < 2;
    offer();
  }

  /** The stage plays and pauses a walk that it has; when it has none, these stops make one. */
  function offer() {
    if (!stage.hasWalk) ui.play.disabled = state.stops.length < 2;
  }

  ui.play.addEventListener("click", () => {
    if (!stage.hasWalk) play();
  });
  offerPaces(ui.pace);
  ui.pace.addEventListener("change", play);
  ui.loop.addEventListener("change", play);
  offerFilms(ui, () => request(PACES[ui.pace.value]));
  showStops();

  return {
    add,
    mark: () => drawing.mark(state.stops),
    offer,
    play,
    wander,
    get stops() {
      return state.stops;
    },
    set stops(next) {
      state.stops = next;
      showStops();
    },
  };
}

/**
 * @param {Picture[]} stops
 * @param {number} steps from stop to stop
 * @param {boolean} closed
 * @param {Finish | undefined} finish
 * @returns {WalkRequest}
 */
function walkThrough(stops, steps, closed, finish) {
  return { pictures: stops.map((stop) => envelope(changed(stop, { finish }))), steps, closed };
}

/**
 * @param {Refs} ui
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {{ add(picture: Picture): void, wander(): void, change(stops: Picture[]): void }} acts
 */
function makeTools(ui, grid, stage, { add, wander, change }) {
  /**
   * @param {string} key
   * @param {() => void} click
   */
  function tool(key, click) {
    const made = document.createElement("button");
    made.type = "button";
    say(made, key);
    made.addEventListener("click", click);
    ui.tools.append(made);
    return made;
  }

  const choose = tool("path.add", () => grid.pick({ button: choose, hint: "path.pick", many: true, chosen: add }));
  tool("path.this", () => {
    const held = stage.hold();
    if (held) add(held);
  });
  const surprise = tool("path.surprise", wander);
  const clear = tool("path.clear", () => {
    stage.hold();
    change([]);
  });
  return { surprise, clear };
}

/** @param {HTMLSelectElement} select */
function offerPaces(select) {
  for (const name of Object.keys(PACES)) {
    const option = new Option("", name);
    say(option, `path.${name}`);
    select.append(option);
  }
  select.value = "calm";
}

/**
 * The server makes films beside its other work.
 * @param {Refs} ui
 * @param {() => WalkRequest} request
 */
function offerFilms(ui, request) {
  const films = makeJob({ idle: ui.films, busy: ui.filming, progress: ui.progress, cancel: ui.unfilm });
  /** @param {string} kind */
  const keep = (kind) => films.run("film", { ...request(), kind });
  ui.mp.addEventListener("click", () => keep("mp4"));
  ui.webp.addEventListener("click", () => keep("webp"));
}
