import assert from "node:assert/strict";
import { test } from "node:test";

import { keyedPlace, numbersAt, onMap, placeOf } from "../../genapp/ui/views/map/plane_geometry.js";

const EXTENT = [-2, -3, 4, 5]; // left, bottom, right, top

test("the corners of the map are its extent, with up where the numbers grow", () => {
  assert.deepEqual(numbersAt(EXTENT, [0, 0]), [-2, 5]);
  assert.deepEqual(numbersAt(EXTENT, [1, 1]), [4, -3]);
  assert.deepEqual(numbersAt(EXTENT, [0.5, 0.25]), [1, 3]);
});

test("numbers are rounded to thousandths", () => {
  assert.deepEqual(numbersAt([0, 0, 1, 1], [0.12345, 0]), [0.123, 1]);
});

test("numbers come back to their place", () => {
  for (const place of [[0, 1], [0.25, 0.75], [0.5, 0.5]]) {
    assert.deepEqual(placeOf(EXTENT, numbersAt(EXTENT, place)), place);
  }
});

test("beyond the edge is at the edge", () => {
  assert.deepEqual(onMap([-0.1, 1.2]), [0, 1]);
  assert.deepEqual(onMap([0.3, 0.6]), [0.3, 0.6]);
});

test("arrow keys go a step, or five", () => {
  assert.deepEqual(keyedPlace([0.5, 0.5], "ArrowLeft", false), [0.49, 0.5]);
  assert.deepEqual(keyedPlace([0.5, 0.5], "ArrowRight", true), [0.55, 0.5]);
  assert.deepEqual(keyedPlace([0.5, 0.5], "ArrowUp", true), [0.5, 0.45]);
  assert.deepEqual(keyedPlace([0.5, 0.5], "ArrowDown", false), [0.5, 0.51]);
  assert.equal(keyedPlace([0.5, 0.5], "Home", false), null);
});
