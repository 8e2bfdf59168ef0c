// What is seen of a family: its parents, the children of a brood, the tree of those before, and what can be done now.

import { canvasOf, pictureCells } from "../../web/board.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { roomIn, sizeCanvas } from "../../web/pictures.js";
import { samePicture } from "../../web/recipes.js";
import { drawPicture } from "../../web/widgets.js";
import { broodsOf, isFertile, isWaiting, placeAmongParents } from "./breeding.js";
import { makeBrood } from "./brood.js";
import { introduced, namesOf } from "./lineage.js";
import { makeLineage } from "./lineage_drawing.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { BlendsRefs } from "../../web/parts/refs" */
/** @import { Picture, Said } from "../../web/types" */
/** @import { Names } from "./lineage.js" */
/** @import { Brood, Family } from "./types" */

/**
 * @typedef {object} FamilyState
 * @property {Family} family
 * @property {boolean} open
 * @property {Picture | null} last what stood on the stage
 */

/**
 * @param {BlendsRefs} ui
 * @param {Grid} grid
 * @param {FamilyState} state
 * @param {object} hooks hear clicks: on somebody, on a child's own button, on a parent
 * @param {(picture: Said) => void} hooks.look
 * @param {(picture: Picture) => void} hooks.add
 * @param {(index: number) => void} hooks.remove
 */
export function makeFamilyDrawing(ui, grid, state, { look, add, remove }) {
  /** @param {Picture} person */
  const lookAt = (person) => look(introduced(person, names()));
  const brood = makeBrood(ui.brood, { look: lookAt, add });
  const lineage = makeLineage(ui.lineage, lookAt);
  /** @type {{ parents?: Picture[], past?: Brood[] }} what the tree and the parents' pictures show */
  const drawn = {};

  const names = () => namesOf(broodsOf(state.family).map(brood.litter), state.family.parents);
  /** @param {Picture} person */
  const isParent = (person) => placeAmongParents(state.family, person) >= 0;
  /** @param {Picture} person */
  const isHere = (person) => state.last !== null && samePicture(person, state.last);

  const drawChildren = latest(async (/** @type {boolean} */ soft) => {
    const { asked } = state.family;
    if (!state.open || !asked) return;
    await brood.bear(asked);
    if (asked !== state.family.asked && brood.isBorn(state.family.asked)) return; // an undo was quicker
    if (brood.painted === asked) return;
    brood.show(asked, soft);
    mark();
  });
  const drawParents = latest(() => showParents(ui.parents, state.family.parents, names(), remove));

  function mark() {
    brood.mark(names(), isParent);
    offer();
  }

  /** What stands on the stage or in the grid and is in the family. */
  function offer() {
    ui.thisParent.disabled = state.last !== null && isParent(state.last);
    brood.markHere(isHere);
    const places = state.open ? state.family.parents.map((person) => grid.place(person)) : [];
    grid.cells.forEach((cell, index) => cell.classList.toggle("parent", places.includes(index)));
  }

  return {
    /** The brood whose pictures are there. */
    get painted() {
      return brood.painted;
    },
    offer,
    show(soft = true) {
      if (!state.open) return;
      drawChildren(soft);
      showControls(ui, state.family);
      const { past, parents } = state.family;
      if (drawn.parents !== parents || drawn.past !== past) {
        drawParents();
        lineage.show(past.map(brood.litter), names(), parents);
      }
      Object.assign(drawn, { parents, past });
      mark();
    },
  };
}

/**
 * @param {BlendsRefs} ui
 * @param {Family} family
 */
function showControls(ui, family) {
  const [fertile, waiting] = [isFertile(family), isWaiting(family)];
  ui.mutation.value = String(family.mutation);
  ui.mutationOut.textContent = `${Math.round(100 * family.mutation)} %`;
  ui.children.disabled = !fertile;
  ui.children.classList.toggle("primary", waiting && fertile);
  const alone = family.parents.length ? "family.alone" : "family.none";
  say(ui.familyNote, !fertile ? alone : waiting ? "family.ready" : "family.tip");
  ui.lineageBox.hidden = !family.past.length;
}

/**
 * @param {HTMLElement} box
 * @param {Picture[]} parents
 * @param {Names} names
 * @param {(index: number) => void} remove hears a click
 */
async function showParents(box, parents, names, remove) {
  const made = document.createElement("span");
  const cells = pictureCells(made, parents.length, (index) => ["family.remove", { name: names.of(parents[index]) }]);
  for (const [index, cell] of cells.entries()) {
    await drawPicture(canvasOf(cell), parents[index]);
    cell.dataset.name = names.of(parents[index]);
    cell.addEventListener("click", () => remove(index));
  }
  box.replaceChildren(...cells);
  cells.forEach((cell) => sizeCanvas(canvasOf(cell), roomIn(cell)));
}
