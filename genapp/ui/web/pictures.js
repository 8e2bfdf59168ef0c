// Pictures: sheets from the server, cut into canvases, and fades from one to the next.

import { calm } from "./helpers.js";
import { resample } from "./lanczos.js";

/** @import { Held, Sheet, SheetReply } from "./types" */

const LARGEST = 640; // pixels a side that a photograph is enlarged to; from there on a browser may stretch it unseen

/**
 * What is known of a canvas: the picture on it, the pixels it has room for, an enlarged copy, the fade that it is in.
 * @typedef {{ holds?: Held, large?: [number, number], copy?: Copy, fading?: object }} Known
 * @typedef {{ sheet: Sheet, index: number, image: OffscreenCanvas }} Copy
 */

/** @type {WeakMap<HTMLCanvasElement, Known>} */
const canvases = new WeakMap();

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Known}
 */
function knownOf(canvas) {
  const known = canvases.get(canvas) ?? {};
  canvases.set(canvas, known);
  return known;
}

/**
 * The picture on a canvas, where there is one.
 * @param {HTMLCanvasElement} canvas
 */
export const heldBy = (canvas) => canvases.get(canvas)?.holds;

/**
 * @template {HTMLCanvasElement | OffscreenCanvas} Canvas
 * @param {Canvas} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function penOf(canvas, settings) {
  const pen = /** @type {CanvasRenderingContext2D | null} */ (canvas.getContext("2d", settings));
  if (!pen) throw new Error("this browser does not draw");
  return pen;
}

/**
 * @template {SheetReply} Reply
 * @param {Reply} reply
 * @returns {Promise<Sheet>}
 */
export async function openSheet({ png, count, columns, width, height, crisp }) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  return { image, count, columns, width, height, crisp };
}

/**
 * Pixel art keeps its pixels on the canvas, which is stretched; a photograph is drawn as large as it is shown.
 * @param {HTMLCanvasElement} canvas
 * @param {Sheet} sheet
 * @param {number} index
 * @param {number} [alpha]
 */
export function drawCell(canvas, sheet, index, alpha = 1) {
  const { width, height, crisp } = sheet;
  const known = knownOf(canvas);
  known.holds = { sheet, index };
  const [wide, high] = crisp || !known.large ? [width, height] : known.large;
  if (canvas.width !== wide || canvas.height !== high) {
    Object.assign(canvas, { width: wide, height: high });
    canvas.classList.toggle("crisp", crisp);
  }
  const pen = penOf(canvas);
  pen.imageSmoothingEnabled = false;
  pen.globalAlpha = alpha;
  const { left, top } = placeOf(sheet, index);
  if (wide === width && high === height) pen.drawImage(sheet.image, left, top, width, height, 0, 0, width, height);
  else pen.drawImage(copyFor(known, sheet, index, wide, high), 0, 0);
}

/**
 * @param {Sheet} sheet
 * @param {number} index
 */
function placeOf({ columns, width, height }, index) {
  return { left: (index % columns) * width, top: Math.floor(index / columns) * height };
}

/**
 * An enlarged picture is kept with its canvas, as a fade draws it again and again.
 * @param {Known} known
 * @param {Sheet} sheet
 * @param {number} index
 * @param {number} wide
 * @param {number} high
 */
function copyFor(known, sheet, index, wide, high) {
  const copy = known.copy;
  if (copy?.sheet === sheet && copy.index === index && copy.image.width === wide) return copy.image;
  const image = enlarged(sheet, index, wide, high);
  known.copy = { sheet, index, image };
  return image;
}

/**
 * A picture of a sheet through Lanczos' filter.
 * @param {Sheet} sheet
 * @param {number} index
 * @param {number} wide
 * @param {number} high
 */
export function enlarged(sheet, index, wide, high) {
  const { width, height } = sheet;
  const { left, top } = placeOf(sheet, index);
  const small = penOf(new OffscreenCanvas(width, height), { willReadFrequently: true });
  small.drawImage(sheet.image, left, top, width, height, 0, 0, width, height);
  const image = new OffscreenCanvas(wide, high);
  penOf(image).putImageData(resample(small.getImageData(0, 0, width, height).data, width, height, wide, high), 0, 0);
  return image;
}

/**
 * The largest size within `room` CSS pixels, as a factor; of pixel art one at which each pixel covers the same number
 * of the screen's.
 * @param {number} width
 * @param {number} height
 * @param {number} room
 * @param {boolean} crisp
 */
export function fit(width, height, room, crisp) {
  const screen = window.devicePixelRatio || 1;
  const longest = Math.max(width, height);
  const times = Math.floor((room * screen) / longest);
  return times < 1 || !crisp ? room / longest : times / screen;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} room CSS pixels that it may be wide and high
 */
export function sizeCanvas(canvas, room) {
  const known = knownOf(canvas);
  const { width, height, crisp } = known.holds?.sheet ?? { width: canvas.width, height: canvas.height, crisp: true };
  const times = fit(width, height, room, crisp);
  canvas.style.width = `${width * times}px`;
  canvas.style.height = `${height * times}px`;
  if (!known.holds || crisp || room <= 0) return;
  const screen = Math.min(times * (window.devicePixelRatio || 1), LARGEST / Math.max(width, height));
  known.large = [Math.round(width * screen), Math.round(height * screen)];
  if (canvas.width !== known.large[0]) drawCell(canvas, known.holds.sheet, known.holds.index);
}

/**
 * CSS pixels inside an element, without its padding.
 * @param {Element | null} element
 */
export function roomIn(element) {
  if (!element) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

/**
 * Old pictures turn into new ones, each a little after the one before.
 * @param {HTMLCanvasElement[]} targets
 * @param {Sheet} sheet
 */
export function fade(targets, sheet) {
  if (calm() || document.hidden) {
    targets.forEach((canvas, index) => drawCell(canvas, sheet, index));
    return;
  }
  const begin = performance.now();
  const token = {};
  for (const canvas of targets) knownOf(canvas).fading = token;
  /** @param {number} now */
  const step = (now) => {
    let going = false;
    targets.forEach((canvas, index) => {
      if (knownOf(canvas).fading !== token) return;
      const share = Math.min(1, Math.max(0, (now - begin - index * 9) / 170));
      if (share > 0) drawCell(canvas, sheet, index, share);
      going ||= share < 1;
    });
    if (going) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** @param {HTMLCanvasElement} canvas */
export function stopFading(canvas) {
  delete knownOf(canvas).fading;
}

/**
 * @param {HTMLCanvasElement[]} targets
 * @param {Sheet} sheet
 */
export function paint(targets, sheet) {
  targets.forEach((canvas, index) => {
    stopFading(canvas);
    drawCell(canvas, sheet, index);
  });
}
