// What the views of a tab share: the models to choose from, the badge, the judge's words, sliders, fields for seeds.

import { tell } from "./helpers.js";
import { has, label, say, t, tip } from "./i18n.js";
import { limits } from "./limits.js";
import { drawCell, openSheet } from "./pictures.js";
import { envelope, unfinished } from "./recipes.js";
import { call } from "./server.js";

/** @import { Grid } from "./grid.js" */
/** @import { ModelName, Picture, Reading, Said, Timing, Undoable, View, Words } from "./types" */
/** @import { Stage } from "./stage.js" */

/** @param {ModelName} model */
export function modelTitle(model) {
  return has(`model.${model.name}`) ? t(`model.${model.name}`) : model.title;
}

/**
 * The card's own title; of the shipped models in the visitor's language.
 * @param {ModelName} model
 */
export function fullTitle(model) {
  return has(`title.${model.name}`) ? t(`title.${model.name}`) : model.title;
}

/** @param {ModelName} model */
export function modelTip(model) {
  const family = has(`family.${model.family}`) ? `family.${model.family}` : "family.other";
  return `${fullTitle(model)} · ${t(family)}`;
}

/**
 * A segmented control of models.
 * @param {HTMLElement} box
 * @param {ModelName[]} models
 * @param {(name: string) => void} choose
 */
export function modelPicker(box, models, choose) {
  const group = `model-${Math.random().toString(36).slice(2)}`;
  /** @type {{ input: HTMLInputElement, choice: HTMLLabelElement, words: HTMLSpanElement, model: ModelName }[]} */
  const choices = [];
  for (const model of models) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: group, value: model.name });
    input.addEventListener("change", () => choose(model.name));
    const words = document.createElement("span");
    choice.append(input, words);
    box.append(choice);
    choices.push({ input, choice, words, model });
  }
  const speak = () => {
    for (const { choice, words, model } of choices) {
      words.textContent = modelTitle(model);
      choice.title = modelTip(model);
    }
  };
  speak();
  return {
    speak,
    /** @param {string} name */
    set(name) {
      for (const { input, model } of choices) input.checked = model.name === name;
    },
  };
}

/** @type {WeakMap<HTMLElement, () => void>} what says it again */
const badges = new WeakMap();

/**
 * The honest line: where, how long, which model; its card is one click away.
 * @param {HTMLElement} element
 * @param {ModelName} model
 * @param {Timing} timing
 */
export function badge(element, model, { provider, ms }) {
  element.replaceChildren();
  const facts = document.createElement("span");
  const say = () => {
    const time = t("badge.ms", { ms: Math.max(1, Math.round(ms)) });
    facts.textContent = `${provider} · ${time} · ${fullTitle(model)} ${model.version}`;
  };
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

/**
 * Says a badge again, in another language.
 * @param {HTMLElement} element
 */
export function speakBadge(element) {
  badges.get(element)?.();
}

/**
 * @param {HTMLElement} element
 * @param {Reading} [reading] nothing where nobody reads
 */
export function sayReading(element, reading) {
  if (reading?.label === undefined) return say(element, null);
  const { label, percent = 0 } = reading;
  say(element, percent >= 60 ? "reads" : "reads.unsure", { label, percent });
}

/**
 * A row with a slider, its value and a way back to neutral.
 * @param {HTMLElement} box
 * @param {{ low: number, high: number, neutral: number }} range
 * @param {Words} words its name
 * @param {Words} tipWords what it does
 * @param {Undoable & { changed: (value: number) => void }} hooks `changed` hears it move, `record` comes before a reset
 */
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
    /** @param {number} value */
    show(value) {
      if (Number(input.value) !== value) input.value = String(value);
      const share = (value - neutral) / ((value < neutral && low < neutral ? neutral - low : high - neutral) || 1);
      output.textContent = `${value > neutral ? "+" : value < neutral ? "−" : ""}${Math.abs(Math.round(share * 100))}`;
      reset.disabled = value === neutral;
    },
  };
}

const RESET_ICON = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3v3.5H7M3.8 6.3A5 5 0 1 1 3 9"/></svg>';

/**
 * A field for a seed.
 * @param {HTMLInputElement} input
 * @param {() => number} now what it shows again after a bad one
 * @param {(seed: number) => void} choose hears a good one
 */
export function seedField(input, now, choose) {
  input.addEventListener("change", () => {
    const seed = Number(input.value);
    if (/^\d+$/.test(input.value.trim()) && seed <= limits.seed) choose(seed);
    else input.value = String(now());
  });
}

/**
 * Draws a picture, not finished, from the sheet that holds it; where none does, the server is asked.
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 */
export async function drawPicture(canvas, picture) {
  const { holds } = picture;
  if (holds) return drawCell(canvas, holds.sheet, holds.index);
  drawCell(canvas, await openSheet(await call("render", { pictures: [envelope(unfinished(picture))] })), 0);
}

/**
 * When the grid is another model's, the stage follows with the same seed where it is in the grid; undo brings back
 * both.
 * @param {Grid} grid
 * @param {Stage} stage
 * @param {(picture: Said) => unknown} [show]
 */
export function stageFollows(grid, stage, show = stage.show) {
  if (!stage.model || stage.model === grid.asked.model) return;
  const { seed } = stage.coming?.recipe ?? {};
  const there = grid.cells.findIndex((_, index) => seed !== undefined && grid.picture(index).recipe.seed === seed);
  show(grid.picture(Math.max(there, 0)));
}

/**
 * What the page asks of a view that has a grid and a stage.
 * @param {Grid} grid
 * @param {Stage} stage
 * @returns {View}
 */
export function gridAndStage(grid, stage) {
  return {
    primary: grid.fresh,
    shown: grid.layout,
    speak: grid.speak,
    // A picture from elsewhere: an opened PNG, a sibling of a drawing. Its settings come with it.
    take(picture) {
      const { model, seed, truncation = 1 } = picture.recipe;
      grid.change({ model, near: null, ...(seed !== undefined && { seed, truncation }) });
      return stage.put(picture);
    },
  };
}
