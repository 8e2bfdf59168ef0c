// Plays a walk on the stage.

import { calm } from "./helpers.js";
import { drawCell, stopFading } from "./pictures.js";

// Plays a sheet's frames on a canvas: round and round where closed, else there and back.
export function makePlayer(canvas, onFrame = () => {}) {
  let beat = 50; // milliseconds a frame
  let sheet = null;
  let closed = true;
  let frame = 0;
  let way = 1;
  let running = 0;
  let onEnd = null;

  function show(index) {
    frame = index;
    stopFading(canvas);
    drawCell(canvas, sheet, frame);
    onFrame(frame);
  }

  function advance() {
    if (closed) return show((frame + 1) % sheet.count);
    if (frame + way < 0 || frame + way >= sheet.count) way = -way;
    show(frame + way);
  }

  function run(beat, step) {
    const mine = ++running;
    let last = performance.now();
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
      return frame;
    },
    playing: false,
    load(newSheet, isClosed, newBeat = 50) {
      this.pause();
      [sheet, closed, frame, way, beat] = [newSheet, isClosed, 0, 1, newBeat];
    },
    show(index) {
      this.pause();
      show(index);
    },
    play() {
      this.playing = true;
      run(beat, advance);
    },
    pause() {
      this.playing = false;
      running += 1;
      onEnd?.();
      onEnd = null;
    },
    // Once through, quickly; resolves at the end or when something else takes the stage.
    morph(newSheet) {
      this.load(newSheet, false);
      if (calm() || document.hidden) {
        show(newSheet.count - 1);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        onEnd = resolve;
        run(30, () => {
          show(frame);
          if (frame === newSheet.count - 1) this.pause();
          else frame += 1;
        });
      });
    },
  };
}
