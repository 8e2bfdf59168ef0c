// Breeding: one to four parents, their children, and the tree of all that became parents.

import { randomSeed } from "../../web/helpers.js";
import { limits } from "../../web/limits.js";
import { samePicture, unfinished } from "../../web/recipes.js";
import { toast } from "../../web/toast.js";
import { NOBODY, changedFamily, nextBrood, parentsWithout, placeAmongParents, withParent } from "./breeding.js";
import { makeFamilyDrawing } from "./family_drawing.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { BlendsRefs } from "../../web/parts/refs" */
/** @import { Stage } from "../../web/stage.js" */
/** @import { Picture, Said, Undoable } from "../../web/types" */
/** @import { FamilyState } from "./family_drawing.js" */
/** @import { Family } from "./types" */

/**
 * @param {BlendsRefs} ui
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {Undoable & { look(picture: Said): void }} hooks `look` puts one on the stage
 */
export function makeFamily(ui, grid, stage, { look, record, oneStep }) {
  /** @type {FamilyState} */
  const state = { family: NOBODY, open: false, last: null };
  const drawing = makeFamilyDrawing(ui, grid, state, { look: lookAt, add, remove });

  /** @param {Partial<Family>} wish */
  function change(wish, soft = true) {
    state.family = changedFamily(state.family, wish, randomSeed());
    drawing.show(soft);
  }

  /** @param {Picture} picture */
  function add(picture) {
    const { family } = state;
    if (family.own && picture.recipe.model !== family.model) return void toast("family.stranger");
    const there = placeAmongParents(family, picture);
    if (family.own && there >= 0) return remove(there);
    const next = withParent(family, picture, drawing.painted);
    if (next.parents.length > limits.parents) return void toast("family.full", { count: limits.parents });
    record();
    change(next);
  }

  /** @param {number} index */
  function remove(index) {
    record();
    change({ parents: parentsWithout(state.family, index) });
  }

  /** @param {Said} picture */
  function lookAt(picture) {
    look(picture);
    state.family = { ...state.family, own: true };
  }

  /** Somebody to start with, until the visitor chooses: the face on the stage, and a neighbour in the grid. */
  function begin() {
    const first = unfinished(state.last ?? grid.beside(null, 0));
    const [parent] = state.family.parents;
    if (parent && samePicture(parent, first)) return drawing.show();
    change({ own: false, model: first.recipe.model, parents: [first, grid.beside(first)], asked: null, past: [] });
  }

  function next() {
    record();
    change(nextBrood(state.family, randomSeed()));
  }

  function clear() {
    record();
    state.last = stage.hold();
    state.family = { ...state.family, parents: [] };
    begin();
  }

  listen(ui, grid, stage, { add, change, oneStep, next, clear });

  return {
    /** @param {boolean} isOpen */
    open(isOpen) {
      state.open = isOpen;
      if (isOpen && !state.family.own) begin();
      else drawing.show();
      drawing.offer();
    },
    /**
     * The stage has another picture, or null on a walk.
     * @param {Picture | null} picture
     */
    follow(picture) {
      state.last = picture;
      if (state.open && picture && !state.family.own) begin();
      drawing.offer();
    },
    mark: drawing.offer,
    get state() {
      return state.family;
    },
    set state(then) {
      state.family = then;
      if (state.open && !then.parents.length && !then.own) begin(); // back before the family was first seen
      else drawing.show();
    },
  };
}

/**
 * @typedef {object} Acts
 * @property {(picture: Picture) => void} add
 * @property {(wish: Partial<Family>, soft?: boolean) => void} change
 * @property {Undoable["oneStep"]} oneStep
 * @property {() => void} next
 * @property {() => void} clear
 */

/**
 * @param {BlendsRefs} ui
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {Acts} acts
 */
function listen(ui, grid, stage, { add, change, oneStep, next, clear }) {
  const pick = { button: ui.parent, hint: "family.pick", many: true, chosen: add };
  ui.parent.addEventListener("click", () => grid.pick(pick));
  ui.thisParent.addEventListener("click", () => {
    const held = stage.hold();
    if (held) add(held);
  });
  oneStep(ui.mutation);
  ui.mutation.addEventListener("input", () => change({ mutation: Number(ui.mutation.value) }, false));
  ui.children.addEventListener("click", next);
  ui.noFamily.addEventListener("click", clear);
}
