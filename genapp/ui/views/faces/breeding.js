// Who breeds with whom, apart from the page: each step gives a family that follows from the one before.

import { samePicture, unfinished } from "../../web/recipes.js";

/**
 * @typedef {import("../../web/types").Picture} Picture
 * @typedef {import("./types").Brood} Brood
 * @typedef {import("./types").Family} Family
 */

/** @type {Family} nobody yet */
export const NOBODY = { model: null, own: false, parents: [], mutation: 0.2, asked: null, past: [] };

/**
 * Where somebody stands among the parents, or -1.
 * @param {Family} family
 * @param {Picture} person
 */
export const placeAmongParents = ({ parents }, person) => parents.findIndex((other) => samePicture(other, person));

/**
 * Whether there can be children: one parent alone has them only where they may differ from it.
 * @param {Family} family
 */
export const isFertile = ({ parents, mutation }) => parents.length > 1 || (parents.length === 1 && mutation > 0);

/**
 * Whether one of the children is a parent already. Then the next brood waits for the button, so that a second one can
 * be chosen.
 * @param {Family} family
 */
export const isWaiting = ({ asked, parents }) => asked !== null && parents.some((one) => one.born === asked);

/**
 * The broods of the tree that names are counted in: those of the past, and the one that is seen.
 * @param {Family} family
 */
export const broodsOf = ({ past, asked }) => (!asked || past.includes(asked) ? past : [...past, asked]);

/**
 * The family with other parents or another mutation; a brood is asked for where that is news.
 * @param {Family} family
 * @param {Partial<Family>} wish
 * @param {number} seed of the first brood; later ones keep it until another brood is wanted
 * @returns {Family}
 */
export function changedFamily(family, wish, seed) {
  const next = { ...family, own: true, ...wish };
  const { model, parents, mutation, asked } = next;
  const news = asked?.parents !== parents || asked.mutation !== mutation;
  if (model === null || !news || !isFertile(next) || isWaiting(next)) return next;
  return { ...next, asked: { model, parents, mutation, variation_seed: asked?.variation_seed ?? seed } };
}

/**
 * What changes when somebody becomes a parent: beside the parents that the visitor chose, unless it is their child and
 * founds the next brood.
 * @param {Family} family
 * @param {Picture} picture
 * @param {Brood | null} painted the brood that is seen: it may give way to another at this moment, and then it stays
 * @returns {Family}
 */
export function withParent(family, picture, painted) {
  const { isSum: _, ...person } = unfinished(picture);
  const { recipe: { model }, born: asked } = person;
  const isSeen = asked && asked === painted && asked !== family.asked;
  const now = isSeen ? { ...family, asked, parents: asked.parents, mutation: asked.mutation } : family;
  const isNext = asked && asked === now.asked && now.parents === asked.parents;
  const parents = now.own && !isNext ? now.parents : [];
  const isAdopted = asked && asked !== now.asked && !now.past.includes(asked);
  const past = isAdopted ? [...now.past, asked] : now.past;
  return { ...now, own: true, model, parents: [...parents, person], past };
}

/**
 * The parents without one of them; the parents of a brood come back when none of its children is a parent any more.
 * @param {Family} family
 * @param {number} index
 */
export function parentsWithout(family, index) {
  const parents = family.parents.filter((_, at) => at !== index);
  return !parents.length && family.asked && isWaiting(family) ? family.asked.parents : parents;
}

/**
 * What changes when another brood is wanted, of the children where some are parents.
 * @param {Family} family
 * @param {number} seed
 * @returns {Partial<Family>}
 */
export function nextBrood(family, seed) {
  const { model, parents, mutation, asked, past } = family;
  if (model === null) return {};
  const kept = asked && isWaiting(family) ? [...past, asked] : past;
  return { past: kept, asked: { model, parents, mutation, variation_seed: seed } };
}
