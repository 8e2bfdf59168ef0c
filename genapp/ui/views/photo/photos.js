// Photographs that a visitor brings: read here, and only redrawn pixels of them are ever sent.

import { enlarged, penOf } from "../../web/pictures.js";
import { Trouble } from "../../web/server.js";

/** @import { Frame, Photo } from "./types" */
/** @import { Sheet } from "../../web/types" */

const LARGEST_PHOTO = 1600; // pixels a side that are kept: a face of a group is cut out sharp
export const LOOKED_AT = 640; // pixels a side that are sent to be searched for faces
export const CROP = 256; // pixels of a face that are sent to be redrawn

/**
 * Throws Trouble for what is no picture, or too much of one.
 * @param {File} file
 * @returns {Promise<Photo>}
 */
export async function readPhoto(file) {
  if (!file.size) throw new Trouble("photo.empty");
  const { width, height } = await sizeOfPhoto(file);
  if (Math.max(width, height) > 16384) throw new Trouble("photo.huge");
  if (Math.min(width, height) < 24) throw new Trouble("photo.tiny");
  try {
    return makePhoto(await createImageBitmap(file, { imageOrientation: "from-image" }));
  } catch {
    throw new Trouble("photo");
  }
}

/**
 * From the head of the file, before all of it is unpacked.
 * @param {File} file
 * @returns {Promise<{ width: number, height: number }>}
 */
async function sizeOfPhoto(file) {
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      const heic = /hei[cf]/i.test(`${file.type} ${file.name}`);
      image.onerror = () => reject(new Trouble(heic ? "photo.heic" : "photo"));
      image.onload = resolve;
      image.src = url;
    });
    return { width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * A new canvas, and a pen for it.
 * @param {number} width
 * @param {number} height
 * @returns {[HTMLCanvasElement, CanvasRenderingContext2D]}
 */
function canvasSized(width, height) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = penOf(canvas);
  pen.imageSmoothingQuality = "high";
  return [canvas, pen];
}

/**
 * Upright pixels on white, as what is transparent would else turn black.
 * @param {ImageBitmap | HTMLCanvasElement} source
 * @param {{ mirror?: boolean, largest?: number }} [options] `largest` is the most pixels a side
 * @returns {Photo}
 */
export function makePhoto(source, { mirror = false, largest = LARGEST_PHOTO } = {}) {
  const times = Math.min(1, largest / Math.max(source.width, source.height));
  const [width, height] = [source.width, source.height].map((side) => Math.max(1, Math.round(side * times)));
  const [image, pen] = canvasSized(width, height);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  if (mirror) pen.setTransform(-1, 0, 0, 1, width, 0);
  pen.drawImage(source, 0, 0, width, height);
  return { image, width, height };
}

/**
 * A photo a quarter further round.
 * @param {Photo} photo
 * @returns {Photo}
 */
export function quarterTurned({ image: source, width, height, made }) {
  const [image, pen] = canvasSized(height, width);
  pen.setTransform(0, 1, -1, 0, height, 0);
  pen.drawImage(source, 0, 0);
  return { image, width: height, height: width, made };
}

/**
 * A print of a face that a model made up, a little askew on a table: for those who would rather not use their own.
 * @param {Sheet} sheet its first picture
 * @returns {Photo}
 */
export function printOf(sheet) {
  const [side, border, turn] = [300, 16, Math.round(16 * Math.random() - 8)];
  const [image, pen] = canvasSized(640, 480);
  const light = pen.createLinearGradient(0, 0, 640, 480);
  light.addColorStop(0, "#b9b0a2");
  light.addColorStop(1, "#8d8478");
  pen.fillStyle = light;
  pen.fillRect(0, 0, 640, 480);
  pen.translate(320, 240);
  pen.rotate((turn * Math.PI) / 180);
  Object.assign(pen, { fillStyle: "#fbfaf6", shadowColor: "rgb(0 0 0 / 45%)", shadowBlur: 18, shadowOffsetY: 6 });
  pen.fillRect(-side / 2 - border, -side / 2 - border, side + 2 * border, side + 2 * border);
  pen.shadowColor = "transparent";
  pen.drawImage(enlarged(sheet, 0, side, side), -side / 2, -side / 2);
  return { image, width: 640, height: 480, made: true, found: "one", faces: [{ x: 320, y: 240, side, turn }] };
}

/**
 * What a frame holds, upright. Beyond the photo its outermost pixels go on.
 * @param {Photo} photo
 * @param {Frame} frame
 * @param {number} size pixels a side
 */
export function cutOut({ image, width, height }, { x, y, side, turn }, size) {
  const [canvas, pen] = canvasSized(size, size);
  pen.translate(size / 2, size / 2);
  pen.scale(size / side, size / side);
  pen.rotate((-turn * Math.PI) / 180);
  pen.translate(-x, -y);
  const far = 4 * Math.max(width, height);
  /**
   * From where, how much, to where, how much: before the photo, behind it, itself.
   * @param {number} length
   */
  const spans = (length) => [[0, 1, -far, far + 1], [length - 1, 1, length - 1, far], [0, length, 0, length]];
  for (const [left, wide, toLeft, toWide] of spans(width)) {
    for (const [top, high, toTop, toHigh] of spans(height)) {
      pen.drawImage(image, left, top, wide, high, toLeft, toTop, toWide, toHigh);
    }
  }
  return canvas;
}

/**
 * Freshly encoded, so without name, place, time and camera.
 * @param {HTMLCanvasElement} canvas
 * @returns base64
 */
export const jpeg = (canvas) => canvas.toDataURL("image/jpeg", 0.95).split(",")[1];
