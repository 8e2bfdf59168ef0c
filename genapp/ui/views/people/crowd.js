// The grid of people from seeds, all under the same conditions.

import { makeBoard } from "../../web/board.js";
import { openSheet } from "../../web/pictures.js";
import { ofSeed } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge } from "../../web/widgets.js";

/** @import { Refs } from "./refs" */
/** @import { Artist, Wanted } from "./types" */

/**
 * @param {Refs} ui
 * @param {(index: number) => void} chosen hears of a click on a picture
 */
export function makeCrowd(ui, chosen) {
  const board = makeBoard(ui.grid, chosen);
  let drawn = ""; // what is shown

  return {
    layout: board.layout,
    /**
     * Draws who is not there yet.
     * @param {Wanted} wanted
     * @param {Artist} artist
     * @param {boolean} soft
     */
    async show({ model, seed, count, truncation, conditions }, artist, soft) {
      const asked = JSON.stringify({ model, seed, count, truncation, conditions });
      if (asked === drawn) return;
      const picture = ofSeed(model, seed, truncation, { conditions });
      const reply = await call("sample", { picture, count });
      board.show(await openSheet(reply), (index) => ["cell", { seed: seed + index }], soft);
      drawn = ui.grid.dataset.shown = asked;
      badge(ui.badge, artist, reply);
    },
    /**
     * Marks who is on the stage as the grid shows them.
     * @param {Wanted} wanted
     */
    mark({ seed, person }) {
      board.cells.forEach((cell, index) => {
        cell.setAttribute("aria-selected", String(!person.look && seed + index === person.seed));
      });
    },
  };
}
