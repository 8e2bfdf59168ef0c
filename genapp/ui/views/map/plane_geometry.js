// Places on the map: shares of its width and height, 0 to 1 from the left and from the top, and numbers of the latent.

/** @import { Extent } from "./types" */

const STEP = 0.01; // of the map's width, for one press of an arrow key

/**
 * The numbers of the latent at a place, rounded to what a saved picture can tell.
 * @param {Extent} extent
 * @param {[number, number]} at
 * @returns {[number, number]}
 */
export function numbersAt([left, bottom, right, top], [across, down]) {
  return [rounded(left + (right - left) * across), rounded(top - (top - bottom) * down)];
}

/** @param {number} number */
const rounded = (number) => Number(number.toFixed(3));

/**
 * Where on the map the numbers of a latent are.
 * @param {Extent} extent
 * @param {[number, number]} numbers
 * @returns {[number, number]}
 */
export function placeOf([left, bottom, right, top], [x, y]) {
  return [(x - left) / (right - left), (top - y) / (top - bottom)];
}

/**
 * @param {[number, number]} at
 * @returns {[number, number]} the nearest place on the map
 */
export const onMap = ([across, down]) => [within(across), within(down)];

/** @param {number} share */
const within = (share) => Math.min(1, Math.max(0, share));

/**
 * Where an arrow key leads to; null where it is another key.
 * @param {[number, number]} at
 * @param {string} key
 * @param {boolean} far a long step
 * @returns {[number, number] | null}
 */
export function keyedPlace([across, down], key, far) {
  const step = far ? 5 * STEP : STEP;
  /** @type {Record<string, [number, number]>} */
  const places = {
    ArrowLeft: [across - step, down],
    ArrowRight: [across + step, down],
    ArrowUp: [across, down - step],
    ArrowDown: [across, down + step],
  };
  return places[key] ?? null;
}
