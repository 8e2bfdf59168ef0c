// Buttons with a picture each, and boards of them, which arrow keys move through.

import { around } from "./helpers.js";
import { label } from "./i18n.js";
import { fade, paint, roomIn, sizeCanvas } from "./pictures.js";

/** @import { Sheet, Words } from "./types" */

/**
 * Buttons with a picture each.
 * @param {HTMLElement} box
 * @param {number} count
 * @param {(index: number) => Words} name a cell's label
 */
export function pictureCells(box, count, name) {
  const cells = Array.from({ length: count }, (_, index) => {
    const cell = document.createElement("button");
    cell.type = "button";
    cell.className = "cell";
    cell.dataset.index = String(index);
    cell.append(document.createElement("canvas"));
    label(cell, ...name(index));
    return cell;
  });
  box.replaceChildren(...cells);
  return cells;
}

/** @param {Element} cell */
export const canvasOf = (cell) => /** @type {HTMLCanvasElement} */ (cell.firstElementChild);

/**
 * A list that Tab enters once: arrow keys move inside.
 * @param {HTMLElement} box
 * @param {() => HTMLElement[]} items
 * @param {() => number} across items a row
 * @returns {(index: number) => void} puts it at an index
 */
export function arrowKeys(box, items, across = () => 1) {
  /** @param {number} index */
  const focusable = (index) => items().forEach((item, other) => (item.tabIndex = other === index ? 0 : -1));
  box.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.findIndex((item) => item === around(event, "button"));
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across(), ArrowDown: across(), Home: -at, End: all.length };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const next = Math.min(all.length - 1, Math.max(0, at + moves[event.key]));
    focusable(next);
    all[next].focus();
  });
  return focusable;
}

/** @typedef {ReturnType<typeof makeBoard>} Board */

/**
 * A board of pictures in a square, or `across(count)` a row.
 * @param {HTMLElement} box
 * @param {(index: number, event: MouseEvent) => void} chosen hears a click
 * @param {(count: number) => number} across
 */
export function makeBoard(box, chosen, across = (count) => Math.ceil(Math.sqrt(count))) {
  /** @type {HTMLButtonElement[]} */
  let cells = [];
  const columns = () => across(cells.length);
  const focusable = arrowKeys(box, () => cells, columns);

  function layout() {
    box.style.setProperty("--columns", String(columns()));
    const gap = parseFloat(getComputedStyle(box).columnGap) || 0;
    const room = (roomIn(box) - gap * (columns() - 1)) / columns();
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), room));
  }

  box.addEventListener("click", (event) => {
    const cell = around(event, ".cell");
    if (!cell) return;
    const index = Number(cell.dataset.index);
    focusable(index);
    chosen(index, event);
  });
  new ResizeObserver(layout).observe(box);

  return {
    get cells() {
      return cells;
    },
    layout,
    /**
     * The pictures of a sheet.
     * @param {Sheet} sheet
     * @param {(index: number) => Words} name
     * @param {boolean} [soft] fades from those that are there
     */
    show(sheet, name, soft) {
      const same = cells.length === sheet.count;
      if (!same) {
        cells = pictureCells(box, sheet.count, name);
        cells.forEach((cell) => cell.setAttribute("role", "option"));
        focusable(0);
      }
      cells.forEach((cell, index) => label(cell, ...name(index)));
      (soft && same ? fade : paint)(cells.map(canvasOf), sheet);
      layout();
    },
  };
}
