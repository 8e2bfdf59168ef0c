// What the views of a tab share: the models to choose from, the badge, the judge's words, small grids of pictures.

import { tell } from "./helpers.js";
import { has, label, say, t, tip } from "./i18n.js";
import { limits } from "./limits.js";
import { drawCell, fade, openSheet, paint, roomIn, sizeCanvas } from "./pictures.js";
import { envelope, unfinished } from "./recipes.js";
import { call } from "./server.js";

export function modelTitle(model) {
  return has(`model.${model.name}`) ? t(`model.${model.name}`) : model.title;
}

// The card's own title; of the shipped models in the visitor's language.
export function fullTitle(model) {
  return has(`title.${model.name}`) ? t(`title.${model.name}`) : model.title;
}

export function modelTip(model) {
  const family = has(`family.${model.family}`) ? `family.${model.family}` : "family.other";
  return `${fullTitle(model)} · ${t(family)}`;
}

// A segmented control of models; calls `choose(name)`.
export function modelPicker(box, models, choose) {
  const group = `model-${Math.random().toString(36).slice(2)}`;
  const inputs = new Map();
  for (const model of models) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: group, value: model.name });
    input.addEventListener("change", () => choose(model.name));
    const words = document.createElement("span");
    choice.append(input, words);
    box.append(choice);
    inputs.set(model.name, { input, choice, words, model });
  }
  const speak = () => {
    for (const { choice, words, model } of inputs.values()) {
      words.textContent = modelTitle(model);
      choice.title = modelTip(model);
    }
  };
  speak();
  return {
    speak,
    set: (name) => {
      inputs.get(name).input.checked = true;
    },
  };
}

const badges = new WeakMap(); // element: what says it again

// The honest line: where, how long, which model; its card is one click away.
export function badge(element, model, reply) {
  const { provider, ms } = reply;
  element.replaceChildren();
  const facts = document.createElement("span");
  const say = () => (facts.textContent = `${provider} · ${t("badge.ms", { ms: Math.max(1, Math.round(ms)) })} · ${fullTitle(model)} ${model.version}`);
  say();
  const link = document.createElement("button");
  link.type = "button";
  link.className = "link";
  link.dataset.t = "card.open";
  link.textContent = t("card.open");
  link.addEventListener("click", () => tell(link, "opencard", model));
  element.append(facts, " ", link);
  badges.set(element, say);
}

// Says a badge again, in another language.
export function speakBadge(element) {
  badges.get(element)?.();
}

// `reading` is { label, percent }, or nothing where nobody reads.
export function sayReading(element, reading) {
  if (reading?.label === undefined) return say(element, null);
  const { label, percent } = reading;
  say(element, percent >= 60 ? "reads" : "reads.unsure", { label, percent });
}

// A row with a slider, its value and a way back to neutral. `changed(value)` hears it move, `record()` comes before a
// reset; `words` and `tipWords` are [key, values] of its name and of what it does.
export function sliderRow(box, { low, high, neutral }, words, tipWords, { changed, record, oneStep }) {
  const row = document.createElement("div");
  row.className = "slide";
  tip(row, ...tipWords);
  const name = document.createElement("label");
  say(name, ...words);
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: low, max: high, step: (high - low) / 100 });
  label(input, ...words);
  const output = document.createElement("output");
  const reset = document.createElement("button");
  Object.assign(reset, { type: "button", className: "quiet icon", innerHTML: RESET_ICON });
  label(reset, "reset");
  oneStep(input);
  input.addEventListener("input", () => changed(Number(input.value)));
  reset.addEventListener("click", () => {
    record();
    changed(neutral);
  });
  row.append(name, input, output, reset);
  box.append(row);
  return {
    row,
    show(value) {
      if (Number(input.value) !== value) input.value = value;
      const share = (value - neutral) / ((value < neutral && low < neutral ? neutral - low : high - neutral) || 1);
      output.textContent = `${value > neutral ? "+" : value < neutral ? "−" : ""}${Math.abs(Math.round(share * 100))}`;
      reset.disabled = value === neutral;
    },
  };
}

const RESET_ICON = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3v3.5H7M3.8 6.3A5 5 0 1 1 3 9"/></svg>';

// Buttons with a picture each. `name(index)` gives [key, values] of a cell's label.
export function pictureCells(box, count, name) {
  const cells = [];
  for (let index = 0; index < count; index += 1) {
    const cell = document.createElement("button");
    cell.type = "button";
    cell.className = "cell";
    cell.dataset.index = index;
    cell.append(document.createElement("canvas"));
    label(cell, ...name(index));
    cells.push(cell);
  }
  box.replaceChildren(...cells);
  return cells;
}

// A list that Tab enters once: arrow keys move inside, `across()` items a row. Gives the function that puts it at an index.
export function arrowKeys(box, items, across = () => 1) {
  const focusable = (index) => items().forEach((item, other) => (item.tabIndex = other === index ? 0 : -1));
  box.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(event.target.closest("button"));
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across(), ArrowDown: across(), Home: -at, End: all.length };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const next = Math.min(all.length - 1, Math.max(0, at + moves[event.key]));
    focusable(next);
    all[next].focus();
  });
  return focusable;
}

export const canvasOf = (cell) => cell.firstChild;

// A board of pictures in a square, or `across(count)` a row, which arrow keys move through. `chosen(index, event)` hears
// a click.
export function makeBoard(box, chosen, across = (count) => Math.ceil(Math.sqrt(count))) {
  let cells = [];
  const columns = () => across(cells.length);
  const focusable = arrowKeys(box, () => cells, columns);

  function layout() {
    box.style.setProperty("--columns", columns());
    const gap = parseFloat(getComputedStyle(box).columnGap) || 0;
    const room = (roomIn(box) - gap * (columns() - 1)) / columns();
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), room));
  }

  box.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const index = Number(cell.dataset.index);
    focusable(index);
    chosen(index, event);
  });
  new ResizeObserver(layout).observe(box);

  return {
    get cells() {
      return cells;
    },
    layout,
    // The pictures of a sheet, each called `name(index)`; `soft` fades from those that are there.
    show(sheet, name, soft) {
      const same = cells.length === sheet.count;
      if (!same) {
        cells = pictureCells(box, sheet.count, name);
        cells.forEach((cell) => cell.setAttribute("role", "option"));
        focusable(0);
      }
      cells.forEach((cell, index) => label(cell, ...name(index)));
      (soft && same ? fade : paint)(cells.map(canvasOf), sheet);
      layout();
    },
  };
}

// A field for a seed: `choose(seed)` hears a good one, after a bad one it shows `now()` again.
export function seedField(input, now, choose) {
  input.addEventListener("change", () => {
    const seed = Number(input.value);
    if (/^\d+$/.test(input.value.trim()) && seed <= limits.seed) choose(seed);
    else input.value = now();
  });
}

// Draws a picture, not finished, from the sheet that holds it; where none does, the server is asked.
export async function drawPicture(canvas, picture) {
  const { holds } = picture;
  if (holds) return drawCell(canvas, holds.sheet, holds.index);
  drawCell(canvas, await openSheet(await call("render", { pictures: [envelope(unfinished(picture))] })), 0);
}

// When the grid is another model's, the stage follows with the same seed where it is in the grid; undo brings back both.
export function stageFollows(grid, stage, show = stage.show) {
  if (!stage.model || stage.model === grid.asked.model) return;
  const { seed } = stage.coming?.recipe ?? {};
  const there = grid.cells.findIndex((_, index) => seed !== undefined && grid.picture(index).recipe.seed === seed);
  show(grid.picture(Math.max(there, 0)));
}

// What the page asks of a view that has a grid and a stage.
export function gridAndStage(grid, stage) {
  return {
    primary: grid.fresh,
    shown: grid.layout,
    speak: grid.speak,
    // A picture from elsewhere takes the stage: an opened PNG, a sibling of a drawing. Its settings come with it.
    take(picture) {
      const { model, seed, truncation = 1 } = picture.recipe;
      grid.change({ model, near: null, ...(seed !== undefined && { seed, truncation }) });
      return stage.put(picture);
    },
  };
}
