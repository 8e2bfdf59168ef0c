// The tiles of a mix: the first picture, the first with each style range of the second, the second.

import { canvasOf, pictureCells } from "../../web/board.js";
import { has, label, say } from "../../web/i18n.js";
import { drawCell, roomIn, sizeCanvas } from "../../web/pictures.js";

/** @import { Sheet, Undoable, Words } from "../../web/types" */

/**
 * @typedef {object} Tile
 * @property {string} name "first", "second", or that of a style range
 * @property {HTMLButtonElement} cell
 * @property {HTMLInputElement | null} slider how much of a range is taken
 */
/** @typedef {Record<string, number>} Shares */

/**
 * @param {HTMLElement} box
 * @param {object} hooks
 * @param {() => void} hooks.none hears a click on the first
 * @param {() => void} hooks.second hears a click on the second
 * @param {(name: string) => void} hooks.turn hears a click on a range
 * @param {(name: string, share: number) => void} hooks.take hears a range's slider move
 * @param {Undoable["oneStep"]} hooks.oneStep
 */
export function makeMixTiles(box, hooks) {
  /** @type {{ styles: string[], tiles: Tile[] }} */
  const state = { styles: [], tiles: [] };

  function layout() {
    for (const { cell } of state.tiles) sizeCanvas(canvasOf(cell), roomIn(cell.parentElement));
  }

  /**
   * @param {string} name
   * @returns {Tile}
   */
  function build(name) {
    const tile = document.createElement("div");
    tile.className = `mix ${name}`;
    const [cell] = pictureCells(tile, 1, () => wordsOf(name));
    const caption = document.createElement("span");
    say(caption, ...wordsOf(name));
    tile.append(caption);
    const slider = state.styles.includes(name) ? buildSlider(name) : null;
    if (slider) {
      tile.append(slider);
      cell.addEventListener("click", () => hooks.turn(name));
    } else cell.addEventListener("click", name === "first" ? hooks.none : hooks.second);
    box.append(tile);
    return { name, cell, slider };
  }

  /** @param {string} name */
  function buildSlider(name) {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: 1, step: 0.02, value: 0 });
    label(slider, ...wordsOf(name));
    hooks.oneStep(slider);
    slider.addEventListener("input", () => hooks.take(name, Number(slider.value)));
    return slider;
  }

  new ResizeObserver(layout).observe(box);

  return {
    /**
     * The tiles of another model.
     * @param {string[]} styles its ranges
     */
    build(styles) {
      state.styles = styles;
      box.replaceChildren();
      state.tiles = ["first", ...styles, "second"].map(build);
      box.style.setProperty("--tiles", String(state.tiles.length));
    },
    /** @param {Sheet} sheet first, second, and the first with each range of the second */
    draw(sheet) {
      const order = ["first", "second", ...state.styles];
      for (const { name, cell } of state.tiles) drawCell(canvasOf(cell), sheet, order.indexOf(name));
      layout();
    },
    /** @param {Shares} shares */
    show(shares) {
      for (const { name, cell, slider } of state.tiles) {
        if (!slider) continue;
        const value = shares[name] ?? 0;
        if (Number(slider.value) !== value) slider.value = String(value);
        cell.setAttribute("aria-pressed", String(value > 0.5));
      }
    },
  };
}

/**
 * Other people's models may name their ranges as they like: then those names are shown.
 * @param {string} name
 * @returns {Words}
 */
const wordsOf = (name) => (has(`mix.${name}`) ? [`mix.${name}`] : ["mix.range", { name }]);
