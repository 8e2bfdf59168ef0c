import assert from "node:assert/strict";
import { test } from "node:test";

import { introduced, kinOf, leadsTo, linesOf, namesOf, rowsOf } from "../../genapp/ui/views/faces/lineage.js";
import { ofSeed } from "../../genapp/ui/web/recipes.js";

// A and B have three children; the third one of them and C have two.
const [a, b, c] = [1, 2, 3].map((seed) => ofSeed("faces", seed, 1));
const first = brood([a, b], [11, 12, 13]);
const [, second, heir] = first.children;
const later = brood([heir, c], [21, 22]);
const broods = [first, later];

function brood(parents, seeds) {
  const asked = { model: "faces", parents, mutation: 0.1, variation_seed: 5 };
  return { asked, children: seeds.map((seed) => ({ ...ofSeed("faces", seed, 1), born: asked })) };
}

test("ancestors have letters, children the numbers of their brood and place", () => {
  const names = namesOf(broods, [c]);
  assert.deepEqual([a, b, c].map(names.of), ["A", "B", "C"]);
  assert.deepEqual(first.children.map(names.of), ["1.1", "1.2", "1.3"]);
  assert.deepEqual(later.children.map(names.of), ["2.1", "2.2"]);
  assert.equal(names.all([heir, c]), "1.3 + C");
  assert.equal(names.of(ofSeed("faces", 99, 1)), undefined);
});

test("the parents of the next brood have names before it is born", () => {
  const names = namesOf([], [b, a]);
  assert.deepEqual([b, a].map(names.of), ["A", "B"]);
});

test("after Z comes Z2", () => {
  const many = Array.from({ length: 28 }, (_, seed) => ofSeed("faces", seed, 1));
  const names = namesOf([], many);
  assert.deepEqual([25, 26, 27].map((index) => names.of(many[index])), ["Z", "Z2", "Z3"]);
});

test("a person is the same one wherever it stands, finished or not", () => {
  const names = namesOf(broods, []);
  assert.equal(names.of(ofSeed("faces", 1, 1, { finish: { light: 1 } })), "A");
});

test("a child on the stage is said to be its parents', anybody else what they were, or their seed", () => {
  const names = namesOf(broods, []);
  assert.deepEqual(introduced(later.children[0], names).said, ["of.child", { parents: "1.3 + C" }]);
  assert.deepEqual(introduced({ ...a, said: ["of.near", {}] }, names).said, ["of.near", {}]);
  assert.deepEqual(introduced(a, names).said, ["of.seed", { seed: 1 }]);
});

test("ancestors stand above, once each, and below them a row for each brood", () => {
  const again = brood([a, heir], [31]); // A comes twice
  const rows = rowsOf([first, later, again], []);
  const seeds = rows.map((row) => row.map(({ person }) => person.recipe.seed));
  assert.deepEqual(seeds, [[1, 2, 3], [11, 12, 13], [21, 22], [31]]);
  assert.ok(rows.every((row, index) => row.every((member) => member.row === index)));
});

test("heirs are ancestors and children that became parents, or will", () => {
  const rows = rowsOf(broods, [later.children[1]]);
  assert.deepEqual(rows.map((row) => row.map(({ heir: is }) => is)), [
    [true, true, true],
    [false, false, true],
    [false, true],
  ]);
  assert.deepEqual(rows.flat().filter(({ parent }) => parent).map(({ person }) => person), [later.children[1]]);
});

test("lines lead from parents to where a brood meets, and from there to its heirs only", () => {
  const boxOf = ({ recipe: { seed } }) => {
    return { left: 10 * seed, top: 100 * Math.floor(seed / 10), width: 40, height: 50 };
  };
  const lines = linesOf(broods, [], boxOf);
  assert.deepEqual(lines.map(({ row, from, to }) => [row, from?.recipe.seed, to?.recipe.seed]), [
    [1, 1, undefined],
    [1, 2, undefined],
    [1, undefined, 13],
    [2, 13, undefined],
    [2, 3, undefined],
  ]);
  // Middles of A and B are at 30 and 40, that of the heir at 150: they meet at 220 / 3, 14 above the children's 100.
  const joint = `${220 / 3} 86`;
  assert.ok(lines[0].path.startsWith("M30 50C30 68 ") && lines[0].path.endsWith(` ${joint}`), lines[0].path);
  assert.ok(lines[2].path.startsWith(`M${joint}C`) && lines[2].path.endsWith("150 100"), lines[2].path);
});

test("kin are parents and children, of whoever has some", () => {
  assert.deepEqual(kinOf(broods, { person: a, row: 0 }), [a, ...first.children]);
  assert.deepEqual(kinOf(broods, { person: second, row: 1 }), [second, a, b]);
  assert.deepEqual(kinOf(broods, { person: heir, row: 1 }), [heir, a, b, ...later.children]);
});

test("lines stand out that lead to somebody from their parents, and from them to their children", () => {
  const lit = (person, row) => {
    const boxOf = () => ({ left: 0, top: 0, width: 0, height: 0 });
    const lines = linesOf(broods, [], boxOf).filter((line) => leadsTo(broods, line, { person, row }));
    return lines.map(({ row: of, from, to }) => [of, from?.recipe.seed ?? to?.recipe.seed]);
  };
  assert.deepEqual(lit(a, 0), [[1, 1], [1, 13]]); // not the line of B
  assert.deepEqual(lit(heir, 1), [[1, 1], [1, 2], [1, 13], [2, 13]]);
  assert.deepEqual(lit(second, 1), [[1, 1], [1, 2]]);
  assert.deepEqual(lit(later.children[0], 2), [[2, 13], [2, 3]]);
});
