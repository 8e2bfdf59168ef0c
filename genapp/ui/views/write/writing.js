// Texts and hands, apart from the page. A hand is a picture whose label is open.

import { limits } from "../../web/limits.js";
import { changed, envelope, mixed, ofSeed } from "../../web/recipes.js";
import { Trouble } from "../../web/server.js";

/**
 * @typedef {import("../../web/types").Envelope} Envelope
 * @typedef {import("../../web/types").Usual} Usual
 * @typedef {import("./types").Style} Style
 * @typedef {import("./types").Wanted} Wanted
 */

/** @param {string} text */
export const unspaced = (text) => text.replace(/\s+/g, "");

/**
 * What is wrong with a text, or null. The server would say the same.
 * @param {string} text
 * @param {string[]} known what can be written
 */
export function troubleWith(text, known) {
  const letter = [...text].find((one) => !known.includes(one));
  if (!text) return new Trouble("empty");
  if (letter) return new Trouble("letter", { letter, first: known[0], last: known.at(-1) });
  if (text.length > limits.letters) return new Trouble("long", { most: limits.letters, count: text.length });
  return null;
}

/**
 * A text in a hand, as a picture: a row of labels; a hand on the way to another is a mix of all layers.
 * @param {string} condition what the model calls what it writes
 * @param {Style} style
 * @param {string[]} labels
 */
export function inHand(condition, { hand, second, share }, labels) {
  const conditions = { [condition]: labels.length > 1 ? labels : labels[0] };
  return changed(envelope(mixed(hand, second, second && share ? { all: share } : {})), { conditions });
}

/**
 * A row of the table.
 * @param {Pick<Wanted, "model" | "table">} wanted
 * @param {number} index
 */
export const handAt = ({ model, table: { seed, truncation } }, index) => ofSeed(model, seed + index, truncation);

/**
 * @param {Envelope} hand
 * @returns {Style}
 */
export const unmixed = (hand) => ({ hand, second: null, share: 0 });

/**
 * @param {Envelope | null} one
 * @param {Envelope | null} other
 */
export function isSameHand(one, other) {
  return one !== null && other !== null && one.recipe.w === other.recipe.w && one.recipe.seed === other.recipe.seed;
}

/**
 * Another variety, of the table and of the hands that come from one.
 * @param {Wanted} wanted
 * @param {number} truncation
 * @returns {Pick<Wanted, "table" | "hand" | "second">}
 */
export function varied({ model, table, hand, second }, truncation) {
  /** @param {Envelope} hand */
  const tamed = (hand) => (hand.recipe.seed === undefined ? hand : ofSeed(model, hand.recipe.seed, truncation));
  return { table: { ...table, truncation }, hand: tamed(hand), second: second && tamed(second) };
}
