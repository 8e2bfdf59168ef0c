// One person on the stage, and beside it the same with each attribute turned round.

import { canvasOf, pictureCells } from "../../web/board.js";
import { label, say } from "../../web/i18n.js";
import { offerSizesOf, opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { spoken, wordsOf } from "./words.js";

/** @import { Conditions, Envelope, ModelInfo } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Looks } from "./types" */

/** @typedef {{ tile: HTMLElement, cell: HTMLButtonElement, canvas: HTMLCanvasElement, caption: HTMLElement }} Tile */

/**
 * @param {Refs} ui
 * @param {(look: Conditions) => void} choose hears of a click on another look
 */
export function makeLooks(ui, choose) {
  /** @type {Envelope[]} */
  let people = []; // pictures of the person in many looks; the first is on the stage
  /** @type {string[]} */
  let turned = []; // the attribute that each other one has turned round
  /** @type {Tile[]} */
  let tiles = [];

  /** @param {number} index */
  const lookOf = (index) => people[index].recipe.conditions ?? {};

  /**
   * @param {Looks} reply
   * @param {ModelInfo} model
   * @param {Envelope} picture what was asked for
   */
  async function show(reply, model, picture) {
    const sheet = await openSheet(reply);
    ({ pictures: people, turned } = reply);
    if (tiles.length !== turned.length) {
      tiles = turned.map((name, index) => makeTile(name, () => choose(lookOf(index + 1))));
      ui.looks.replaceChildren(...tiles.map(({ tile }) => tile));
    }
    const canvases = [ui.stage, ...tiles.map(({ canvas }) => canvas)];
    (canvases.every(heldBy) ? fade : paint)(canvases, sheet);
    ui.stage.dataset.shown = JSON.stringify(picture);
    say(ui.title, "of.seed", { seed: picture.recipe.seed });
    showCaptions();
    layout();
    offerSizesOf(ui.size, model, true);
  }

  function showCaptions() {
    turned.forEach((name, index) => {
      const { caption, cell } = tiles[index];
      const key = lookOf(index + 1)[name] ? "people.with" : "people.without";
      say(caption, key, { look: spoken(name) });
      label(cell, key, { look: spoken(name) });
    });
    if (!people.length) return;
    const on = Object.keys(lookOf(0)).filter((name) => lookOf(0)[name]);
    say(ui.hint, on.length ? "people.is" : "people.plain", { looks: on.map(spoken).join(", ") });
  }

  function layout() {
    if (!people.length) return;
    sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
    for (const { tile, canvas } of tiles) sizeCanvas(canvas, roomIn(tile));
  }

  ui.save.addEventListener("click", () => people.length && savePicture(people[0], Number(ui.size.value)));
  ui.share.addEventListener("click", () => people.length && sharePicture(people[0]));
  opensFiles(ui.open);
  new ResizeObserver(layout).observe(ui.looks);
  return { show, showCaptions, layout };
}

/**
 * @param {string} name of the attribute that it turns round
 * @param {() => void} clicked
 * @returns {Tile}
 */
function makeTile(name, clicked) {
  const tile = document.createElement("div");
  tile.className = "mix";
  const [cell] = pictureCells(tile, 1, () => wordsOf(name));
  cell.addEventListener("click", clicked);
  const caption = document.createElement("span");
  tile.append(caption);
  return { tile, cell, canvas: canvasOf(cell), caption };
}
