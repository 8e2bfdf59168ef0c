// How many pictures of each label: a field for each, and one for all.

import { label } from "../../web/i18n.js";

/** @import { Refs } from "./refs" */

const EACH = 100;

/** @param {string} text */
const isNumber = (text) => /^\d+$/.test(text.trim());

/**
 * @param {Refs} ui
 * @param {() => void} changed hears of every other number
 */
export function makeCounts(ui, changed) {
  /** @type {Map<string, number>} */
  let counts = new Map();
  /** @type {Map<string, HTMLInputElement>} */
  let inputs = new Map();

  /** @param {string} one */
  function makeField(one) {
    const box = document.createElement("label");
    const name = document.createElement("b");
    name.textContent = one;
    const input = document.createElement("input");
    Object.assign(input, { type: "text", inputMode: "numeric", autocomplete: "off", maxLength: 6 });
    label(input, "collect.count", { label: one });
    input.addEventListener("input", () => {
      if (isNumber(input.value)) counts.set(one, Number(input.value));
      changed();
    });
    input.addEventListener("change", show);
    box.append(name, input);
    inputs.set(one, input);
    return box;
  }

  const isEven = () => new Set(counts.values()).size === 1;

  // What was typed and is no number goes.
  function show() {
    showFields();
    ui.each.value = isEven() ? String([...counts.values()][0]) : "";
    changed();
  }

  function showFields() {
    for (const [one, input] of inputs) input.value = String(counts.get(one));
  }

  /** @param {number} count */
  function setAll(count) {
    for (const one of counts.keys()) counts.set(one, count);
  }

  ui.each.addEventListener("input", () => {
    if (!isNumber(ui.each.value)) return;
    setAll(Number(ui.each.value));
    showFields();
    changed();
  });
  ui.each.addEventListener("change", show);
  ui.even.addEventListener("click", () => {
    setAll(EACH);
    show();
  });

  return {
    isEven,
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    /** The labels with pictures, and how many. */
    wanted: () => [...counts].filter(([, count]) => count > 0),
    /**
     * Other labels; those that were there keep their numbers.
     * @param {string[]} labels
     */
    offer(labels) {
      counts = new Map(labels.map((one) => [one, counts.get(one) ?? EACH]));
      inputs = new Map();
      ui.counts.replaceChildren(...labels.map(makeField));
      show();
    },
  };
}
