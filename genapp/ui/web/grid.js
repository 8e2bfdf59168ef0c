// A grid of pictures from seeds, and all that decides it: model, seed, count, variety; with undo and redo.

import { canvasOf, makeBoard } from "./board.js";
import { named, randomSeed } from "./helpers.js";
import { makeHistory } from "./history.js";
import { latest } from "./latest.js";
import { makePicking } from "./picking.js";
import { heldBy, openSheet } from "./pictures.js";
import { envelope, ofSeed, ofSeeds, samePicture, saying } from "./recipes.js";
import { call } from "./server.js";
import { badge, modelPicker, seedField, speakBadge } from "./widgets.js";

/** @import { Board } from "./board.js" */
/** @import { GridRefs } from "./parts/refs" */
/** @import { Envelope, Made, Said, SheetReply, TabInfo, Timing, Undoable, Usual } from "./types" */

/** @typedef {ReturnType<typeof makeGrid>} Grid */
/**
 * What decides a grid: its model and seeds, or the picture whose siblings it shows.
 * @typedef {Usual & { model: string, near: { picture: Envelope, variation_seed: number } | null }} Asked
 */
/** @typedef {SheetReply & Timing & Partial<Made>} Drawn */
/** @typedef {(wish: Partial<Asked>, how?: { soft?: boolean, remembered?: boolean }) => void} Change */
/**
 * @template More
 * @typedef {object} Hooks
 * @property {(picture: Said, event: MouseEvent) => unknown} chosen hears a click
 * @property {() => Envelope | null} current the picture on the stage
 * @property {() => More} [snapshot] what else can be undone
 * @property {(more: More) => unknown} [restore]
 * @property {(request: Asked) => void} [drawn] hears that a grid is shown
 */

/**
 * @typedef {object} Parts
 * @property {GridRefs & { badge: HTMLElement }} ui
 * @property {TabInfo} tab
 * @property {Pick<Hooks<never>, "current" | "drawn">} hooks
 * @property {Board} board
 * @property {{ asked: Asked, seen: Asked, pictures: Envelope[] }} state
 */

/**
 * @template More
 * @param {HTMLElement} root
 * @param {GridRefs & { hint: HTMLElement, badge: HTMLElement }} ui
 * @param {TabInfo} tab
 * @param {Hooks<More>} hooks
 */
export function makeGrid(root, ui, tab, hooks) {
  /** @type {Asked} */
  const usual = { model: tab.models[0].name, ...tab.usual, near: null };
  const state = { asked: usual, seen: usual, pictures: /** @type {Envelope[]} */ ([]) };
  const { pick, taker } = makePicking(root, ui.hint);
  const board = makeBoard(ui.grid, (index, event) => {
    const take = taker();
    if (take) take(pictureAt(grid, index));
    else hooks.chosen(pictureAt(grid, index), event);
  });
  const grid = { ui, tab, hooks, board, state };
  const picker = modelPicker(ui.models, tab.models, (model) => change({ model, near: null }));
  const history = makeHistory(
    root,
    ui,
    () => ({ asked: state.asked, more: hooks.snapshot?.() }),
    (then) => {
      hooks.restore?.(/** @type {More} */ (then.more));
      if (then.asked !== state.asked) show(then.asked, true);
      state.asked = then.asked;
      showControls();
    },
  );
  const show = latest(
    /**
     * @param {Asked} request
     * @param {boolean} soft
     */
    async (request, soft) => {
      try {
        await showReply(grid, request, await draw(request), soft);
        state.seen = request;
      } catch (error) {
        if (state.asked === request) state.asked = state.seen; // the controls say what can be seen
        showControls();
        throw error;
      }
    },
  );
  const showControls = () => showAsked(ui, picker, state.asked);

  /** @type {Change} all that decides the grid goes through here, so that all of it can be undone */
  function change(wish, { soft = true, remembered = true } = {}) {
    if (remembered) history.record();
    state.asked = { ...state.asked, ...wish };
    showControls();
    show(state.asked, soft);
  }

  const fresh = () => change({ seed: randomSeed(), near: null });
  listen(ui, tab.usual.truncation, { state, history, change, fresh });
  showControls();

  return {
    get asked() {
      return state.asked;
    },
    get cells() {
      return board.cells;
    },
    /** @param {number} index */
    picture: (index) => pictureAt(grid, index),
    /** @param {Envelope | null} picture */
    place: (picture) => placeOf(state.pictures, picture),
    fresh,
    change,
    record: () => history.record(),
    oneStep: history.oneStep,
    pick,
    mark: () => mark(grid),
    layout: board.layout,
    /**
     * Pictures near this one take the grid.
     * @param {Envelope} picture
     */
    showNear(picture) {
      const near = { picture: envelope(picture), variation_seed: randomSeed() };
      change({ model: picture.recipe.model, near });
    },
    /**
     * Somebody of a picture's model, near it, or by the first where it is not in the grid.
     * @param {Envelope | null} picture
     */
    beside(picture, step = 1) {
      const { model, seed, truncation, count } = state.asked;
      const next = seed + ((Math.max(placeOf(state.pictures, picture), 0) + step) % count);
      return ofSeed(picture?.recipe.model ?? model, next, truncation);
    },
    /**
     * The first pictures came with the page, or are asked for.
     * @param {Drawn} [reply]
     */
    start: (reply) => (reply ? showReply(grid, state.asked, reply, false) : show(state.asked, false)),
    speak() {
      picker.speak();
      speakBadge(ui.badge);
    },
  };
}

/**
 * @param {Asked} request
 * @returns {Promise<Drawn>}
 */
function draw(request) {
  const { near, model, seed, truncation, count } = request;
  return near
    ? call("siblings", { ...near, count })
    : call("sample", { picture: ofSeed(model, seed, truncation), count });
}

/**
 * @param {Parts} grid
 * @param {Asked} request
 * @param {Drawn} reply
 * @param {boolean} soft
 */
async function showReply(grid, request, reply, soft) {
  const { ui, tab, hooks, board, state } = grid;
  const sheet = await openSheet(reply);
  const { near, seed } = request;
  state.pictures = reply.pictures ?? ofSeeds(request);
  board.show(sheet, (index) => (near ? ["cell.near", { number: index + 1 }] : ["cell", { seed: seed + index }]), soft);
  ui.grid.dataset.shown = JSON.stringify(request);
  mark(grid);
  if (request.model === state.asked.model) hooks.drawn?.(request);
  badge(ui.badge, named(tab.models, request.model), reply);
}

/**
 * The picture on the stage is marked.
 * @param {Parts} grid
 */
function mark({ hooks, board, state }) {
  const here = placeOf(state.pictures, hooks.current());
  board.cells.forEach((cell, index) => cell.setAttribute("aria-selected", String(index === here)));
}

/**
 * Where a picture stands in the grid, or -1.
 * @param {Envelope[]} pictures
 * @param {Envelope | null} picture
 */
function placeOf(pictures, picture) {
  return picture ? pictures.findIndex((one) => samePicture(one, picture)) : -1;
}

/**
 * @param {Parts} grid
 * @param {number} index
 * @returns {Said}
 */
function pictureAt({ board, state }, index) {
  const picture = state.pictures[index];
  return { ...picture, said: saying(picture, "of.near"), holds: heldBy(canvasOf(board.cells[index])) };
}

/**
 * @param {GridRefs} ui
 * @param {{ set(name: string): void }} picker
 * @param {Asked} asked
 */
function showAsked(ui, picker, { model, seed, count, truncation }) {
  picker.set(model);
  ui.seed.value = String(seed);
  ui.count.value = String(count);
  ui.variety.value = String(truncation);
  ui.varietyOut.textContent = truncation.toFixed(2);
}

/**
 * @param {GridRefs} ui
 * @param {number} usual truncation
 * @param {{ state: { asked: Asked }, history: Undoable, change: Change, fresh: () => void }} grid
 */
function listen(ui, usual, { state, history, change, fresh }) {
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => state.asked.seed, (seed) => change({ seed, near: null }));
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value), near: null }, { soft: false, remembered: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: usual, near: null }));
}
