// What everybody in the grid is asked to be: with, without or whatever, for each attribute of a model.

import { label, say } from "../../web/i18n.js";
import { wordsOf } from "./words.js";

/** @import { Refs } from "./refs" */
/** @import { Artist, Wishes } from "./types" */

/**
 * Null asks for nothing.
 * @typedef {boolean | null} Wish
 * @typedef {{ name: string, row: HTMLElement, inputs: Map<Wish, HTMLInputElement> }} WishRow
 */

/** @type {[Wish, string][]} */
const CHOICES = [[false, "people.no"], [null, "people.any"], [true, "people.yes"]];

/**
 * @param {Refs} ui
 * @param {(name: string, wish: Wish) => void} ask
 */
export function makeWishes(ui, ask) {
  /** @type {WishRow[]} */
  let rows = [];
  /** @type {Artist | null} */
  let built = null;

  return {
    /**
     * @param {Artist} model
     * @param {Wishes} wishes
     */
    show(model, wishes) {
      if (model !== built) {
        built = model;
        rows = model.looks.map((name) => makeRow(model.name, name, (wish) => ask(name, wish)));
        ui.wishes.replaceChildren(...rows.map(({ row }) => row));
      }
      for (const { name, inputs } of rows) {
        const input = inputs.get(wishes[name] ?? null);
        if (input) input.checked = true;
      }
      ui.anything.disabled = !Object.keys(wishes).length;
    },
  };
}

/**
 * @param {string} model
 * @param {string} name of the attribute
 * @param {(wish: Wish) => void} ask
 * @returns {WishRow}
 */
function makeRow(model, name, ask) {
  const row = document.createElement("div");
  row.className = "wish";
  row.setAttribute("role", "radiogroup");
  label(row, ...wordsOf(name));
  const caption = document.createElement("span");
  say(caption, ...wordsOf(name));
  const choices = document.createElement("span");
  choices.className = "models";
  /** @type {Map<Wish, HTMLInputElement>} */
  const inputs = new Map();
  for (const [wish, key] of CHOICES) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: `${model}-${name}-wish` });
    input.addEventListener("change", () => ask(wish));
    const said = document.createElement("span");
    say(said, key);
    choice.append(input, said);
    choices.append(choice);
    inputs.set(wish, input);
  }
  row.append(caption, choices);
  return { name, row, inputs };
}
