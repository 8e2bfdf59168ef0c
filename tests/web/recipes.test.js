import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changed,
  envelope,
  keyOf,
  mixed,
  mixedIn,
  ofSeed,
  ofSeeds,
  plain,
  samePicture,
  saying,
  unfinished,
} from "../../genapp/ui/web/recipes.js";

const own = { recipe: { model: "faces", w: "1.AAAA" }, private: true };

test("a picture of a seed says its truncation where there is one", () => {
  assert.deepEqual(ofSeed("faces", 7, 0.7), { recipe: { model: "faces", seed: 7, truncation: 0.7 }, private: false });
  assert.deepEqual(ofSeed("faces", 7, 1), { recipe: { model: "faces", seed: 7 }, private: false });
  assert.deepEqual(ofSeed("faces", 0, 1, { edits: { smiling: 1 } }).recipe.edits, { smiling: 1 });
  assert.ok(ofSeed("faces", 40, 0.5, { conditions: { glasses: true } }).recipe.conditions.glasses);
});

test("a grid is of so many seeds, one after the other", () => {
  const grid = ofSeeds({ model: "faces", seed: 40, count: 3, truncation: 0.5 });
  assert.deepEqual(grid.map(({ recipe }) => recipe.seed), [40, 41, 42]);
  assert.ok(grid.every(({ recipe }) => recipe.truncation === 0.5));
});

test("the server is told nothing but the recipe and whose it is", () => {
  assert.deepEqual(envelope({ ...own, said: ["of.photo"], holds: {} }), own);
});

test("a part that is changed replaces what was there, an undefined one goes; the picture stays as it was", () => {
  const picture = ofSeed("faces", 7, 0.7, { finish: { light: 1 } });
  const before = structuredClone(picture);
  assert.deepEqual(changed(picture, { truncation: 0.2 }).recipe.truncation, 0.2);
  assert.ok(!("finish" in unfinished(picture).recipe));
  assert.ok(!("truncation" in changed(picture, { truncation: undefined }).recipe));
  assert.deepEqual(picture, before);
});

test("a picture is the same however it is finished, and another with any other part", () => {
  const picture = ofSeed("faces", 7, 1);
  assert.ok(samePicture(picture, changed(picture, { finish: { light: 1 } })));
  assert.ok(samePicture(picture, changed(picture, { truncation: 1 }))); // which is what none means
  for (const parts of [
    { model: "digits" },
    { seed: 8 },
    { truncation: 0.9 },
    { edits: { smiling: 1 } },
    { conditions: { glasses: true } },
    { mix: { seed: 9, shares: { all: 1 } } },
  ]) {
    assert.ok(!samePicture(picture, changed(picture, parts)), JSON.stringify(parts));
  }
  assert.notEqual(keyOf(own), keyOf(changed(own, { w: "1.BBBB" })));
});

test("without what was done to it a picture is its origin", () => {
  const done = { edits: { smiling: 1 }, finish: { light: 1 }, mix: { seed: 9, shares: { all: 1 } } };
  assert.deepEqual(plain(ofSeed("faces", 7, 0.7, done)), ofSeed("faces", 7, 0.7));
  assert.deepEqual(plain(changed(own, done)), own);
  // A seed is nobody's photograph, whatever was mixed into it.
  assert.equal(plain({ ...ofSeed("faces", 7, 1), private: true }).private, false);
});

test("what is mixed in comes out again", () => {
  const [first, second] = [ofSeed("faces", 7, 0.7), ofSeed("faces", 9, 0.5, { edits: { smiling: 1 } })];
  const both = mixed(first, second, { coarse: 0.4 });
  assert.deepEqual(both.recipe, { ...first.recipe, mix: { seed: 9, truncation: 0.5, shares: { coarse: 0.4 } } });
  assert.deepEqual(mixedIn(both), plain(second));
  assert.equal(mixedIn(first), null);
});

test("nothing is mixed in without a second picture or without shares", () => {
  const first = ofSeed("faces", 7, 1);
  assert.equal(mixed(first, null, { all: 1 }), first);
  assert.equal(mixed(first, ofSeed("faces", 9, 1), {}), first);
});

test("what takes something from somebody's photograph is private, too", () => {
  const seeded = ofSeed("faces", 7, 1);
  assert.equal(mixed(seeded, own, { all: 0.5 }).private, true);
  assert.equal(mixed(own, seeded, { all: 0.5 }).private, true);
  assert.equal(mixed(seeded, seeded, { all: 0.5 }).private, false);
  assert.equal(mixedIn(mixed(seeded, own, { all: 0.5 })).private, true);
  assert.equal(mixedIn(mixed(own, seeded, { all: 0.5 })).private, false);
});

test("what is said of a picture is its seed, else what it is called", () => {
  assert.deepEqual(saying(ofSeed("faces", 0, 1)), ["of.seed", { seed: 0 }]);
  assert.deepEqual(saying(own), ["of.chosen", {}]);
  assert.deepEqual(saying(own, "of.photo"), ["of.photo", {}]);
});
