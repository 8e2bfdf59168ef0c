// Where a frame lies on a photo, what of it is under a finger, and what a gesture, a key or a slider makes of it.
// Nothing here knows of a page. Places are in the photo's pixels.

/** @import { Drag, Fit, Frame, Grip, Size, Spot } from "./types" */

const HANDLE = 26; // CSS pixels around a handle that count as the handle
const MARGIN = 16; // CSS pixels that are left around the photo
const STEEPEST = 45;

// --- a photo on its canvas ------------------------------------------------------------------------------------------

/**
 * How a photo fills its canvas.
 * @param {Size} photo
 * @param {Size} room CSS pixels
 * @returns {Fit}
 */
export function fitInto(photo, room) {
  const times = Math.min((room.width - 2 * MARGIN) / photo.width, (room.height - 2 * MARGIN) / photo.height);
  return { times, left: (room.width - photo.width * times) / 2, top: (room.height - photo.height * times) / 2 };
}

/**
 * The place in the photo that lies at a place of the canvas.
 * @param {Fit} fit
 * @param {Spot} at CSS pixels from the canvas's corner
 * @returns {Spot}
 */
export const fromCanvas = ({ times, left, top }, { x, y }) => ({ x: (x - left) / times, y: (y - top) / times });

/**
 * @param {Fit} fit
 * @param {Spot} at
 * @returns {Spot} CSS pixels from the canvas's corner
 */
export const toCanvas = ({ times, left, top }, { x, y }) => ({ x: left + x * times, y: top + y * times });

// --- frames ---------------------------------------------------------------------------------------------------------

/**
 * From the frame's own coordinates, in sides from its centre, to the photo's.
 * @param {Frame} frame
 * @param {number} across
 * @param {number} down
 * @returns {Spot}
 */
export function outward({ x, y, side, turn }, across, down) {
  const { cosine, sine } = direction(turn);
  return { x: x + side * (across * cosine - down * sine), y: y + side * (across * sine + down * cosine) };
}

/**
 * From the photo's coordinates to the frame's own.
 * @param {Frame} frame
 * @param {Spot} at
 */
export function inward({ x, y, side, turn }, at) {
  const { cosine, sine } = direction(turn);
  const [across, down] = [(at.x - x) / side, (at.y - y) / side];
  return { across: across * cosine + down * sine, down: down * cosine - across * sine };
}

/** @param {number} degrees */
function direction(degrees) {
  const angle = (degrees * Math.PI) / 180;
  return { cosine: Math.cos(angle), sine: Math.sin(angle) };
}

/**
 * @param {Frame} frame
 * @param {Spot} at
 */
export function holds(frame, at) {
  const { across, down } = inward(frame, at);
  return Math.max(Math.abs(across), Math.abs(down)) < 0.5;
}

/**
 * @param {Spot} one
 * @param {Spot} other
 */
export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Left top, right top, right bottom, left bottom.
 * @param {Frame} frame
 */
export function cornersOf(frame) {
  return [outward(frame, -0.5, -0.5), outward(frame, 0.5, -0.5), outward(frame, 0.5, 0.5), outward(frame, -0.5, 0.5)];
}

/**
 * The frame of a photo in which nobody looked for a face, or found none.
 * @param {Size} photo
 * @returns {Frame}
 */
export function middleOf({ width, height }) {
  return { x: width / 2, y: height / 2, side: 0.7 * Math.min(width, height), turn: 0 };
}

/**
 * The nearest frame that makes sense.
 * @param {Size} photo
 * @param {Frame} frame
 * @returns {Frame}
 */
export function within({ width, height }, { x, y, side, turn }) {
  const [least, most] = sidesOf({ width, height });
  return {
    x: between(0, x, width),
    y: between(0, y, height),
    side: between(least, side, most),
    turn: between(-STEEPEST, turn, STEEPEST),
  };
}

/**
 * @param {number} low
 * @param {number} value
 * @param {number} high
 */
const between = (low, value, high) => Math.min(high, Math.max(low, value));

/**
 * @param {Frame} one
 * @param {Frame} other
 */
export function sameFrame(one, other) {
  return one.x === other.x && one.y === other.y && one.side === other.side && one.turn === other.turn;
}

/**
 * The sides of the smallest and the largest frame of a photo.
 * @param {Size} photo
 * @returns {[number, number]}
 */
export const sidesOf = ({ width, height }) => [Math.max(width, height) / 40, 1.5 * Math.max(width, height)];

/**
 * How large a frame's side is between the smallest (0) and the largest (1), by its logarithm, as a slider says it.
 * @param {Size} photo
 * @param {number} side
 */
export function shareOf(photo, side) {
  const [least, most] = sidesOf(photo).map(Math.log);
  return (Math.log(side) - least) / (most - least);
}

/**
 * The side that a slider's share stands for.
 * @param {Size} photo
 * @param {number} share
 */
export function sideAt(photo, share) {
  const [least, most] = sidesOf(photo).map(Math.log);
  return Math.exp(least + share * (most - least));
}

// --- handles --------------------------------------------------------------------------------------------------------

/**
 * The handle to turn by: above the frame, or wherever else the canvas shows it.
 * @param {Frame} frame
 * @param {Fit} fit
 * @param {Size} room of the canvas, CSS pixels
 */
export function turnerOf(frame, fit, room) {
  const away = 28 / (fit.times * frame.side);
  /** @param {Spot} at */
  const seen = (at) => {
    const { x, y } = toCanvas(fit, at);
    return Math.min(x, y) > 10 && x < room.width - 10 && y < room.height - 10;
  };
  const [above, below, inside] = [-0.5 - away, 0.5 + away, -0.5 + away].map((down) => outward(frame, 0, down));
  return [above, below].find(seen) ?? inside;
}

/**
 * What of a frame lies under a finger.
 * @param {Frame} frame
 * @param {Spot} at
 * @param {Fit} fit
 * @param {Size} room of the canvas, CSS pixels
 * @returns {Exclude<Grip, "pinch">}
 */
export function gripAt(frame, at, fit, room) {
  const reach = HANDLE / fit.times;
  if (distance(at, turnerOf(frame, fit, room)) < reach) return "turn";
  if (cornersOf(frame).some((corner) => distance(at, corner) < reach)) return "size";
  return holds(frame, at) ? "move" : "outside";
}

// --- gestures -------------------------------------------------------------------------------------------------------

/**
 * What a drag changes of its frame, now that its fingers are at `points`.
 * @param {Drag} drag
 * @param {Spot[]} points as many as it came from
 * @returns {Partial<Frame>}
 */
export function dragged({ frame, grip, from }, points) {
  const [first] = from;
  const [at] = points;
  if (grip === "pinch") return pinched(frame, from, points);
  if (grip === "size") return { side: (frame.side * distance(at, frame)) / distance(first, frame) };
  if (grip === "turn") return { turn: frame.turn + turnBy(angle(frame, at) - angle(frame, first)) };
  return { x: frame.x + at.x - first.x, y: frame.y + at.y - first.y };
}

/**
 * @param {Frame} frame
 * @param {Spot[]} from
 * @param {Spot[]} points
 * @returns {Frame}
 */
function pinched(frame, [one, two], [first, second]) {
  return {
    x: frame.x + (first.x + second.x) / 2 - (one.x + two.x) / 2,
    y: frame.y + (first.y + second.y) / 2 - (one.y + two.y) / 2,
    side: (frame.side * distance(first, second)) / Math.max(1e-6, distance(one, two)),
    turn: frame.turn + turnBy(angle(first, second) - angle(one, two)),
  };
}

/**
 * Degrees clockwise from the right.
 * @param {Spot} one
 * @param {Spot} other
 */
const angle = (one, other) => (Math.atan2(other.y - one.y, other.x - one.x) * 180) / Math.PI;

/**
 * The short way round.
 * @param {number} degrees the difference of two angles: more than -360, less than 360
 */
export const turnBy = (degrees) => ((degrees + 540) % 360) - 180;

/**
 * What a key changes of a frame; null where it is no key of the frame's.
 * @param {Frame} frame
 * @param {string} key
 * @param {boolean} far a long step
 * @returns {Partial<Frame> | null}
 */
export function keyed(frame, key, far) {
  const step = frame.side * (far ? 0.1 : 0.02);
  /** @type {Record<string, Partial<Frame>>} */
  const changes = {
    ArrowLeft: { x: frame.x - step },
    ArrowRight: { x: frame.x + step },
    ArrowUp: { y: frame.y - step },
    ArrowDown: { y: frame.y + step },
    "+": { side: frame.side * 1.04 },
    "=": { side: frame.side * 1.04 },
    "-": { side: frame.side / 1.04 },
    "[": { turn: frame.turn - 1 },
    "]": { turn: frame.turn + 1 },
  };
  return changes[key] ?? null;
}

/**
 * What a wheel changes of a frame: its size, or how it is turned.
 * @param {Frame} frame
 * @param {number} amount pixels, as a wheel event tells them
 * @param {boolean} turning
 * @returns {Partial<Frame>}
 */
export function wheeled(frame, amount, turning) {
  const bounded = between(-100, amount, 100);
  return turning ? { turn: frame.turn + bounded / 25 } : { side: frame.side * Math.exp(-bounded / 1000) };
}
