// What the models make of a drawing: what they see, how each remembers it, siblings, the nearest real digits.

import { canvasOf, pictureCells } from "../../web/board.js";
import { named } from "../../web/helpers.js";
import { t } from "../../web/i18n.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { badge, modelTip, modelTitle, sayReading, speakBadge } from "../../web/widgets.js";

/** @import { ModelInfo, Sheet, Words } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { DrawTab, Drawn } from "./types" */

/** @typedef {{ canvas: HTMLCanvasElement, figure: HTMLElement, title: HTMLElement, size: HTMLElement }} Tile */

/**
 * @param {HTMLElement} root
 * @param {Refs} ui
 * @param {DrawTab} tab
 */
export function makeAnswer(root, ui, tab) {
  /** @type {Drawn | null} */
  let answer = null;
  /** @type {Tile[]} */
  let tiles = [];

  /** @param {Drawn} reply */
  async function show(reply) {
    const sheet = await openSheet(reply);
    answer = reply;
    const { parts, models } = reply;
    drawCell(ui.seen, sheet, 0);
    sayReading(ui.reading, reply);
    if (tiles.length !== models.length) {
      tiles = models.map(makeTile);
      ui.back.replaceChildren(...tiles.map(({ figure }) => figure));
    }
    tiles.forEach(({ canvas }, index) => drawCell(canvas, sheet, parts.seen + index));
    speak();
    const { siblings = 0, neighbours = 0 } = parts;
    const first = parts.seen + parts.back;
    fill(ui.siblings, ui.siblingsBox, sheet, first, siblings, (index) => ["cell.near", { number: index + 1 }]);
    fill(ui.neighbours, ui.neighboursBox, sheet, first + siblings, neighbours, () => ["draw.neighbours", {}]);
    ui.onMap.hidden = !(reply.place && tab.flat.length);
    badge(ui.badge, named(tab.coders, models[0]), reply);
    layout();
  }

  function layout() {
    if (!answer || !root.offsetParent) return;
    ui.answers.querySelectorAll("canvas").forEach((canvas) => sizeCanvas(canvas, roomIn(canvas.parentElement)));
  }

  function speak() {
    speakBadge(ui.badge);
    tiles.forEach((tile, index) => {
      if (answer) sayModel(tile, named(tab.coders, answer.models[index]));
    });
  }

  return {
    show,
    layout,
    speak,
    /** The last one. */
    get last() {
      return answer;
    },
  };
}

/** @returns {Tile} a place for how a model remembers the drawing, with its name */
function makeTile() {
  const figure = document.createElement("figure");
  const board = document.createElement("span");
  board.className = "board";
  const canvas = document.createElement("canvas");
  board.append(canvas);
  const caption = document.createElement("figcaption");
  const title = document.createElement("b");
  const size = document.createElement("small");
  caption.append(title, size);
  figure.append(board, caption);
  return { canvas, figure, title, size };
}

/**
 * @param {Tile} tile
 * @param {ModelInfo} model
 */
function sayModel({ figure, title, size }, model) {
  figure.title = modelTip(model);
  title.textContent = modelTitle(model);
  size.textContent = t("draw.numbers", { count: model.numbers });
}

/**
 * @param {HTMLElement} row of so many pictures from the sheet's `first` on
 * @param {HTMLElement} box is there only with pictures
 * @param {Sheet} sheet
 * @param {number} first
 * @param {number} count
 * @param {(index: number) => Words} name
 */
function fill(row, box, sheet, first, count, name) {
  box.hidden = !count;
  if (!count) return;
  const cells = row.children.length === count ? [...row.children] : pictureCells(row, count, name);
  cells.forEach((cell, index) => drawCell(canvasOf(cell), sheet, first + index));
}
