// Plays a walk on the stage.

import { calm } from "./helpers.js";
import { drawCell, stopFading } from "./pictures.js";

/** @import { Sheet } from "./types" */

/**
 * A sheet's frames on a canvas: round and round where closed, else there and back; `beat` milliseconds each.
 * @typedef {{ sheet: Sheet, closed: boolean, beat: number, frame: number, way: 1 | -1 }} Reel
 */

/** @typedef {ReturnType<typeof makePlayer>} Player */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(frame: number) => void} [onFrame]
 */
export function makePlayer(canvas, onFrame = () => {}) {
  /** @type {Reel | null} */
  let reel = null;
  let running = 0; // counts the runs, so that an old one knows that it is over
  /** @type {((value?: unknown) => void) | null} */
  let onEnd = null;

  /** @param {number} index */
  function show(index) {
    if (!reel) return;
    reel.frame = index;
    stopFading(canvas);
    drawCell(canvas, reel.sheet, index);
    onFrame(index);
  }

  function advance() {
    if (!reel) return;
    const { count } = reel.sheet;
    if (reel.closed) return show((reel.frame + 1) % count);
    if (reel.frame + reel.way < 0 || reel.frame + reel.way >= count) reel.way = reel.way === 1 ? -1 : 1;
    show(reel.frame + reel.way);
  }

  /**
   * @param {number} beat
   * @param {() => void} step
   */
  function run(beat, step) {
    const mine = ++running;
    let last = performance.now();
    /** @param {number} now */
    const tick = (now) => {
      if (mine !== running) return;
      if (now - last >= beat && canvas.offsetParent) {
        last = now;
        step();
      }
      if (mine === running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  return {
    get frame() {
      return reel?.frame ?? 0;
    },
    playing: false,
    /**
     * @param {Sheet} sheet
     * @param {boolean} closed
     * @param {number} [beat]
     */
    load(sheet, closed, beat = 50) {
      this.pause();
      reel = { sheet, closed, beat, frame: 0, way: 1 };
    },
    /** @param {number} index */
    show(index) {
      this.pause();
      show(index);
    },
    play() {
      if (!reel) return;
      this.playing = true;
      run(reel.beat, advance);
    },
    pause() {
      this.playing = false;
      running += 1;
      onEnd?.();
      onEnd = null;
    },
    /**
     * Once through, quickly.
     * @param {Sheet} sheet
     * @returns {Promise<unknown>} resolves at the end or when something else takes the stage
     */
    morph(sheet) {
      this.load(sheet, false);
      if (calm() || document.hidden) {
        show(sheet.count - 1);
        return Promise.resolve();
      }
      let next = 0;
      return new Promise((resolve) => {
        onEnd = resolve;
        run(30, () => {
          show(next);
          if (next === sheet.count - 1) this.pause();
          else next += 1;
        });
      });
    },
  };
}
