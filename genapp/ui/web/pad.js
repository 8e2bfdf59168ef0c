// A pad to draw a digit on. `changed()` hears of every stroke while it is drawn.

import { randomSeed } from "./helpers.js";
import { drawCell, openSheet } from "./pictures.js";
import { call } from "./server.js";

export function makePad(root, ui, changed) {
  const SIDE = 280;
  const BRUSH = 22;
  const pen = ui.pad.getContext("2d");
  let strokes = []; // a stroke is a list of points, or the canvas of a sample
  let stroke = null; // the one being drawn
  let greeting = false; // the digit that stands here at first goes when the visitor starts

  function redraw() {
    pen.globalAlpha = 1;
    pen.shadowBlur = 0;
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, SIDE, SIDE);
    for (const one of strokes) {
      if (one instanceof HTMLCanvasElement) stamp(one);
      else brush(one);
    }
    ui.ghost.hidden = strokes.length > 0;
    ui.undo.disabled = ui.clear.disabled = !strokes.length;
  }

  // Thick and soft at the rim, like the scanned pencil that MNIST is made of.
  function brush(points) {
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

  function stamp(digit) {
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(digit, 0, 0, SIDE, SIDE);
  }

  function spot(event) {
    const box = ui.pad.getBoundingClientRect();
    return [((event.clientX - box.left) * SIDE) / box.width, ((event.clientY - box.top) * SIDE) / box.height];
  }

  ui.pad.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    ui.pad.setPointerCapture(event.pointerId);
    if (greeting) strokes = [];
    greeting = false;
    stroke = [spot(event)];
    strokes.push(stroke);
    redraw();
  });
  ui.pad.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) stroke.push(spot(part));
    redraw();
    changed();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    ui.pad.addEventListener(end, () => {
      if (stroke) changed();
      stroke = null;
    });
  }

  function put(next, isGreeting = false) {
    strokes = next;
    greeting = isGreeting;
    redraw();
    changed();
  }

  // Somebody's real digit.
  async function sample(isGreeting = false) {
    const sheet = await openSheet(await call("digit", { variation_seed: randomSeed() }));
    const digit = document.createElement("canvas");
    drawCell(digit, sheet, 0);
    put([digit], isGreeting);
  }

  const undo = () => put(strokes.slice(0, -1));
  ui.undo.addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    if (root.offsetParent && (event.ctrlKey || event.metaKey) && event.key === "z" && strokes.length) undo();
  });
  redraw();

  return {
    sample,
    clear: () => put([]),
    // A copy of a small picture of a digit.
    stamp(canvas) {
      const copy = canvas.cloneNode();
      copy.getContext("2d").drawImage(canvas, 0, 0);
      put([copy]);
    },
    png: () => ui.pad.toDataURL("image/png").split(",")[1],
  };
}
