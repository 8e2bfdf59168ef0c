// The Draw view: a pad, and what the models make of what is drawn on it.

import { canvasOf, pictureCells } from "../../web/board.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { t } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { makePad } from "../../web/pad.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, modelTip, modelTitle, sayReading, speakBadge } from "../../web/widgets.js";

export default function drawView(root, tab, page) {
  const ui = refs(root);
  let variation_seed = randomSeed();
  let answer = null;

  // --- the answer ---------------------------------------------------------------------------------------------------

  const ask = latest(async () => {
    const reply = await call("draw", { png: pad.png(), variation_seed });
    root.classList.toggle("empty", !reply.parts);
    if (reply.parts) await show(reply);
  });
  const pad = makePad(root, ui, ask);

  async function show(reply) {
    const sheet = await openSheet(reply);
    answer = { ...reply, sheet };
    const { parts } = reply;
    drawCell(ui.seen, sheet, 0);
    sayReading(ui.reading, reply);
    tiles(sheet);
    let first = parts.seen + parts.back;
    fill(ui.siblings, ui.siblingsBox, sheet, first, parts.siblings, (index) => ["cell.near", { number: index + 1 }]);
    first += parts.siblings || 0;
    fill(ui.neighbours, ui.neighboursBox, sheet, first, parts.neighbours, () => ["draw.neighbours", {}]);
    ui.onMap.hidden = !(reply.place && tab.flat.length);
    badge(ui.badge, tab.coders.find((model) => model.name === reply.models[0]), reply);
    layout();
  }

  function layout() {
    if (!answer || !root.offsetParent) return;
    ui.answers.querySelectorAll("canvas").forEach((canvas) => sizeCanvas(canvas, roomIn(canvas.parentElement)));
  }

  function tiles(sheet) {
    if (ui.back.children.length !== answer.models.length) {
      ui.back.replaceChildren(
        ...answer.models.map(() => {
          const tile = document.createElement("figure");
          const board = document.createElement("span");
          board.className = "board";
          board.append(document.createElement("canvas"));
          const caption = document.createElement("figcaption");
          caption.append(document.createElement("b"), document.createElement("small"));
          tile.append(board, caption);
          return tile;
        }),
      );
    }
    [...ui.back.children].forEach((tile, index) => {
      const canvas = tile.querySelector("canvas");
      drawCell(canvas, sheet, answer.parts.seen + index);
    });
    speak();
  }

  function speak() {
    speakBadge(ui.badge);
    [...ui.back.children].forEach((tile, index) => {
      const model = tab.coders.find((one) => one.name === answer.models[index]);
      tile.title = modelTip(model);
      const [title, size] = tile.querySelector("figcaption").children;
      title.textContent = modelTitle(model);
      size.textContent = t("draw.numbers", { count: model.numbers });
    });
  }

  function fill(row, box, sheet, first, count, name) {
    box.hidden = !count;
    if (!count) return;
    const cells = row.children.length === count ? [...row.children] : pictureCells(row, count, name);
    cells.forEach((cell, index) => drawCell(canvasOf(cell), sheet, first + index));
  }

  // --- what the visitor does ----------------------------------------------------------------------------------------

  const another = () => pad.sample().catch(complain);
  ui.sample.addEventListener("click", another);
  ui.sample.hidden = !tab.real;
  ui.clear.addEventListener("click", () => {
    variation_seed = randomSeed();
    pad.clear();
  });
  ui.siblings.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const index = Number(cell.dataset.index);
    page.take(tab, { ...answer.pictures[index], said: ["of.near", {}] });
  });
  ui.neighbours.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    pad.stamp(canvasOf(cell));
  });
  ui.onMap.addEventListener("click", () => page.find(tab, answer.place));
  new ResizeObserver(layout).observe(ui.answers);

  return {
    primary: another,
    async shown() {
      layout();
      if (answer) return;
      if (!tab.real) return;
      await pad.sample(true).catch(complain);
    },
    speak,
  };
}
