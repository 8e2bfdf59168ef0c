// The frame's sliders: how large, how far turned.

import { shareOf, sideAt, within } from "./crop_geometry.js";

/** @import { Undoable } from "../../web/types" */
/** @import { Frame, PhotoState } from "./types" */
/** @import { Refs } from "./refs" */

/**
 * @param {Refs} ui
 * @param {() => PhotoState} now
 * @param {Undoable} history
 * @param {(frame: Frame) => void} changed
 */
export function makeSliders(ui, now, history, changed) {
  /** @param {(state: { photo: NonNullable<PhotoState["photo"]> }) => Partial<Frame>} wish */
  const slide = (wish) => {
    const { photo, frame } = now();
    if (photo && frame) changed(within(photo, { ...frame, ...wish({ photo }) }));
  };

  ui.size.addEventListener("input", () => slide(({ photo }) => ({ side: sideAt(photo, Number(ui.size.value)) })));
  ui.turn.addEventListener("input", () => slide(() => ({ turn: Number(ui.turn.value) })));
  history.oneStep(ui.size);
  history.oneStep(ui.turn);

  return {
    /** @param {PhotoState} state */
    show({ photo, frame }) {
      ui.size.disabled = ui.turn.disabled = !frame;
      if (!photo || !frame) return;
      const share = shareOf(photo, frame.side);
      // What is shown already, but for a step of the slider, stays: a finger may be on it.
      if (Math.abs(Number(ui.size.value) - share) > 0.004) ui.size.value = String(share);
      if (Math.abs(Number(ui.turn.value) - frame.turn) > 0.4) ui.turn.value = String(frame.turn);
      ui.turnOut.textContent = `${Math.round(frame.turn)}°`;
    },
  };
}
