import assert from "node:assert/strict";
import { test } from "node:test";

import { nearestStart, startOf } from "../../genapp/ui/views/photo/finding.js";

const SMALL = { x: 100, y: 100, side: 80, turn: 5 };
const LARGE = { x: 500, y: 300, side: 200, turn: -10 };
const MIDDLE = { x: 400, y: 300, side: 420, turn: 0 };
const photo = (...faces) => ({ width: 800, height: 600, faces });

test("a frame starts around the largest face", () => {
  assert.equal(startOf(photo(SMALL, LARGE)), LARGE);
  assert.equal(startOf(photo(LARGE, SMALL)), LARGE);
});

test("it goes back to the face that it is nearest to", () => {
  assert.equal(nearestStart(photo(SMALL, LARGE), { ...LARGE, x: 250, y: 180 }), SMALL);
  assert.equal(nearestStart(photo(SMALL, LARGE), { ...SMALL, x: 450 }), LARGE);
});

test("without a face both are the middle", () => {
  assert.deepEqual(startOf(photo()), MIDDLE);
  assert.deepEqual(nearestStart(photo(), SMALL), MIDDLE);
});
