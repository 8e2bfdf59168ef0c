// Mixing: what each style range of a second picture does to the first, and how much of each is taken.

import { canvasOf, pictureCells } from "../../web/board.js";
import { has, label, say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { changed, envelope, mixed, mixedIn, plain, saying } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";

// `wish(picture)` hears every mix; `grid` is where the second one is chosen.
export function makeMix(ui, tab, grid, stage, { wish, record, oneStep }) {
  const models = new Map(tab.models.map((model) => [model.name, model]));
  let model = null;
  let first = null; // pictures without a mix, and without edits, which come after it
  let second = null;
  let shares = {};
  let rest = {}; // edits and finish of the picture on the stage
  let made = null; // the last mix that was asked for
  let tiles = []; // { name, cell, slider }
  let open = true;

  // Other people's models may name their ranges as they like: then those names are shown.
  const words = (name) => (has(`mix.${name}`) ? [`mix.${name}`, {}] : ["mix.range", { name }]);
  const styles = () => models.get(model)?.styles ?? [];

  // --- tiles: the first, the first with each range of the second, the second ----------------------------------------

  function build() {
    ui.mixes.replaceChildren();
    tiles = ["first", ...styles(), "second"].map((name) => {
      const tile = document.createElement("div");
      tile.className = `mix ${name}`;
      const [cell] = pictureCells(tile, 1, () => words(name));
      const caption = document.createElement("span");
      say(caption, ...words(name));
      tile.append(caption);
      const slider = styles().includes(name) ? share(name, cell) : null;
      if (slider) tile.append(slider);
      else cell.addEventListener("click", name === "first" ? none : () => ui.second.click());
      ui.mixes.append(tile);
      return { name, cell, slider };
    });
    ui.mixes.style.setProperty("--tiles", tiles.length);
    const can = styles().length > 0;
    ui.mixes.hidden = ui.mixActs.hidden = !can;
    say(ui.mixNote, can ? "mix.tip" : "mix.none");
  }

  function share(name, cell) {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: 1, step: 0.02, value: 0 });
    label(slider, ...words(name));
    oneStep(slider);
    slider.addEventListener("input", () => take({ [name]: Number(slider.value) }));
    cell.addEventListener("click", () => {
      record();
      take({ [name]: shares[name] > 0.5 ? 0 : 1 });
    });
    return slider;
  }

  const showTiles = latest(async () => {
    if (!open || !first || !second || !styles().length) return;
    const sheet = await openSheet(await call("mixes", { pictures: [first, second].map(envelope) }));
    const order = ["first", "second", ...styles()];
    for (const { name, cell } of tiles) drawCell(canvasOf(cell), sheet, order.indexOf(name));
    layout();
  });

  function layout() {
    for (const { cell } of tiles) sizeCanvas(canvasOf(cell), roomIn(cell.parentElement));
  }

  function showShares() {
    for (const { name, cell, slider } of tiles) {
      if (!slider) continue;
      const value = shares[name] ?? 0;
      if (Number(slider.value) !== value) slider.value = value;
      cell.setAttribute("aria-pressed", value > 0.5);
    }
    ui.mixReset.disabled = !Object.values(shares).some(Boolean);
    ui.trays.querySelector("[data-tray=mix]").classList.toggle("on", !ui.mixReset.disabled);
    const badge = second && grid.place(second);
    grid.cells.forEach((cell, index) => cell.classList.toggle("second", open && index === badge));
  }

  // --- what is taken of the second ----------------------------------------------------------------------------------

  function take(change) {
    if (!first || !second) return;
    shares = { ...shares, ...change };
    const some = Object.fromEntries(Object.entries(shares).filter(([, value]) => value > 0));
    made = { ...changed(mixed(first, second, some), rest), said: Object.keys(some).length ? ["of.mix", {}] : saying(first) };
    showShares();
    wish(made);
  }

  function none() {
    if (!Object.values(shares).some(Boolean)) return;
    record();
    take(Object.fromEntries(styles().map((name) => [name, 0])));
  }

  function choose(picture) {
    if (picture.recipe.model !== model) return toast("mix.stranger");
    record();
    second = plain(picture);
    showTiles();
    take({});
  }

  ui.second.addEventListener("click", () => {
    if (stage.hold()) grid.pick({ button: ui.second, hint: "mix.pick", chosen: choose });
  });
  ui.mixReset.addEventListener("click", none);
  new ResizeObserver(layout).observe(ui.mixes);

  return {
    get second() {
      return second;
    },
    open(isOpen) {
      open = isOpen;
      showTiles();
      showShares();
    },
    mark: showShares,
    // The stage has another picture: it is the first now.
    follow(picture, wished = second) {
      const { edits, finish, mix } = picture.recipe;
      rest = { edits, finish };
      if (picture === made) return;
      const before = JSON.stringify([model, first, second]);
      const other = picture.recipe.model !== model;
      model = picture.recipe.model;
      first = plain(picture);
      shares = mix?.shares ?? {};
      if (mix) second = mixedIn(picture);
      else second = other || !wished ? grid.beside(first) : wished; // somebody, until the visitor chooses
      if (other) build();
      showShares();
      if (JSON.stringify([model, first, second]) !== before) showTiles();
    },
  };
}
