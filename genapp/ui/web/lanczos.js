// Pictures at another size through Lanczos' filter (a = 3), as Pillow does it: what the stage shows is what a saved,
// enlarged picture will be. Browsers' own enlargement is bilinear, which blurs a face of 64 pixels.

const LOBES = 3;

/**
 * For each place of the new size: the first of the old samples that it takes, and the `span` weights from there on.
 * @typedef {{ span: number, firsts: Int32Array, weights: Float32Array }} Taps
 */

/** @type {Map<string, Taps>} */
const tapsKnown = new Map();

/** @param {number} x */
function lanczos(x) {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const turn = Math.PI * x;
  return (LOBES * Math.sin(turn) * Math.sin(turn / LOBES)) / (turn * turn);
}

/**
 * @param {number} from samples
 * @param {number} to samples
 * @returns {Taps}
 */
function taps(from, to) {
  const key = `${from}:${to}`;
  const known = tapsKnown.get(key);
  if (known) return known;
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const span = Math.ceil(LOBES * stretch) * 2 + 1;
  const firsts = new Int32Array(to);
  const weights = new Float32Array(to * span);
  for (let place = 0; place < to; place += 1) {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - LOBES * stretch + 0.5));
    const last = Math.min(from, Math.trunc(centre + LOBES * stretch + 0.5));
    firsts[place] = first;
    let sum = 0;
    for (let at = first; at < last; at += 1) {
      const weight = lanczos((at + 0.5 - centre) / stretch);
      weights[place * span + at - first] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < span; tap += 1) weights[place * span + tap] /= sum;
  }
  if (tapsKnown.size > 60) tapsKnown.clear();
  tapsKnown.set(key, { span, firsts, weights });
  return { span, firsts, weights };
}

/**
 * A picture at another size.
 * @param {Uint8ClampedArray} bytes RGBA of width x height; the alpha does not count
 * @param {number} width
 * @param {number} height
 * @param {number} toWidth
 * @param {number} toHeight
 * @returns {ImageData} opaque
 */
export function resample(bytes, width, height, toWidth, toHeight) {
  return stretchDown(stretchAcross(bytes, width, height, toWidth), height, toWidth, toHeight);
}

/**
 * @param {Uint8ClampedArray} bytes RGBA of width x height
 * @param {number} width
 * @param {number} height
 * @param {number} toWidth
 * @returns {Uint8ClampedArray} RGB of toWidth x height
 */
function stretchAcross(bytes, width, height, toWidth) {
  const { span, firsts, weights } = taps(width, toWidth);
  const rows = new Uint8ClampedArray(toWidth * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < toWidth; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const most = Math.min(span, width - firsts[x]);
      for (let tap = 0, at = (y * width + firsts[x]) * 4; tap < most; tap += 1, at += 4) {
        const weight = weights[x * span + tap];
        red += weight * bytes[at];
        green += weight * bytes[at + 1];
        blue += weight * bytes[at + 2];
      }
      const to = (y * toWidth + x) * 3;
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    }
  }
  return rows;
}

/**
 * @param {Uint8ClampedArray} rows RGB of width x height
 * @param {number} height
 * @param {number} width
 * @param {number} toHeight
 */
function stretchDown(rows, height, width, toHeight) {
  const { span, firsts, weights } = taps(height, toHeight);
  const large = new ImageData(width, toHeight);
  const line = new Float32Array(width * 3);
  for (let y = 0; y < toHeight; y += 1) {
    line.fill(0);
    const most = Math.min(span, height - firsts[y]);
    for (let tap = 0; tap < most; tap += 1) {
      const weight = weights[y * span + tap];
      if (weight === 0) continue;
      const from = (firsts[y] + tap) * width * 3;
      for (let at = 0; at < line.length; at += 1) line[at] += weight * rows[from + at];
    }
    for (let x = 0, at = y * width * 4; x < width; x += 1, at += 4) {
      large.data[at] = line[x * 3];
      large.data[at + 1] = line[x * 3 + 1];
      large.data[at + 2] = line[x * 3 + 2];
      large.data[at + 3] = 255;
    }
  }
  return large;
}
