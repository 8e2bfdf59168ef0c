// Strokes on a pad, thick and soft at the rim, like the scanned pencil that MNIST is made of.

/**
 * @typedef {[x: number, y: number]} Point
 * @typedef {Point[] | HTMLCanvasElement} Stroke points, or a whole digit
 */

export const SIDE = 280;
const BRUSH = 22;

/**
 * White on black.
 * @param {CanvasRenderingContext2D} pen
 * @param {Stroke[]} strokes
 */
export function drawStrokes(pen, strokes) {
  pen.globalAlpha = 1;
  pen.shadowBlur = 0;
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, SIDE, SIDE);
  for (const stroke of strokes) {
    if (stroke instanceof HTMLCanvasElement) stamp(pen, stroke);
    else brush(pen, stroke);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Point[]} points
 */
function brush(pen, points) {
  pen.strokeStyle = pen.shadowColor = "#fff";
  pen.lineWidth = BRUSH - 4;
  pen.shadowBlur = 5;
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(...points[0]);
  if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
  for (let index = 1; index < points.length; index += 1) {
    const [[ax, ay], [bx, by]] = [points[index - 1], points[index]];
    pen.quadraticCurveTo(ax, ay, (ax + bx) / 2, (ay + by) / 2);
  }
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {HTMLCanvasElement} digit
 */
function stamp(pen, digit) {
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(digit, 0, 0, SIDE, SIDE);
}
