// A family tree, apart from the page: names, rows, lines, and who is kin to whom. Row 0 has the ancestors, row n the
// children of the n-th brood. People are told apart by what they are made of, wherever they stand.

import { keyOf, samePicture, saying } from "../../web/recipes.js";

/**
 * @typedef {import("../../web/types").Picture} Picture
 * @typedef {import("../../web/types").Said} Said
 * @typedef {import("./types").Litter} Litter
 */
/**
 * @typedef {object} Member somebody in the tree
 * @property {Picture} person
 * @property {number} row
 * @property {boolean} heir an ancestor, or a child that became a parent
 * @property {boolean} parent of the next brood
 */
/**
 * A place in the tree, in CSS pixels.
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 */
/**
 * A line from a parent down to where those of its brood meet, or from there to an heir; `path` is what SVG calls "d".
 * @typedef {{ path: string, row: number, from: Picture | null, to: Picture | null }} Line
 */
/**
 * @typedef {{ of: (person: Picture) => string | undefined, all: (people: Picture[]) => string }} Names
 */

const ABOVE = 14; // pixels from where lines meet down to the children

/**
 * @param {Picture[]} people
 * @param {Picture} person
 */
const isAmong = (people, person) => people.some((other) => samePicture(other, person));

/**
 * Short names that need no language: ancestors are A, B, C; the third child of the second brood is 2.3.
 * @param {Litter[]} broods
 * @param {Picture[]} parents of the next brood
 * @returns {Names}
 */
export function namesOf(broods, parents) {
  /** @type {Map<string, string>} */
  const names = new Map();
  let ancestors = 0;
  /** @param {Picture} person */
  const name = (person) => {
    const key = keyOf(person);
    if (names.has(key)) return;
    names.set(key, ancestors < 26 ? String.fromCharCode(65 + ancestors) : `Z${ancestors - 24}`);
    ancestors += 1;
  };
  broods.forEach(({ asked, children }, row) => {
    asked.parents.forEach(name);
    children.forEach((child, index) => names.set(keyOf(child), `${row + 1}.${index + 1}`));
  });
  parents.forEach(name);
  /** @param {Picture} person */
  const of = (person) => names.get(keyOf(person));
  return { of, all: (people) => people.map(of).join(" + ") };
}

/**
 * A picture as it takes the stage, where a child is said to be its parents'.
 * @param {Picture} person
 * @param {Names} names
 * @returns {Said}
 */
export function introduced(person, names) {
  if (person.born) return { ...person, said: ["of.child", { parents: names.all(person.born.parents) }] };
  return { ...person, said: person.said ?? saying(person) };
}

/**
 * Everybody in the tree, row by row.
 * @param {Litter[]} broods
 * @param {Picture[]} parents of the next brood
 * @returns {Member[][]}
 */
export function rowsOf(broods, parents) {
  const everybody = broods.flatMap(({ asked }) => asked.parents);
  /** @param {Picture} person */
  const isBorn = (person) => broods.some(({ children }) => isAmong(children, person));
  const ancestors = everybody.filter((person, index) => !isBorn(person) && !isAmong(everybody.slice(0, index), person));
  const heirs = [...everybody, ...parents];
  return [ancestors, ...broods.map(({ children }) => children)].map((people, row) =>
    people.map((person) => {
      return { person, row, heir: isAmong(heirs, person), parent: isAmong(parents, person) };
    }),
  );
}

/**
 * The lines of the tree: those of a brood meet between its parents and its heirs, a little above its children.
 * @param {Litter[]} broods
 * @param {Picture[]} parents of the next brood
 * @param {(person: Picture) => Box} boxOf where somebody stands
 * @returns {Line[]}
 */
export function linesOf(broods, parents, boxOf) {
  const heirs = [...broods.flatMap(({ asked }) => asked.parents), ...parents];
  return broods.flatMap(({ asked, children }, index) => {
    const born = children.filter((child) => isAmong(heirs, child));
    const ends = [...asked.parents, ...born].map((person) => topOf(boxOf(person)));
    const joint = { x: ends.reduce((sum, { x }) => sum + x, 0) / ends.length, y: boxOf(children[0]).top - ABOVE };
    const row = index + 1;
    return [
      ...asked.parents.map((from) => ({ path: curve(footOf(boxOf(from)), joint), row, from, to: null })),
      ...born.map((to) => ({ path: curve(joint, topOf(boxOf(to))), row, from: null, to })),
    ];
  });
}

/** @param {Box} box */
const topOf = ({ left, top, width }) => ({ x: left + width / 2, y: top });
/** @param {Box} box */
const footOf = ({ left, top, width, height }) => ({ x: left + width / 2, y: top + height });

/**
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 */
function curve(from, to) {
  const half = (from.y + to.y) / 2;
  return `M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`;
}

/**
 * Somebody with parents and children.
 * @param {Litter[]} broods
 * @param {{ person: Picture, row: number }} member
 * @returns {Picture[]}
 */
export function kinOf(broods, { person, row }) {
  const kin = [person];
  broods.forEach(({ asked, children }, index) => {
    if (row === index + 1) kin.push(...asked.parents);
    if (isAmong(asked.parents, person)) kin.push(...children);
  });
  return kin;
}

/**
 * Whether a line leads from somebody's parents to them, or from them to their children.
 * @param {Litter[]} broods
 * @param {Pick<Line, "row" | "from" | "to">} line
 * @param {{ person: Picture, row: number }} member
 */
export function leadsTo(broods, { row, from, to }, { person, row: own }) {
  const down = isAmong(broods[row - 1].asked.parents, person) && (!from || samePicture(from, person));
  const up = own === row && (Boolean(from) || (to !== null && samePicture(to, person)));
  return down || up;
}
