// What everybody in the grid is asked to be: with, without or whatever, for each attribute of a model.

import { label, say } from "../../web/i18n.js";
import { wordsOf } from "./words.js";

/** @import { Refs } from "./refs" */
/** @import { Artist, AttributeConditions } from "./types" */

/**
 * Null asks for nothing.
 * @typedef {boolean | null} AttributeValue
 * @typedef {{ name: string, row: HTMLElement, inputs: Map<AttributeValue, HTMLInputElement> }} ConditionRow
 */

/** @type {[AttributeValue, string][]} */
const CHOICES = [[false, "people.no"], [null, "people.any"], [true, "people.yes"]];

/**
 * @param {Refs} ui
 * @param {(name: string, value: AttributeValue) => void} ask
 */
export function makeConditionRows(ui, ask) {
  /** @type {ConditionRow[]} */
  let rows = [];
  /** @type {Artist | null} */
  let built = null;

  return {
    /**
     * @param {Artist} model
     * @param {AttributeConditions} conditions
     */
    show(model, conditions) {
      if (model !== built) {
        built = model;
        rows = model.looks.map((name) => makeRow(model.name, name, (value) => ask(name, value)));
        ui.conditions.replaceChildren(...rows.map(({ row }) => row));
      }
      for (const { name, inputs } of rows) {
        const input = inputs.get(conditions[name] ?? null);
        if (input) input.checked = true;
      }
      ui.anything.disabled = !Object.keys(conditions).length;
    },
  };
}

/**
 * @param {string} model
 * @param {string} name of the attribute
 * @param {(value: AttributeValue) => void} ask
 * @returns {ConditionRow}
 */
function makeRow(model, name, ask) {
  const row = document.createElement("div");
  row.className = "condition";
  row.setAttribute("role", "radiogroup");
  label(row, ...wordsOf(name));
  const caption = document.createElement("span");
  say(caption, ...wordsOf(name));
  const choices = document.createElement("span");
  choices.className = "models";
  /** @type {Map<AttributeValue, HTMLInputElement>} */
  const inputs = new Map();
  for (const [value, key] of CHOICES) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: `${model}-${name}-condition` });
    input.addEventListener("change", () => ask(value));
    const said = document.createElement("span");
    say(said, key);
    choice.append(input, said);
    choices.append(choice);
    inputs.set(value, input);
  }
  row.append(caption, choices);
  return { name, row, inputs };
}
