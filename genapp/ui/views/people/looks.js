// One person on the stage, and beside it the same one with each attribute turned round.

import { canvasOf, pictureCells } from "../../web/board.js";
import { label, say, t } from "../../web/i18n.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { wordsOf } from "./words.js";

/** @import { Conditions, Envelope } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Looks } from "./types" */

/**
 * @typedef {object} Shown
 * @property {Envelope[]} people pictures of the person in many looks; the first is on the stage
 * @property {string[]} turned the attribute that each other one has turned round
 * @property {{ tile: HTMLElement, cell: HTMLButtonElement, caption: HTMLElement }[]} tiles of those
 */

/**
 * @param {Refs} ui
 * @param {(look: Conditions) => void} take hears a click on another look
 */
export function makeLooks(ui, take) {
  /** @type {Shown} */
  const state = { people: [], turned: [], tiles: [] };

  /**
   * All attributes of one of the pictures.
   * @param {number} index
   * @returns {Conditions}
   */
  const lookOf = (index) => state.people[index].recipe.conditions ?? {};

  /** @param {string[]} turned */
  function build(turned) {
    state.tiles = turned.map((name, index) => {
      const tile = document.createElement("div");
      tile.className = "mix";
      const [cell] = pictureCells(tile, 1, () => wordsOf(name));
      cell.addEventListener("click", () => take(lookOf(index + 1)));
      const caption = document.createElement("span");
      tile.append(caption);
      return { tile, cell, caption };
    });
    ui.looks.replaceChildren(...state.tiles.map(({ tile }) => tile));
  }

  function speak() {
    state.turned.forEach((name, index) => {
      const { cell, caption } = state.tiles[index];
      const key = lookOf(index + 1)[name] ? "people.with" : "people.without";
      say(caption, key, { look: t(...wordsOf(name)) });
      label(cell, key, { look: t(...wordsOf(name)) });
    });
    if (!state.people.length) return;
    const on = Object.entries(lookOf(0)).filter(([, is]) => is).map(([name]) => t(...wordsOf(name)));
    say(ui.hint, on.length ? "people.is" : "people.plain", { looks: on.join(", ") });
  }

  function layout() {
    if (!state.people.length) return;
    sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
    for (const { tile, cell } of state.tiles) sizeCanvas(canvasOf(cell), roomIn(tile));
  }
  new ResizeObserver(layout).observe(ui.looks);

  return {
    /** The picture on the stage, once there is one. */
    get person() {
      return state.people.at(0);
    },
    layout,
    speak,
    /** @param {Looks} reply */
    async show(reply) {
      const sheet = await openSheet(reply);
      const { pictures, turned } = reply;
      Object.assign(state, { people: pictures, turned });
      if (state.tiles.length !== turned.length) build(turned);
      const canvases = [ui.stage, ...state.tiles.map(({ cell }) => canvasOf(cell))];
      (canvases.every(heldBy) ? fade : paint)(canvases, sheet);
      speak();
      layout();
    },
  };
}
