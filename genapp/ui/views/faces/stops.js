// The stops of a walk: a row of pictures, and their numbers in the grid.

import { canvasOf, pictureCells } from "../../web/board.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { sizeCanvas } from "../../web/pictures.js";
import { drawPicture } from "../../web/widgets.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { Picture } from "../../web/types" */
/** @import { Refs } from "./refs" */

const ROOM = 44; // CSS pixels for each

/**
 * @param {Refs} ui
 * @param {Grid} grid
 * @param {(index: number) => void} remove hears a click
 */
export function makeStops(ui, grid, remove) {
  const hint = document.createElement("p");
  hint.className = "note";
  ui.stops.append(hint);

  const drawRow = latest(async (/** @type {Picture[]} */ stops) => {
    const box = document.createElement("span");
    const cells = pictureCells(box, stops.length, (index) => ["path.remove", { number: index + 1 }]);
    for (const [index, cell] of cells.entries()) {
      await drawPicture(canvasOf(cell), stops[index]);
      cell.addEventListener("click", () => remove(index));
    }
    ui.stops.querySelectorAll(".cell").forEach((cell) => cell.remove());
    ui.stops.prepend(...cells);
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), ROOM));
  });

  return {
    /** @param {Picture[]} stops */
    draw(stops) {
      drawRow(stops);
      say(hint, stops.length > 1 ? null : stops.length ? "path.one" : "path.tip");
    },
    /** @param {Picture[]} stops */
    mark(stops) {
      const order = new Map(stops.map((stop, index) => [grid.place(stop), index + 1]));
      grid.cells.forEach((cell, index) => {
        if (order.has(index)) cell.dataset.stop = String(order.get(index));
        else delete cell.dataset.stop;
      });
    },
  };
}
