// Mixing: what each style range of a second picture does to the first, and how much of each is taken.

import { has, label, say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";
import { canvasOf, pictureCells } from "../../web/widgets.js";

// `wish(picture)` hears every mix; `grid` is where the second one is chosen.
export function makeMix(ui, tab, grid, stage, { wish, record, oneStep }) {
  const models = new Map(tab.models.map((model) => [model.name, model]));
  let model = null;
  let first = null; // points without a mix, and without edits, which come after it
  let second = null;
  let edits = {};
  let shares = {};
  let finish = null;
  let made = null; // the last mix that was asked for
  let tiles = []; // { name, cell, slider }
  let open = true;

  // Other people's models may name their ranges as they like: then those names are shown.
  const words = (name) => (has(`mix.${name}`) ? [`mix.${name}`, {}] : ["mix.range", { name }]);
  const styles = () => models.get(model)?.styles ?? [];
  const plain = ({ mix, edits, ...point }) => point;

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
    const sheet = await openSheet(await call("mixes", { model, first, second }));
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
    const badge = second && grid.place({ model, point: second });
    grid.cells.forEach((cell, index) => cell.classList.toggle("second", open && index === badge));
  }

  // --- what is taken of the second ----------------------------------------------------------------------------------

  function take(change) {
    if (!first || !second) return;
    shares = { ...shares, ...change };
    const some = Object.fromEntries(Object.entries(shares).filter(([, value]) => value > 0));
    const mixed = Object.keys(some).length > 0;
    const point = { ...first, ...edits, ...(mixed && { mix: { ...second, shares: some } }) };
    made = { model, point, ...(finish && { finish }), said: mixed ? ["of.mix", {}] : sayPoint(first) };
    showShares();
    wish(made);
  }

  const sayPoint = (point) => (point.w ? ["of.chosen", {}] : ["of.seed", { seed: point.seed }]);

  function none() {
    if (!Object.values(shares).some(Boolean)) return;
    record();
    take(Object.fromEntries(styles().map((name) => [name, 0])));
  }

  function choose(picture) {
    if (picture.model !== model) return toast("mix.stranger");
    record();
    second = plain(picture.point);
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
      finish = picture.finish;
      edits = picture.point.edits ? { edits: picture.point.edits } : {};
      if (picture === made) return;
      const before = JSON.stringify([model, first, second]);
      const other = picture.model !== model;
      model = picture.model;
      first = plain(picture.point);
      if (picture.point.mix) {
        const { shares: taken, ...point } = picture.point.mix;
        [second, shares] = [point, taken];
      } else {
        shares = {};
        second = other || !wished ? grid.beside({ model, point: first }) : wished; // somebody, until the visitor chooses
      }
      if (other) build();
      showShares();
      if (JSON.stringify([model, first, second]) !== before) showTiles();
    },
  };
}
