// Pictures as the page and the server name them to each other: { recipe, private }, a recipe in an envelope that says
// whether it was made from somebody's photograph. In the page a picture may know more, such as what is said of it.

/**
 * @typedef {import("./types").Envelope} Envelope
 * @typedef {import("./types").Recipe} Recipe
 * @typedef {import("./types").Words} Words
 */

/**
 * What the server is told of a picture.
 * @param {Envelope} picture
 * @returns {Envelope}
 */
export const envelope = ({ recipe, private: own }) => ({ recipe, private: own });

/**
 * @param {string} model
 * @param {number} seed
 * @param {number} truncation
 * @param {Partial<Recipe>} more
 * @returns {Envelope}
 */
export function ofSeed(model, seed, truncation, more = {}) {
  return { recipe: { model, seed, ...(truncation !== 1 && { truncation }), ...more }, private: false };
}

/**
 * The pictures of a grid: of so many seeds, one after the other.
 * @param {{ model: string, seed: number, count: number, truncation: number }} start
 */
export function ofSeeds({ model, seed, count, truncation }) {
  return Array.from({ length: count }, (_, index) => ofSeed(model, seed + index, truncation));
}

/**
 * What tells a picture from others, however it is finished.
 * @param {Envelope} picture
 */
export function keyOf({ recipe: { model, seed, w, truncation = 1, mix, edits, conditions } }) {
  return JSON.stringify([model, seed, w, truncation, mix, edits, conditions]);
}

/**
 * @param {Envelope} one
 * @param {Envelope} other
 */
export const samePicture = (one, other) => keyOf(one) === keyOf(other);

/**
 * The same picture with other parts of its recipe; one that is undefined is left out.
 * @template {Envelope} Kind
 * @param {Kind} picture
 * @param {{ [Part in keyof Recipe]?: Recipe[Part] | undefined }} parts
 * @returns {Kind}
 */
export function changed(picture, parts) {
  const recipe = Object.entries({ ...picture.recipe, ...parts }).filter(([, part]) => part !== undefined);
  return { ...picture, recipe: Object.fromEntries(recipe) };
}

/**
 * @template {Envelope} Kind
 * @param {Kind} picture
 */
export const unfinished = (picture) => changed(picture, { finish: undefined });

/**
 * The picture before others were mixed in, before it was edited and finished. A seed is nobody's photograph.
 * @param {Envelope} picture
 */
export function plain({ recipe: { model, seed, w, truncation }, private: own }) {
  return changed({ recipe: { model }, private: own && Boolean(w) }, { seed, w, truncation });
}

/**
 * What is mixed into a picture, as a picture; null where nothing is.
 * @param {Envelope} picture
 */
export function mixedIn({ recipe: { model, mix }, private: own }) {
  return mix ? plain({ recipe: { ...mix, model }, private: own }) : null;
}

/**
 * A picture with `shares` of the second one's styles; with all its own where there are none.
 * @param {Envelope} first
 * @param {Envelope | null} second
 * @param {Record<string, number>} shares
 * @returns {Envelope}
 */
export function mixed(first, second, shares) {
  if (!second || !Object.keys(shares).length) return first;
  const { model: _, ...origin } = plain(second).recipe;
  const mix = { ...origin, shares };
  return { ...changed(first, { mix }), private: first.private || second.private };
}

/**
 * What is said of a picture that nothing else is known of; `unseeded` is the key for a latent.
 * @param {{ recipe: Recipe }} picture
 * @returns {Words}
 */
export function saying({ recipe: { seed } }, unseeded = "of.chosen") {
  return seed === undefined ? [unseeded, {}] : ["of.seed", { seed }];
}
