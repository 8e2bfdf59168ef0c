// A photo with a frame on it that can be moved, sized and turned: by mouse, finger, two fingers, wheel and keys.

import { drawCrop, roomOf } from "./crop_drawing.js";
import { dragged, distance, fitInto, fromCanvas, gripAt, holds, keyed, sameFrame, wheeled, within } from "./crop_geometry.js";

/**
 * @import { Drag, Frame, Photo, Spot } from "./types"
 * @typedef {{ photo: Photo, frame: Frame, others: Frame[] }} Shown
 */

const CLICK = 3; // CSS pixels that a finger may move in a click
const BURST = 600; // milliseconds: what wheel and keys do in quicker succession is one gesture

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} hooks
 * @param {() => void} hooks.begin hears of a gesture before it changes anything
 * @param {(frame: Frame) => void} hooks.move hears of every frame
 * @param {(face: Frame) => void} hooks.choose hears of a click on another face's frame
 */
export function makeCropper(canvas, { begin, move, choose }) {
  /** @type {Photo | null} */
  let photo = null;
  /** @type {Frame | null} */
  let frame = null;
  /** @type {Frame[]} */
  let others = []; // frames of other faces

  const draw = () => drawCrop(canvas, photo, frame, others);
  // What gestures work on, as soon as there is something.
  const shown = () => (photo && frame ? { photo, frame, others } : null);

  /**
   * @param {Partial<Frame>} wish
   * @param {boolean} begun the gesture has changed something already
   * @returns {boolean} whether it has now
   */
  function change(wish, begun) {
    const now = shown();
    if (!now) return begun;
    const next = within(now.photo, { ...now.frame, ...wish });
    if (sameFrame(next, now.frame)) return begun;
    if (!begun) begin();
    frame = next;
    draw();
    move(next);
    return true;
  }

  const bursts = makeBursts(change);
  const pointers = watchPointers(canvas, { shown, change, choose, settle: bursts.settle });
  watchWheel(canvas, shown, bursts.nudge);
  watchKeys(canvas, shown, bursts.nudge);
  new ResizeObserver(draw).observe(canvas);

  return {
    draw,
    /**
     * Another photo, or another frame: of undo, a slider, a found face.
     * @param {Photo | null} nextPhoto
     * @param {Frame | null} nextFrame
     * @param {Frame[]} [nextOthers]
     */
    set(nextPhoto, nextFrame, nextOthers = []) {
      bursts.settle();
      pointers.release();
      [photo, frame, others] = [nextPhoto, nextFrame, nextOthers];
      draw();
    },
  };
}

/**
 * @typedef {(wish: Partial<Frame>, begun: boolean) => boolean} Change
 * @typedef {(event: Event, wish: Partial<Frame>) => void} Nudge
 */

/**
 * Wheel and keys: those of a kind that follow each other quickly are one gesture.
 * @param {Change} change
 */
function makeBursts(change) {
  /** @type {{ kind: string, timer: ReturnType<typeof setTimeout> } | null} */
  let burst = null; // while wheel or keys go on

  function settle() {
    if (burst) clearTimeout(burst.timer);
    burst = null;
  }

  /** @type {Nudge} */
  function nudge(event, wish) {
    const kind = `${event.type} ${Object.keys(wish)}`;
    if (!change(wish, burst?.kind === kind)) return;
    settle();
    burst = { kind, timer: setTimeout(settle, BURST) };
  }

  return { settle, nudge };
}

/**
 * The place in the photo that a mouse or a finger points at.
 * @param {HTMLCanvasElement} canvas
 * @param {Photo} photo
 * @param {MouseEvent} event
 */
function spotOf(canvas, photo, event) {
  const box = canvas.getBoundingClientRect();
  return fromCanvas(fitInto(photo, roomOf(canvas)), { x: event.clientX - box.left, y: event.clientY - box.top });
}

/**
 * Mouse and fingers.
 * @param {HTMLCanvasElement} canvas
 * @param {{ shown: () => Shown | null, change: Change, choose: (face: Frame) => void, settle: () => void }} hooks
 */
function watchPointers(canvas, { shown, change, choose, settle }) {
  /** @type {Map<number, Spot>} */
  const fingers = new Map();
  /** @type {(Drag & { begun: boolean, moved: boolean }) | null} */
  let gesture = null;

  /**
   * @param {Shown} now
   * @param {Spot} at
   */
  const under = ({ photo, frame }, at) => gripAt(frame, at, fitInto(photo, roomOf(canvas)), roomOf(canvas));

  /**
   * Begins again with the fingers that there are, in the middle of a gesture too.
   * @param {Shown} now
   */
  function start(now) {
    const from = [...fingers.values()];
    const grip = from.length > 1 ? "pinch" : under(now, from[0]);
    gesture = { frame: now.frame, from, grip, begun: gesture?.begun ?? false, moved: false };
  }

  canvas.addEventListener("pointerdown", (event) => {
    const now = shown();
    if (!now || event.button || fingers.size > 1) return;
    canvas.setPointerCapture(event.pointerId);
    settle();
    fingers.set(event.pointerId, spotOf(canvas, now.photo, event));
    start(now);
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = shown();
    if (!now) return;
    const at = spotOf(canvas, now.photo, event);
    if (!gesture || !fingers.has(event.pointerId)) return void (canvas.dataset.grip = under(now, at));
    fingers.set(event.pointerId, at);
    const { from } = gesture;
    const points = [...fingers.values()];
    const way = Math.max(...points.map((point, index) => distance(point, from[index])));
    if (!gesture.moved && way * fitInto(now.photo, roomOf(canvas)).times < CLICK) return;
    gesture.moved = true;
    gesture.begun = change(dragged(gesture, points), gesture.begun);
  });
  /** @param {PointerEvent} event */
  function end(event) {
    const now = shown();
    if (!now || !gesture || !fingers.has(event.pointerId)) return;
    const clicked = event.type === "pointerup" && gesture.grip === "outside" && !gesture.moved;
    fingers.delete(event.pointerId);
    if (fingers.size) return start(now);
    gesture = null;
    const at = spotOf(canvas, now.photo, event);
    const face = clicked && now.others.find((other) => holds(other, at));
    if (face) choose(face);
  }
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);

  return {
    release() {
      fingers.clear();
      gesture = null;
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Shown | null} shown
 * @param {Nudge} nudge
 */
function watchWheel(canvas, shown, nudge) {
  /** @param {WheelEvent} event */
  const wheel = (event) => {
    const now = shown();
    if (!now || !holds(now.frame, spotOf(canvas, now.photo, event))) return; // beside it the page scrolls
    event.preventDefault();
    nudge(event, wheeled(now.frame, event.deltaY || event.deltaX, event.shiftKey));
  };
  canvas.addEventListener("wheel", wheel, { passive: false });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Shown | null} shown
 * @param {Nudge} nudge
 */
function watchKeys(canvas, shown, nudge) {
  canvas.addEventListener("keydown", (event) => {
    const now = shown();
    if (!now || event.ctrlKey || event.metaKey || event.altKey) return;
    const wish = keyed(now.frame, event.key, event.shiftKey);
    if (!wish) return;
    event.preventDefault();
    nudge(event, wish);
  });
}
