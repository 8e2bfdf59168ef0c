// Pictures at another size through Lanczos' filter (a = 3), as Pillow does it: what the stage shows is what a saved,
// enlarged picture will be. Browsers' own enlargement is bilinear, which blurs a face of 64 pixels.

const LOBES = 3;
const tapsKnown = new Map();

function lanczos(x) {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const turn = Math.PI * x;
  return (LOBES * Math.sin(turn) * Math.sin(turn / LOBES)) / (turn * turn);
}

// For each of `to` places: the first of `from` samples that it takes, and the weights of those from there on.
function taps(from, to) {
  const key = `${from}:${to}`;
  if (tapsKnown.has(key)) return tapsKnown.get(key);
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
    for (let at = first; at < last; at += 1) sum += weights[place * span + at - first] = lanczos((at + 0.5 - centre) / stretch);
    for (let tap = 0; tap < span; tap += 1) weights[place * span + tap] /= sum;
  }
  if (tapsKnown.size > 60) tapsKnown.clear();
  tapsKnown.set(key, { span, firsts, weights });
  return tapsKnown.get(key);
}

// RGBA bytes of width x height as ImageData of toWidth x toHeight; opaque.
export function resample(bytes, width, height, toWidth, toHeight) {
  const across = taps(width, toWidth);
  const down = taps(height, toHeight);
  const rows = new Uint8ClampedArray(toWidth * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < toWidth; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const most = Math.min(across.span, width - across.firsts[x]);
      for (let tap = 0, at = (y * width + across.firsts[x]) * 4; tap < most; tap += 1, at += 4) {
        const weight = across.weights[x * across.span + tap];
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
  const large = new ImageData(toWidth, toHeight);
  const line = new Float32Array(toWidth * 3);
  for (let y = 0; y < toHeight; y += 1) {
    line.fill(0);
    const most = Math.min(down.span, height - down.firsts[y]);
    for (let tap = 0; tap < most; tap += 1) {
      const weight = down.weights[y * down.span + tap];
      if (weight === 0) continue;
      const from = (down.firsts[y] + tap) * toWidth * 3;
      for (let at = 0; at < line.length; at += 1) line[at] += weight * rows[from + at];
    }
    for (let x = 0, at = y * toWidth * 4; x < toWidth; x += 1, at += 4) {
      large.data[at] = line[x * 3];
      large.data[at + 1] = line[x * 3 + 1];
      large.data[at + 2] = line[x * 3 + 2];
      large.data[at + 3] = 255;
    }
  }
  return large;
}
