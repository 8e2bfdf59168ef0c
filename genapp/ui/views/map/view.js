// The Map view: the latent plane of a model that needs two numbers only.

import { named, refs } from "../../web/helpers.js";
import { savePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, penOf, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, sayReading, speakBadge } from "../../web/widgets.js";
import { keyedPlace, numbersAt, onMap, placeOf } from "./plane_geometry.js";

/** @import { View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { MapTab, Place, Plane } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {MapTab} tab
 * @returns {View}
 */
export default function mapView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  const [name] = tab.flat;
  const model = named(tab.models, name);
  /** @type {[number, number]} */
  let at = [0.5, 0.5]; // right and down, 0 to 1
  /** @type {Plane | null} */
  let plane = null;
  /** @type {Place | null} */
  let here = null; // the server's last answer

  const showShares = makeBars(ui.bars);
  const layout = () => sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));

  /** @param {[number, number]} numbers */
  async function draw([x, y]) {
    const reply = await call("place", { model: name, x, y });
    const sheet = await openSheet(reply);
    drawCell(ui.stage, sheet, 0);
    layout();
    here = reply;
    sayReading(ui.reading, reply);
    showShares(reply.shares);
    ui.plane.dataset.visited = `${x},${y}`;
    badge(ui.badge, model, reply);
  }
  const visit = latest(draw);

  /**
   * @param {[number, number]} place
   * @param {[number, number] | null} [exact] the numbers themselves, for a saved picture to come back to the last bit
   */
  function goTo(place, exact = null) {
    if (!plane) return;
    at = onMap(place);
    ui.cursor.style.left = `calc(var(--edge) + ${at[0]} * (100% - 2 * var(--edge)))`;
    ui.cursor.style.top = `calc(var(--edge) + ${at[1]} * (100% - 2 * var(--edge)))`;
    const numbers = exact ?? numbersAt(plane.extent, at);
    ui.place.textContent = `(${numbers.map((number) => number.toFixed(2)).join(", ")})`;
    visit(numbers);
  }

  async function open() {
    if (plane) return plane;
    const reply = await call("plane", { model: name });
    if (plane) return plane;
    plane = reply;
    await showPlane(ui, reply);
    goTo(at);
    return plane;
  }

  /** @param {PointerEvent} event */
  function roam(event) {
    const box = ui.sheet.getBoundingClientRect();
    goTo([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  ui.plane.addEventListener("pointermove", roam);
  ui.plane.addEventListener("pointerdown", (event) => {
    ui.plane.focus();
    roam(event);
  });
  ui.plane.addEventListener("keydown", (event) => {
    const next = keyedPlace(at, event.key, event.shiftKey);
    if (!plane || !next) return;
    event.preventDefault();
    goTo(next);
  });
  ui.colour.addEventListener("change", () => (ui.tint.hidden = !ui.colour.checked));
  const jump = () => goTo([0.04 + 0.92 * Math.random(), 0.04 + 0.92 * Math.random()]);
  ui.jump.addEventListener("click", jump);
  ui.save.addEventListener("click", () => here && savePicture(here.picture, 1));
  new ResizeObserver(layout).observe(ui.stage.parentElement ?? ui.stage);

  return {
    primary: jump,
    shown: () => open().catch(complain),
    speak: () => speakBadge(ui.badge),
    async find(numbers) {
      const { extent } = await open();
      goTo(placeOf(extent, numbers), numbers);
    },
  };
}

/**
 * A bar for each digit; gives the function that shows how sure the judge is of each.
 * @param {HTMLElement} box
 */
function makeBars(box) {
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = document.createElement("span");
    bar.dataset.digit = String(digit);
    const height = document.createElement("i");
    bar.append(height);
    box.append(bar);
    return height;
  });
  /** @param {number[]} [shares] */
  return (shares) => {
    shares?.forEach((share, digit) => (bars[digit].style.height = `${Math.round(100 * share)}%`));
    box.hidden = !shares;
  };
}

/**
 * @param {Refs} ui
 * @param {Plane} plane
 */
async function showPlane(ui, plane) {
  const { image, columns } = await openSheet(plane);
  Object.assign(ui.sheet, { width: image.width, height: image.height });
  penOf(ui.sheet).drawImage(image, 0, 0);
  const { classes } = plane;
  if (ui.colour.parentElement) ui.colour.parentElement.hidden = !classes;
  if (classes) colour(ui.tint, classes, columns);
}

/**
 * One pixel a tile, blown up smooth: the borders between digits become visible without hiding them.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} classes
 * @param {number} columns
 */
function colour(canvas, classes, columns) {
  Object.assign(canvas, { width: columns, height: classes.length / columns });
  const pen = penOf(canvas);
  classes.forEach((digit, index) => {
    pen.fillStyle = `hsl(${digit * 36} 85% 55%)`;
    pen.fillRect(index % columns, Math.floor(index / columns), 1, 1);
  });
}
