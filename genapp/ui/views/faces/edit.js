// Editing: sliders along the directions that a model knows, from smile to hair; the person stays.

import { has, say } from "../../web/i18n.js";
import { changed as remade } from "../../web/recipes.js";
import { sliderRow } from "../../web/widgets.js";

export function makeEdit(ui, tab, stage, { record, oneStep }) {
  let edits = {}; // of the picture on the stage
  let rows = []; // { name, show }
  let built = null; // the model whose sliders these are

  // A direction's name, and what it is. Those that were found without words have a number only.
  function described(name) {
    if (has(`look.${name}`)) return [[`look.${name}`, {}], ["edit.tip", {}]];
    const [kind, number] = name.split("-");
    const key = has(`edit.${kind}`) ? `edit.${kind}` : "edit.named";
    return [[key, { name, number }], [`${key}.tip`, { name, number }]];
  }

  function build(model) {
    built = model;
    for (const box of [ui.edits, ui.moreEdits]) box.replaceChildren();
    rows = (tab.directions[model] ?? []).map(({ name, low, high }) => {
      const box = has(`look.${name}`) ? ui.edits : ui.moreEdits;
      const changed = (value) => choose({ [name]: value });
      return { name, ...sliderRow(box, { low, high, neutral: 0 }, ...described(name), { changed, record, oneStep }) };
    });
    ui.editMore.hidden = !ui.moreEdits.children.length;
    ui.editMore.open = !ui.edits.children.length;
    ui.editReset.hidden = !rows.length;
    say(ui.editNote, rows.length ? "edit.note" : "edit.none");
  }

  function choose(change) {
    const held = stage.hold();
    if (!held) return;
    const { recipe, private: own, said } = held; // whose child it is, and where it was drawn, is known of the unedited one
    edits = Object.fromEntries(Object.entries({ ...recipe.edits, ...change }).filter(([, amount]) => amount !== 0));
    showSliders();
    stage.put(remade({ recipe, private: own, said }, { edits: Object.keys(edits).length ? edits : undefined }));
  }

  function showSliders() {
    for (const { name, show } of rows) show(edits[name] ?? 0);
    const some = Object.keys(edits).length > 0;
    ui.editReset.disabled = !some;
    ui.trays.querySelector("[data-tray=edit]").classList.toggle("on", some);
  }

  ui.editReset.addEventListener("click", () => {
    record();
    choose(Object.fromEntries(rows.map(({ name }) => [name, 0])));
  });

  return {
    // The stage has another picture.
    follow({ recipe: { model, edits: wanted = {} } }) {
      edits = wanted;
      if (model !== built) build(model);
      showSliders();
    },
  };
}
