// Arithmetic with faces: the one on the stage, less another, plus a third.

import { canvasOf, pictureCells } from "../../web/board.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { envelope, samePicture } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { Stage } from "../../web/stage.js" */
/** @import { Picture, Said, Sheet } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { SumState, Terms } from "./types" */

/**
 * @typedef {object} Adding
 * @property {Terms | null} terms
 * @property {{ before: Picture | null } | null} due the result is to take the stage, unless something else does before
 * @property {boolean} open
 * @property {Picture | null} last what stood on the stage
 */

/**
 * @param {Refs} ui
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {object} hooks
 * @param {(picture: Said) => void} hooks.look puts one on the stage with a way there
 * @param {(picture: Said) => void} hooks.put puts one there at once
 * @param {() => void} hooks.record
 */
export function makeSum(ui, grid, stage, { look, put, record }) {
  /** @type {Adding} */
  const state = { terms: null, due: null, open: false, last: null };
  /** @type {WeakMap<Terms, { sheet: Sheet, picture: Said }>} */
  const results = new WeakMap();
  const tiles = buildTiles(ui.sum, grid, { choose, showResult });

  const isDue = () => state.due !== null && stage.coming === state.due.before;

  /**
   * @param {keyof Terms} name
   * @param {Picture} picture
   */
  function choose(name, picture) {
    if (!state.terms) return;
    if (picture.recipe.model !== state.terms.first.recipe.model) return void toast("sum.stranger");
    record();
    state.terms = { ...state.terms, [name]: picture };
    state.due = { before: stage.coming };
    draw();
  }

  function showResult() {
    const result = state.terms && results.get(state.terms);
    if (result && stage.coming !== result.picture) look(result.picture);
  }

  const draw = latest(async () => {
    const asked = state.terms;
    if (!asked || !(state.open || state.due)) return;
    const result = results.get(asked) ?? (await addUp(asked));
    results.set(asked, result);
    if (asked !== state.terms) return; // another draw follows
    tiles.forEach(({ cell }, index) => drawCell(canvasOf(cell), result.sheet, index));
    layout();
    if (isDue()) put(result.picture);
    state.due = null;
  });

  function layout() {
    for (const { tile, cell } of tiles) sizeCanvas(canvasOf(cell), roomIn(tile));
  }

  /** The face on the stage is the first; the others are neighbours in the grid until the visitor chooses. */
  function begin() {
    const { terms, last } = state;
    if (last?.isSum || (terms && !last)) return draw();
    const first = last ?? grid.beside(null, 0);
    if (terms && samePicture(terms.first, first)) return draw();
    const isKnown = terms?.first.recipe.model === first.recipe.model;
    const others = terms && isKnown ? terms : { minus: grid.beside(first), plus: grid.beside(first, 2) };
    state.terms = { ...others, first };
    draw();
  }

  new ResizeObserver(layout).observe(ui.sum);

  return {
    /** @param {boolean} isOpen */
    open(isOpen) {
      state.open = isOpen;
      if (isOpen) begin();
    },
    /**
     * The stage has another picture, or null on a walk.
     * @param {Picture | null} picture
     */
    follow(picture) {
      state.last = picture;
      if (state.open && picture) begin();
    },
    /** @returns {SumState} */
    get state() {
      return { terms: state.terms, due: isDue() };
    },
    set state({ terms, due }) {
      state.terms = terms;
      state.due = due ? { before: stage.coming } : null;
      if (state.open && !terms) begin(); // back before the sum was first seen
      else draw();
    },
  };
}

/**
 * @param {Terms} terms
 * @returns {Promise<{ sheet: Sheet, picture: Said }>} the sheet has the terms and the result
 */
async function addUp({ first, minus, plus }) {
  const reply = await call("combine", { pictures: [first, minus, plus].map(envelope) });
  return { sheet: await openSheet(reply), picture: { ...reply.pictures[0], said: ["of.sum"], isSum: true } };
}

/**
 * @param {HTMLElement} box
 * @param {Grid} grid where terms are chosen
 * @param {{ choose(name: keyof Terms, picture: Picture): void, showResult(): void }} acts
 */
function buildTiles(box, grid, { choose, showResult }) {
  /** @param {keyof Terms} name */
  function term(name) {
    const { tile, cell } = buildTile(box, name, `sum.${name}`);
    const caption = document.createElement("button");
    Object.assign(caption, { type: "button", className: "quiet" });
    say(caption, `sum.${name}`);
    caption.addEventListener("click", () => {
      grid.pick({ button: caption, hint: "sum.pick", chosen: (picture) => choose(name, picture) });
    });
    cell.addEventListener("click", () => caption.click());
    tile.append(caption);
    return { tile, cell };
  }

  function result() {
    const { tile, cell } = buildTile(box, "result", "sum.show");
    const caption = document.createElement("span");
    say(caption, "sum.result");
    cell.addEventListener("click", showResult);
    tile.append(caption);
    return { tile, cell };
  }

  /** @param {string} text */
  function sign(text) {
    const mark = document.createElement("b");
    mark.textContent = text;
    mark.ariaHidden = "true";
    box.append(mark);
  }

  const first = term("first");
  sign("−");
  const minus = term("minus");
  sign("+");
  const plus = term("plus");
  sign("=");
  return [first, minus, plus, result()];
}

/**
 * @param {HTMLElement} box
 * @param {string} name
 * @param {string} words what its picture is called
 */
function buildTile(box, name, words) {
  const tile = document.createElement("div");
  tile.className = `term ${name}`;
  const [cell] = pictureCells(tile, 1, () => [words]);
  box.append(tile);
  return { tile, cell };
}
