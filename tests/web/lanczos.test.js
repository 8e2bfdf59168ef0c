import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { resample } from "../../genapp/ui/web/lanczos.js";

// Browsers have it; here it need only hold bytes.
globalThis.ImageData = class {
  constructor(width, height) {
    Object.assign(this, { width, height, data: new Uint8ClampedArray(width * height * 4) });
  }
};

/** RGBA bytes of a picture; `colour(x, y)` gives red, green and blue. */
function picture(width, height, colour) {
  const bytes = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) bytes.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return bytes;
}

const pixel = ({ data, width }, x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];

for (const [to, words] of [[37, "larger"], [5, "smaller"], [13, "as large"]]) {
  test(`one colour stays that colour, ${words}: the weights of a place add up to one`, () => {
    const same = [200, 17, 255, 255];
    const bytes = picture(13, 13, () => same.slice(0, 3));
    const result = resample(bytes, 13, 13, to, to);
    assert.equal(result.data.length, to * to * 4);
    for (let at = 0; at < to * to; at += 1) assert.deepEqual(pixel(result, at % to, Math.floor(at / to)), same);
  });
}

test("at its own size a picture is itself", () => {
  const bytes = picture(9, 7, (x, y) => [28 * x, 40 * y, (x * y * 37) % 256]);
  assert.deepEqual([...resample(bytes, 9, 7, 9, 7).data], [...bytes]);
});

test("a mirrored picture gives the mirrored result", () => {
  const side = 8;
  const colour = (x, y) => [(x * 53 + y * 31) % 256, (x * x * 7) % 256, y * 30];
  const one = resample(picture(side, side, colour), side, side, 20, 20);
  const other = resample(picture(side, side, (x, y) => colour(side - 1 - x, y)), side, side, 20, 20);
  for (let y = 0; y < 20; y += 1) {
    for (let x = 0; x < 20; x += 1) assert.deepEqual(pixel(one, x, y), pixel(other, 19 - x, y));
  }
});

test("what is not as wide as it is high comes out as wide and as high as asked", () => {
  const result = resample(picture(10, 4, (x) => [x < 5 ? 0 : 255, 0, 0]), 10, 4, 30, 12);
  assert.deepEqual([result.width, result.height], [30, 12]);
  assert.deepEqual(pixel(result, 2, 6), [0, 0, 0, 255]);
  assert.deepEqual(pixel(result, 27, 6), [255, 0, 0, 255]);
});

// What Pillow makes of the same bytes stands in lanczos.json; tests/genapp/ui/web/test_lanczos.py holds that it does.
const known = JSON.parse(readFileSync(new URL("lanczos.json", import.meta.url), "utf-8"));
for (const { name, width, height, rgb, results } of known) {
  for (const { width: wide, height: high, rgb: wanted } of results) {
    test(`agrees with Pillow within one level: ${name} at ${wide} x ${high}`, () => {
      const bytes = picture(width, height, (x, y) => rgb.slice((y * width + x) * 3, (y * width + x) * 3 + 3));
      const { data } = resample(bytes, width, height, wide, high);
      const found = [...data].filter((_, at) => at % 4 !== 3);
      assert.equal(found.length, wanted.length);
      const away = Math.max(...found.map((value, at) => Math.abs(value - wanted[at])));
      assert.ok(away <= 1, `${away} levels away`);
    });
  }
}
