// The children of a brood: tiles that show them, each with a button that makes it a parent.

import { arrowKeys, canvasOf, pictureCells } from "../../web/board.js";
import { label } from "../../web/i18n.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { envelope } from "../../web/recipes.js";
import { call } from "../../web/server.js";

/** @import { Picture } from "../../web/types" */
/** @import { Names } from "./lineage.js" */
/** @import { Brood, Litter } from "./types" */

const COUNT = 8;

/**
 * @param {HTMLElement} box
 * @param {{ look(person: Picture): void, add(person: Picture): void }} hooks hear a click on a child and on its button
 */
export function makeBrood(box, { look, add }) {
  /** @type {WeakMap<Brood, Picture[]>} */
  const born = new WeakMap();
  /** @type {{ painted: Brood | null }} the brood whose pictures are there */
  const state = { painted: null };

  /** @param {Brood | null} asked */
  const childrenOf = (asked) => (asked && born.get(asked)) ?? [];

  const tiles = Array.from({ length: COUNT }, (_, index) => {
    const { tile, cell, chip } = makeTile();
    cell.addEventListener("click", () => state.painted && look(childrenOf(state.painted)[index]));
    chip.addEventListener("click", () => state.painted && add(childrenOf(state.painted)[index]));
    box.append(tile);
    return { tile, cell, chip };
  });
  const across = () => getComputedStyle(box).gridTemplateColumns.split(" ").length;
  arrowKeys(box, () => tiles.map(({ cell }) => cell), across)(0);

  function layout() {
    for (const { tile, cell } of tiles) sizeCanvas(canvasOf(cell), roomIn(tile));
  }
  new ResizeObserver(layout).observe(box);

  return {
    get painted() {
      return state.painted;
    },
    /** @param {Brood | null} asked */
    isBorn: (asked) => asked !== null && born.has(asked),
    /**
     * @param {Brood} asked
     * @returns {Litter}
     */
    litter: (asked) => ({ asked, children: childrenOf(asked) }),
    /**
     * Has the server draw the children, once.
     * @param {Brood} asked
     */
    async bear(asked) {
      if (!born.has(asked)) born.set(asked, await childrenFor(asked));
    },
    /**
     * @param {Brood} asked
     * @param {boolean} soft fades from those that are there
     */
    show(asked, soft) {
      const sheet = childrenOf(asked)[0].holds?.sheet;
      if (!sheet) return;
      (soft && state.painted ? fade : paint)(tiles.map(({ cell }) => canvasOf(cell)), sheet);
      state.painted = asked;
      layout();
    },
    /**
     * What the children are called, and who of them is a parent.
     * @param {Names} names
     * @param {(person: Picture) => boolean} isParent
     */
    mark(names, isParent) {
      const { painted } = state;
      if (!painted) return;
      const parents = names.all(painted.parents);
      childrenOf(painted).forEach((person, index) => {
        const { cell, chip } = tiles[index];
        const name = names.of(person) ?? "";
        label(cell, "family.child", { name, parents });
        label(chip, "family.next", { name });
        chip.setAttribute("aria-pressed", String(isParent(person)));
        cell.classList.toggle("parent", isParent(person));
      });
    },
    /** @param {(person: Picture) => boolean} isHere who stands on the stage */
    markHere(isHere) {
      const children = childrenOf(state.painted);
      tiles.forEach(({ cell }, index) => cell.classList.toggle("here", index in children && isHere(children[index])));
    },
  };
}

function makeTile() {
  const tile = document.createElement("div");
  const [cell] = pictureCells(tile, 1, () => ["family.children"]);
  const chip = document.createElement("button");
  Object.assign(chip, { type: "button", className: "chip", tabIndex: -1 }); // keys have "Add this one"
  tile.append(chip);
  return { tile, cell, chip };
}

/**
 * @param {Brood} asked
 * @returns {Promise<Picture[]>}
 */
async function childrenFor(asked) {
  const { parents, mutation, variation_seed } = asked;
  const reply = await call("breed", { pictures: parents.map(envelope), mutation, count: COUNT, variation_seed });
  const sheet = await openSheet(reply);
  return reply.pictures.map((child, index) => ({ ...child, born: asked, holds: { sheet, index } }));
}
