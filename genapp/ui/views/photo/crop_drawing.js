// How a photo looks with a frame on it: dark beside the frame, other faces dashed, a face's outline to aim by, handles.

import { cornersOf, fitInto, toCanvas, turnerOf } from "./crop_geometry.js";
import { penOf } from "../../web/pictures.js";

/** @import { Fit, Frame, Photo, Size, Spot } from "./types" */

// Where they lie in pictures that models learn from, by the frame's side.
const EYES = { y: 0.33, left: 0.33, right: 0.67 };
const OVAL = { x: 0.5, y: 0.5, wide: 0.355, high: 0.45 };

/**
 * CSS pixels of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @returns {Size}
 */
export const roomOf = (canvas) => ({ width: canvas.clientWidth, height: canvas.clientHeight });

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Photo | null} photo
 * @param {Frame | null} frame
 * @param {Frame[]} others frames of other faces
 */
export function drawCrop(canvas, photo, frame, others) {
  const room = roomOf(canvas);
  if (!room.width) return;
  const pen = clearPen(canvas, room);
  if (!photo) return;
  const fit = fitInto(photo, room);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(photo.image, fit.left, fit.top, photo.width * fit.times, photo.height * fit.times);
  if (!frame) return;
  const corners = cornersOf(frame).map((corner) => toCanvas(fit, corner));
  shade(pen, photo, fit, corners);
  for (const other of others) inside(pen, fit, other, (side) => square(pen, side, 0.8, [3, 4]));
  inside(pen, fit, frame, (side) => {
    square(pen, side, 1);
    guide(pen, side);
  });
  const accent = getComputedStyle(canvas).getPropertyValue("--accent");
  handles(pen, corners, toCanvas(fit, turnerOf(frame, fit, room)), accent);
}

/**
 * A pen whose unit is a CSS pixel, on a canvas as sharp as the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {Size} room
 */
function clearPen(canvas, { width, height }) {
  const screen = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * screen), Math.round(height * screen)];
  if (canvas.width !== wide) Object.assign(canvas, { width: wide, height: high });
  const pen = penOf(canvas);
  pen.setTransform(screen, 0, 0, screen, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

/**
 * Darkens the photo beside the frame.
 * @param {CanvasRenderingContext2D} pen
 * @param {Size} photo
 * @param {Fit} fit
 * @param {Spot[]} corners
 */
function shade(pen, { width, height }, { times, left, top }, corners) {
  pen.beginPath();
  pen.rect(left, top, width * times, height * times);
  corners.forEach(({ x, y }, index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.fillStyle = "rgb(12 12 16 / 55%)";
  pen.fill("evenodd");
}

/**
 * Draws in a frame's own coordinates: CSS pixels from its centre, turned as it is.
 * @param {CanvasRenderingContext2D} pen
 * @param {Fit} fit
 * @param {Frame} frame
 * @param {(side: number) => void} draw
 */
function inside(pen, fit, frame, draw) {
  const { x, y } = toCanvas(fit, frame);
  pen.save();
  pen.translate(x, y);
  pen.rotate((frame.turn * Math.PI) / 180);
  draw(frame.side * fit.times);
  pen.restore();
}

/**
 * Light on dark, so that it is seen on every photo.
 * @param {CanvasRenderingContext2D} pen
 * @param {() => void} shape
 * @param {number} alpha
 * @param {number[]} [dash]
 */
function stroke(pen, shape, alpha, dash = []) {
  pen.setLineDash(dash);
  for (const [colour, width] of [["rgb(0 0 0 / 45%)", 4], [`rgb(255 255 255 / ${alpha * 100}%)`, 2]]) {
    Object.assign(pen, { strokeStyle: colour, lineWidth: width });
    shape();
  }
  pen.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} side
 * @param {number} alpha
 * @param {number[]} [dash]
 */
function square(pen, side, alpha, dash) {
  stroke(pen, () => pen.strokeRect(-side / 2, -side / 2, side, side), alpha, dash);
}

/**
 * A face's oval, and the line of its eyes.
 * @param {CanvasRenderingContext2D} pen
 * @param {number} side
 */
function guide(pen, side) {
  /** @param {number} share */
  const at = (share) => (share - 0.5) * side;
  stroke(pen, () => {
    pen.beginPath();
    pen.ellipse(at(OVAL.x), at(OVAL.y), OVAL.wide * side, OVAL.high * side, 0, 0, 2 * Math.PI);
    pen.stroke();
  }, 0.75, [6, 5]);
  stroke(pen, () => {
    pen.beginPath();
    pen.moveTo(at(OVAL.x - OVAL.wide), at(EYES.y));
    pen.lineTo(at(OVAL.x + OVAL.wide), at(EYES.y));
    for (const eye of [EYES.left, EYES.right]) {
      pen.moveTo(at(eye), at(EYES.y - 0.03));
      pen.lineTo(at(eye), at(EYES.y + 0.03));
    }
    pen.stroke();
  }, 0.75, [6, 5]);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot[]} corners
 * @param {Spot} turner
 * @param {string} accent its colour
 */
function handles(pen, corners, turner, accent) {
  Object.assign(pen, { lineWidth: 2, strokeStyle: "rgb(0 0 0 / 50%)", fillStyle: "#fff" });
  /**
   * @param {Spot} at
   * @param {number} radius
   */
  const dot = ({ x, y }, radius) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
    pen.fill();
  };
  corners.forEach((corner) => dot(corner, 6));
  pen.fillStyle = accent;
  dot(turner, 8);
}
