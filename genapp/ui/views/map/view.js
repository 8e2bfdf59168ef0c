// The Map view: the latent plane of a model that needs two numbers only.

import { refs } from "../../web/helpers.js";
import { savePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, sayReading, speakBadge } from "../../web/widgets.js";

export default function mapView(root, tab) {
  const ui = refs(root);
  const name = tab.flat[0];
  const model = tab.models.find((other) => other.name === name);
  const STEP = 0.01; // of the map's width, for one press of an arrow key
  let at = [0.5, 0.5]; // right and down, 0 to 1
  let plane = null;
  let here = null; // the server's last answer

  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = document.createElement("span");
    bar.dataset.digit = digit;
    bar.append(document.createElement("i"));
    ui.bars.append(bar);
    return bar.firstChild;
  });

  const visit = latest(async (x, y) => {
    const reply = await call("place", { model: name, x, y });
    const sheet = await openSheet(reply);
    drawCell(ui.stage, sheet, 0);
    layout();
    here = reply;
    sayReading(ui.reading, reply);
    (reply.shares || []).forEach((share, digit) => (bars[digit].style.height = `${Math.round(100 * share)}%`));
    ui.bars.hidden = !reply.shares;
    ui.plane.dataset.visited = `${x},${y}`;
    badge(ui.badge, model, reply);
  });

  function place() {
    const [left, bottom, right, top] = plane.extent;
    return [left + (right - left) * at[0], top - (top - bottom) * at[1]].map((number) => Number(number.toFixed(3)));
  }

  // `exact` is a place itself, for a saved picture to come back to the last bit.
  function goTo(right, down, exact = null) {
    at = [right, down].map((share) => Math.min(1, Math.max(0, share)));
    ui.cursor.style.left = `calc(var(--edge) + ${at[0]} * (100% - 2 * var(--edge)))`;
    ui.cursor.style.top = `calc(var(--edge) + ${at[1]} * (100% - 2 * var(--edge)))`;
    const [x, y] = exact ?? place();
    ui.place.textContent = `(${x.toFixed(2)}, ${y.toFixed(2)})`;
    visit(x, y);
  }

  async function open() {
    if (plane) return;
    const reply = await call("plane", { model: name });
    if (plane) return;
    plane = reply;
    const sheet = await openSheet(reply);
    ui.sheet.width = sheet.image.width;
    ui.sheet.height = sheet.image.height;
    ui.sheet.getContext("2d").drawImage(sheet.image, 0, 0);
    colour(reply.classes, sheet.columns);
    goTo(...at);
  }

  // One pixel a tile, blown up smooth: the borders between digits become visible without hiding them.
  function colour(classes, columns) {
    ui.colour.parentElement.hidden = !classes;
    if (!classes) return;
    ui.tint.width = columns;
    ui.tint.height = classes.length / columns;
    const pen = ui.tint.getContext("2d");
    classes.forEach((digit, index) => {
      pen.fillStyle = `hsl(${digit * 36} 85% 55%)`;
      pen.fillRect(index % columns, Math.floor(index / columns), 1, 1);
    });
  }

  function layout() {
    sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
  }

  function roam(event) {
    if (!plane) return;
    const box = ui.sheet.getBoundingClientRect();
    goTo((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  ui.plane.addEventListener("pointermove", roam);
  ui.plane.addEventListener("pointerdown", (event) => {
    ui.plane.focus();
    roam(event);
  });
  ui.plane.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 5 * STEP : STEP;
    const moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    if (!plane || !(event.key in moves)) return;
    event.preventDefault();
    const [right, down] = moves[event.key];
    goTo(at[0] + right, at[1] + down);
  });
  ui.colour.addEventListener("change", () => (ui.tint.hidden = !ui.colour.checked));
  const jump = () => plane && goTo(0.04 + 0.92 * Math.random(), 0.04 + 0.92 * Math.random());
  ui.jump.addEventListener("click", jump);
  ui.save.addEventListener("click", () => here && savePicture(here.picture, 1));
  new ResizeObserver(layout).observe(ui.stage.parentElement);

  return {
    primary: jump,
    shown: () => open().catch(complain),
    speak: () => speakBadge(ui.badge),
    async find([x, y]) {
      await open();
      const [left, bottom, right, top] = plane.extent;
      goTo((x - left) / (right - left), (top - y) / (top - bottom), [x, y]);
    },
  };
}
