import assert from "node:assert/strict";
import { test } from "node:test";

import { alone, handAt, sameHand, tamed, troubleOf, unspaced, written } from "../../genapp/ui/views/write/writing.js";
import { ofSeed } from "../../genapp/ui/web/recipes.js";

const LABELS = [..."0123456789"];
const WANTED = { model: "writer", table: { seed: 40, count: 8, truncation: 0.7 } };

test("spaces are no letters", () => {
  assert.equal(unspaced(" 1 2\t3\n"), "123");
});

test("a text that cannot be written says why, one that can says nothing", () => {
  assert.equal(troubleOf("2026", LABELS, 4), null);
  assert.equal(troubleOf("", LABELS, 4)?.code, "empty");
  const letter = troubleOf("20x6", LABELS, 4);
  assert.deepEqual([letter?.code, letter?.values], ["letter", { letter: "x", first: "0", last: "9" }]);
  const long = troubleOf("20267", LABELS, 4);
  assert.deepEqual([long?.code, long?.values], ["long", { most: 4, count: 5 }]);
});

test("a row of the table is the hand of its seed", () => {
  assert.deepEqual(handAt(WANTED, 3), ofSeed("writer", 43, 0.7));
});

test("a text is its labels in a hand, a single letter is one label", () => {
  const hand = handAt(WANTED, 0);
  const wanted = { ...hand.recipe, conditions: { digit: ["2", "6"] } };
  assert.deepEqual(written(alone(hand), "digit", ["2", "6"]).recipe, wanted);
  assert.deepEqual(written(alone(hand), "digit", ["2"]).recipe.conditions, { digit: "2" });
});

test("on the way to a second hand, all of the styles are mixed; at its beginning none", () => {
  const [hand, second] = [handAt(WANTED, 0), handAt(WANTED, 1)];
  const { mix } = written({ hand, second, share: 0.3 }, "digit", ["2"]).recipe;
  assert.deepEqual(mix, { seed: 41, truncation: 0.7, shares: { all: 0.3 } });
  assert.ok(!("mix" in written({ hand, second, share: 0 }, "digit", ["2"]).recipe));
});

test("hands are the same by seed or latent, and no hand is none", () => {
  const drawn = { recipe: { model: "writer", w: "1.AAAA" }, private: false };
  assert.ok(sameHand(handAt(WANTED, 0), ofSeed("writer", 40, 1)));
  assert.ok(!sameHand(handAt(WANTED, 0), handAt(WANTED, 1)));
  assert.ok(sameHand(drawn, structuredClone(drawn)));
  assert.ok(!sameHand(drawn, { ...drawn, recipe: { ...drawn.recipe, w: "1.BBBB" } }));
  assert.ok(!sameHand(drawn, handAt(WANTED, 0)));
  assert.ok(!sameHand(null, null));
});

test("another truncation is for hands of seeds only", () => {
  const drawn = { recipe: { model: "writer", w: "1.AAAA" }, private: false };
  assert.deepEqual(tamed(handAt(WANTED, 2), 0.3), ofSeed("writer", 42, 0.3));
  assert.equal(tamed(drawn, 0.3), drawn);
  assert.equal(tamed(null, 0.3), null);
});
