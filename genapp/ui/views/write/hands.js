// The table of hands to choose from: each row is all that a model can write, in one hand.

import { arrowKeys } from "../../web/board.js";
import { label } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { handAt, inHand, isSameHand, unmixed } from "./writing.js";

/** @import { SheetReply } from "../../web/types" */
/** @import { Wanted, WriteTab } from "./types" */

/** @typedef {{ row: HTMLButtonElement, canvases: HTMLCanvasElement[] }} Row */

/**
 * @param {HTMLElement} box
 * @param {WriteTab} tab
 * @param {() => Wanted} wanted
 * @param {(index: number) => void} chosen hears a click on a row
 */
export function makeHands(box, tab, wanted, chosen) {
  /** @type {{ rows: Row[] }} */
  const state = { rows: [] };
  const focusable = arrowKeys(box, () => state.rows.map(({ row }) => row));

  /**
   * @param {number} count
   * @param {number} across
   */
  function build(count, across) {
    state.rows = Array.from({ length: count }, (_, index) => {
      const { row, canvases } = buildRow(across);
      row.addEventListener("click", () => {
        focusable(index);
        chosen(index);
      });
      return { row, canvases };
    });
    box.replaceChildren(...state.rows.map(({ row }) => row));
    focusable(0);
  }

  function layout() {
    for (const { row, canvases } of state.rows) {
      for (const canvas of canvases) sizeCanvas(canvas, roomIn(row) / canvases.length);
    }
  }
  new ResizeObserver(layout).observe(box);

  /** The rows that write are marked. */
  function mark() {
    const { hand, second } = wanted();
    state.rows.forEach(({ row }, index) => {
      const here = handAt(wanted(), index);
      row.setAttribute("aria-selected", String(isSameHand(hand, here)));
      row.classList.toggle("second", isSameHand(second, here));
    });
  }

  /**
   * @param {Wanted} asked
   * @param {SheetReply} reply
   * @param {boolean} soft
   */
  async function show({ model, table }, reply, soft) {
    const sheet = await openSheet(reply);
    const across = tab.labels[model].length;
    const { rows } = state;
    if (rows.length !== table.count || rows[0].canvases.length !== across) build(table.count, across);
    state.rows.forEach(({ row }, index) => label(row, "write.hand", { seed: table.seed + index }));
    (soft ? fade : paint)(state.rows.flatMap(({ canvases }) => canvases), sheet);
    box.dataset.shown = JSON.stringify({ model, ...table });
    layout();
    mark();
  }

  return {
    draw: latest(
      /**
       * @param {Wanted} asked
       * @param {boolean} soft
       */
      async (asked, soft) => {
        const { model, table } = asked;
        const styles = Array.from({ length: table.count }, (_, index) => unmixed(handAt(asked, index)));
        const pictures = styles.map((style) => inHand(tab.condition[model], style, tab.labels[model]));
        await show(asked, await call("render", { pictures }), soft);
      },
    ),
    show,
    mark,
    layout,
    /** The row after the one that writes, round and round. */
    next() {
      const { rows } = state;
      const at = rows.findIndex((_, index) => isSameHand(wanted().hand, handAt(wanted(), index)));
      return handAt(wanted(), (at + 1) % rows.length);
    },
  };
}

/** @param {number} across */
function buildRow(across) {
  const row = document.createElement("button");
  row.type = "button";
  row.className = "hand";
  row.setAttribute("role", "option");
  const canvases = Array.from({ length: across }, () => document.createElement("canvas"));
  row.append(...canvases);
  return { row, canvases };
}
