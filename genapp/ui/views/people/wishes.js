// What every face of the grid is asked for: a row of choices for each attribute.

import { label, say } from "../../web/i18n.js";
import { wordsOf } from "./words.js";

/** @import { Wishes } from "./types" */

/** @type {[wish: boolean | null, key: string][]} null: either will do */
const ANSWERS = [[false, "people.no"], [null, "people.any"], [true, "people.yes"]];

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {HTMLElement} row
 * @property {Map<boolean | null, HTMLInputElement>} inputs
 */

/**
 * @param {HTMLElement} box
 * @param {(name: string, wish: boolean | null) => void} ask hears a choice
 */
export function makeWishes(box, ask) {
  /** @type {{ built: string | null, rows: Row[] }} the model whose attributes these are */
  const state = { built: null, rows: [] };

  return {
    /**
     * @param {string} model
     * @param {string[]} looks its attributes
     * @param {Wishes} wishes
     */
    show(model, looks, wishes) {
      if (model !== state.built) {
        state.built = model;
        state.rows = looks.map((name) => buildRow(name, `${model}-${name}-wish`, ask));
        box.replaceChildren(...state.rows.map(({ row }) => row));
      }
      for (const { name, inputs } of state.rows) {
        for (const [wish, input] of inputs) input.checked = wish === (wishes[name] ?? null);
      }
    },
  };
}

/**
 * @param {string} name
 * @param {string} group
 * @param {(name: string, wish: boolean | null) => void} ask
 * @returns {Row}
 */
function buildRow(name, group, ask) {
  const row = document.createElement("div");
  row.className = "wish";
  row.setAttribute("role", "radiogroup");
  label(row, ...wordsOf(name));
  const caption = document.createElement("span");
  say(caption, ...wordsOf(name));
  const choices = document.createElement("span");
  choices.className = "models";
  const inputs = new Map();
  for (const [wish, key] of ANSWERS) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: group });
    input.addEventListener("change", () => ask(name, wish));
    const said = document.createElement("span");
    say(said, key);
    choice.append(input, said);
    choices.append(choice);
    inputs.set(wish, input);
  }
  row.append(caption, choices);
  return { name, row, inputs };
}
