// A pad to draw a digit on.

import { randomSeed } from "./helpers.js";
import { SIDE, drawStrokes } from "./ink.js";
import { drawCell, openSheet, penOf } from "./pictures.js";
import { call } from "./server.js";

/** @import { Point, Stroke } from "./ink.js" */
/** @import { PadRefs } from "./parts/refs" */

/**
 * @param {HTMLElement} root its keys work where it is seen
 * @param {PadRefs} ui
 * @param {() => void} changed hears of every stroke while it is drawn
 */
export function makePad(root, ui, changed) {
  const pen = penOf(ui.pad);
  const state = {
    strokes: /** @type {Stroke[]} */ ([]),
    /** @type {Point[] | null} the one being drawn */
    stroke: null,
    greeting: false, // the digit that stands here at first goes when the visitor starts
  };

  function redraw() {
    drawStrokes(pen, state.strokes);
    ui.ghost.hidden = state.strokes.length > 0;
    ui.undo.disabled = ui.clear.disabled = !state.strokes.length;
  }

  ui.pad.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    ui.pad.setPointerCapture(event.pointerId);
    if (state.greeting) state.strokes = [];
    state.greeting = false;
    state.stroke = [spot(ui.pad, event)];
    state.strokes.push(state.stroke);
    redraw();
  });
  ui.pad.addEventListener("pointermove", (event) => {
    if (!state.stroke) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) state.stroke.push(spot(ui.pad, part));
    redraw();
    changed();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    ui.pad.addEventListener(end, () => {
      if (state.stroke) changed();
      state.stroke = null;
    });
  }

  /** @param {Stroke[]} strokes */
  function put(strokes, greeting = false) {
    Object.assign(state, { strokes, greeting });
    redraw();
    changed();
  }

  const undo = () => put(state.strokes.slice(0, -1));
  ui.undo.addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    const wanted = (event.ctrlKey || event.metaKey) && event.key === "z";
    if (wanted && root.offsetParent && state.strokes.length) undo();
  });
  redraw();

  return {
    /** Somebody's real digit. */
    async sample(greeting = false) {
      const sheet = await openSheet(await call("digit", { variation_seed: randomSeed() }));
      const digit = document.createElement("canvas");
      drawCell(digit, sheet, 0);
      put([digit], greeting);
    },
    clear: () => put([]),
    /**
     * A copy of a small picture of a digit.
     * @param {HTMLCanvasElement} canvas
     */
    stamp(canvas) {
      const copy = /** @type {HTMLCanvasElement} */ (canvas.cloneNode());
      penOf(copy).drawImage(canvas, 0, 0);
      put([copy]);
    },
    png: () => ui.pad.toDataURL("image/png").split(",")[1],
  };
}

/**
 * @param {HTMLCanvasElement} pad
 * @param {PointerEvent} event
 * @returns {Point}
 */
function spot(pad, { clientX, clientY }) {
  const box = pad.getBoundingClientRect();
  return [((clientX - box.left) * SIDE) / box.width, ((clientY - box.top) * SIDE) / box.height];
}
