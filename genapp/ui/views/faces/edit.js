// Editing: sliders along the directions that a model knows, from smile to hair; the person stays.

import { has, say } from "../../web/i18n.js";
import { changed as remade } from "../../web/recipes.js";
import { sliderRow } from "../../web/widgets.js";
import { markTray } from "./trays.js";

/** @import { Stage } from "../../web/stage.js" */
/** @import { Picture, Undoable, Words } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { FacesTab } from "./types" */

/**
 * @param {Refs} ui
 * @param {FacesTab} tab
 * @param {Stage} stage
 * @param {Undoable} undoable
 */
export function makeEdit(ui, tab, stage, { record, oneStep }) {
  const state = {
    /** @type {Record<string, number>} of the picture on the stage */
    edits: {},
    /** @type {{ name: string, show: (amount: number) => void }[]} */
    rows: [],
    /** @type {string | null} the model whose sliders these are */
    built: null,
  };

  /** @param {string} model */
  function build(model) {
    state.built = model;
    for (const box of [ui.edits, ui.moreEdits]) box.replaceChildren();
    state.rows = (tab.directions[model] ?? []).map(({ name, low, high }) => {
      const box = has(`look.${name}`) ? ui.edits : ui.moreEdits;
      const changed = (/** @type {number} */ value) => choose({ [name]: value });
      return { name, ...sliderRow(box, { low, high, neutral: 0 }, ...described(name), { changed, record, oneStep }) };
    });
    ui.editMore.hidden = !ui.moreEdits.children.length;
    ui.editMore.open = !ui.edits.children.length;
    ui.editReset.hidden = !state.rows.length;
    say(ui.editNote, state.rows.length ? "edit.note" : "edit.none");
  }

  /** @param {Record<string, number>} change */
  function choose(change) {
    const held = stage.hold();
    if (!held) return;
    const { recipe, private: own, said } = held; // whose child it is, and where it was drawn, is known of the unedited
    const amounts = Object.entries({ ...recipe.edits, ...change }).filter(([, amount]) => amount !== 0);
    state.edits = Object.fromEntries(amounts);
    showSliders();
    stage.put(remade({ recipe, private: own, said }, { edits: amounts.length ? state.edits : undefined }));
  }

  function showSliders() {
    for (const { name, show } of state.rows) show(state.edits[name] ?? 0);
    const some = Object.keys(state.edits).length > 0;
    ui.editReset.disabled = !some;
    markTray(ui.trays, "edit", some);
  }

  ui.editReset.addEventListener("click", () => {
    record();
    choose(Object.fromEntries(state.rows.map(({ name }) => [name, 0])));
  });

  return {
    /**
     * The stage has another picture.
     * @param {Picture} picture
     */
    follow({ recipe: { model, edits = {} } }) {
      state.edits = edits;
      if (model !== state.built) build(model);
      showSliders();
    },
  };
}

/**
 * A direction's name, and what it is. Those that were found without words have a number only.
 * @param {string} name
 * @returns {[Words, Words]}
 */
function described(name) {
  if (has(`look.${name}`)) return [[`look.${name}`], ["edit.tip"]];
  const [kind, number] = name.split("-");
  const key = has(`edit.${kind}`) ? `edit.${kind}` : "edit.named";
  return [[key, { name, number }], [`${key}.tip`, { name, number }]];
}
