// Editing: sliders along the directions that a model knows, from smile to hair; the person stays.

// `wish(picture)` hears every change.
function makeEdit(ui, tab, { wish, record, oneStep }) {
  let picture = null;
  let rows = []; // { name, show }
  let built = null; // the model whose sliders these are

  // Directions that were found without words have a number only.
  const words = (name) => (has(`look.${name}`) ? [`look.${name}`, {}] : ["edit.more", { name: name.replace(/\D+/, "") }]);
  const tips = (name) => {
    if (has(`look.${name}`)) return ["edit.tip", {}];
    const [kind, number] = name.split("-");
    return has(`edit.${kind}`) ? [`edit.${kind}`, { number }] : ["edit.named", { name }];
  };

  function build(model) {
    built = model;
    for (const box of [ui.edits, ui.moreEdits]) box.replaceChildren();
    rows = (tab.directions[model] ?? []).map(({ name, low, high }) => {
      const box = has(`look.${name}`) ? ui.edits : ui.moreEdits;
      const changed = (value) => choose({ [name]: value });
      return { name, ...sliderRow(box, { low, high, neutral: 0 }, words(name), tips(name), { changed, record, oneStep }) };
    });
    ui.editMore.hidden = !ui.moreEdits.children.length;
    ui.editMore.open = !ui.edits.children.length;
    ui.editReset.hidden = !rows.length;
    say(ui.editNote, rows.length ? "edit.note" : "edit.none");
  }

  const edits = () => picture?.point.edits ?? {};

  function choose(change) {
    const { edits: before, ...point } = picture.point;
    const some = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, amount]) => amount !== 0));
    const { model, finish, said } = picture; // whose child it is, and where it was drawn, is said of the unedited one
    picture = { model, finish, said, point: Object.keys(some).length ? { ...point, edits: some } : point };
    showSliders();
    wish(picture);
  }

  function showSliders() {
    for (const { name, show } of rows) show(edits()[name] ?? 0);
    const some = Object.keys(edits()).length > 0;
    ui.editReset.disabled = !some;
    ui.trays.querySelector("[data-tray=edit]").classList.toggle("on", some);
  }

  ui.editReset.addEventListener("click", () => {
    record();
    choose(Object.fromEntries(rows.map(({ name }) => [name, 0])));
  });

  return {
    // The stage has another picture.
    follow(next) {
      picture = next;
      if (picture.model !== built) build(picture.model);
      showSliders();
    },
  };
}
