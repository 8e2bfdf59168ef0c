// Pictures as the page and the server name them to each other: { recipe, private }, a recipe in an envelope that says
// whether it was made from somebody's photograph. In the page a picture may know more, such as what is said of it.

// What the server is told of a picture.
export const envelope = ({ recipe, private: own }) => ({ recipe, private: Boolean(own) });

export function ofSeed(model, seed, truncation, more = {}) {
  return { recipe: { model, seed, ...(truncation !== 1 && { truncation }), ...more }, private: false };
}

// The pictures of a grid: of so many seeds, one after the other.
export function ofSeeds({ model, seed, count, truncation }, more = {}) {
  return Array.from({ length: count }, (_, index) => ofSeed(model, seed + index, truncation, more));
}

// What tells a picture from others, however it is finished.
export function keyOf({ recipe: { model, seed, w, truncation = 1, mix, edits, conditions } }) {
  return JSON.stringify([model, seed, w, truncation, mix, edits, conditions]);
}

export const samePicture = (one, other) => keyOf(one) === keyOf(other);

// The same picture with other parts of its recipe; one that is undefined is left out.
export function changed(picture, parts) {
  const recipe = Object.entries({ ...picture.recipe, ...parts }).filter(([, part]) => part !== undefined);
  return { ...picture, recipe: Object.fromEntries(recipe) };
}

export const unfinished = (picture) => changed(picture, { finish: undefined });

// The picture before others were mixed in, before it was edited and finished. A seed is nobody's photograph.
export function plain({ recipe: { model, seed, w, truncation }, private: own }) {
  return changed({ recipe: {}, private: own && Boolean(w) }, { model, seed, w, truncation });
}

// What is mixed into a picture, as a picture; null where nothing is.
export function mixedIn({ recipe: { model, mix }, private: own }) {
  return mix ? plain({ recipe: { ...mix, model }, private: own }) : null;
}

// A picture with `shares` of the second one's styles; with all its own where there are none.
export function mixed(first, second, shares) {
  if (!Object.keys(shares).length) return first;
  const { model: _, ...styles } = second.recipe;
  return { ...changed(first, { mix: { ...styles, shares } }), private: first.private || second.private };
}

// [key, values] of what is said of a picture that nothing else is known of; `unseeded` is the key for a latent.
export function saying({ recipe: { seed } }, unseeded = "of.chosen") {
  return seed === undefined ? [unseeded, {}] : ["of.seed", { seed }];
}
