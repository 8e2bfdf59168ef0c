// Texts and the hands that they are written in. Nothing here knows of a page.

import { changed, envelope, mixed, ofSeed } from "../../web/recipes.js";
import { Trouble } from "../../web/server.js";

/** @import { Envelope } from "../../web/types" */
/** @import { Hand, Wanted } from "./types" */

/** @param {string} text */
export const unspaced = (text) => text.replace(/\s+/g, "");

/**
 * What is wrong with a text, or null. The server would say the same.
 * @param {string} text
 * @param {string[]} labels what can be written
 * @param {number} most letters
 */
export function troubleOf(text, labels, most) {
  const letter = [...text].find((one) => !labels.includes(one));
  if (!text) return new Trouble("empty");
  if (letter) return new Trouble("letter", { letter, first: labels[0], last: labels.at(-1) });
  if (text.length > most) return new Trouble("long", { most, count: text.length });
  return null;
}

/**
 * Labels in a hand, as a picture: a row. A hand on the way to another is a mix of all layers.
 * @param {Hand} hand
 * @param {string} condition what the model calls a label
 * @param {string[]} labels
 */
export function written({ hand, second, share }, condition, labels) {
  const conditions = { [condition]: labels.length > 1 ? labels : labels[0] };
  return changed(envelope(mixed(hand, second, second && share ? { all: share } : {})), { conditions });
}

/**
 * A hand alone, not on the way to another.
 * @param {Envelope} hand
 * @returns {Hand}
 */
export const alone = (hand) => ({ hand, second: null, share: 0 });

/**
 * The hand in a row of the table.
 * @param {Pick<Wanted, "model" | "table">} wanted
 * @param {number} index
 */
export const handAt = ({ model, table }, index) => ofSeed(model, table.seed + index, table.truncation);

/**
 * @param {Envelope | null} one
 * @param {Envelope | null} other
 */
export function sameHand(one, other) {
  return Boolean(one && other && one.recipe.w === other.recipe.w && one.recipe.seed === other.recipe.seed);
}

/**
 * A hand of a seed at another truncation; a latent stays as it is.
 * @template {Envelope | null} Kind
 * @param {Kind} hand
 * @param {number} truncation
 * @returns {Kind | Envelope}
 */
export function tamed(hand, truncation) {
  return hand?.recipe.seed === undefined ? hand : ofSeed(hand.recipe.model, hand.recipe.seed, truncation);
}
