// The People view: faces with and without what is asked for; and one person in many looks.

import { canvasOf, makeBoard, pictureCells } from "../../web/board.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { has, label, say, t } from "../../web/i18n.js";
import { offerSizesOf, opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { ofSeed, ofSeeds } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge, modelPicker, seedField, speakBadge } from "../../web/widgets.js";

export default function peopleView(root, tab) {
  const ui = refs(root);
  const models = new Map(tab.artists.map((model) => [model.name, model]));
  // All that can be undone. A person is one of the grid, or `look` says all that it was asked for.
  let wanted = { model: tab.artists[0].name, ...tab.faces, wishes: {}, person: { seed: tab.faces.seed, look: null } };
  let seen = wanted;
  let people = []; // pictures of the person in many looks; the first is on the stage
  let turned = []; // the attribute that each other one has turned round

  const history = makeHistory(root, ui, () => wanted, (then) => change(then, { remembered: false }));
  const picker = modelPicker(ui.models, tab.artists, (model) => change({ model, wishes: {}, person: firstOf(wanted) }));
  const firstOf = ({ seed }) => ({ seed, look: null });
  const words = (name) => (has(`look.${name}`) ? [`look.${name}`, {}] : ["people.look", { name }]);

  // All that decides what is seen goes through here.
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    wanted = { ...wanted, ...wish };
    showControls();
    draw(wanted, soft);
  }

  // --- the grid, and the person -------------------------------------------------------------------------------------

  const grid = ({ model, seed, count, truncation, wishes }) => ({ model, seed, count, truncation, wishes });
  const person = ({ model, truncation, wishes, person: { seed, look } }) => ofSeed(model, seed, truncation, { conditions: look ?? wishes });
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const draw = latest(async (state, soft) => {
    try {
      if (!same(ui.grid.dataset.shown && JSON.parse(ui.grid.dataset.shown), grid(state))) {
        await showGrid(state, await call("render", { pictures: ofSeeds(state, { conditions: state.wishes }) }), soft);
      }
      await showPerson(state, await call("looks", { picture: person(state) }));
      seen = state;
    } catch (error) {
      if (wanted === state) wanted = seen; // the controls say what can be seen
      showControls();
      throw error;
    }
  });

  async function showGrid(state, reply, soft) {
    board.show(await openSheet(reply), (index) => ["cell", { seed: state.seed + index }], soft);
    ui.grid.dataset.shown = JSON.stringify(grid(state));
    badge(ui.badge, models.get(state.model), reply);
  }

  async function showPerson(state, reply) {
    const sheet = await openSheet(reply);
    ({ pictures: people, turned } = reply);
    if (ui.looks.children.length !== turned.length) {
      const tiles = turned.map((name, index) => {
        const tile = document.createElement("div");
        tile.className = "mix";
        const [cell] = pictureCells(tile, 1, () => words(name));
        cell.addEventListener("click", () => change({ person: { ...wanted.person, look: lookOf(index + 1) } }));
        tile.append(document.createElement("span"));
        return tile;
      });
      ui.looks.replaceChildren(...tiles);
    }
    const canvases = [ui.stage, ...[...ui.looks.children].map((tile) => canvasOf(tile.firstChild))];
    (canvases.every(heldBy) ? fade : paint)(canvases, sheet);
    ui.stage.dataset.shown = JSON.stringify(person(state));
    say(ui.title, "of.seed", { seed: state.person.seed });
    showCaptions();
    layout();
    mark(state);
    offerSizesOf(ui.size, models.get(state.model), true);
  }

  const lookOf = (index) => people[index].recipe.conditions;

  function showCaptions() {
    turned.forEach((name, index) => {
      const caption = ui.looks.children[index].lastChild;
      const key = lookOf(index + 1)[name] ? "people.with" : "people.without";
      say(caption, key, { look: t(...words(name)) });
      label(ui.looks.children[index].firstChild, key, { look: t(...words(name)) });
    });
    if (!people.length) return;
    const on = Object.keys(lookOf(0)).filter((name) => lookOf(0)[name]);
    say(ui.hint, on.length ? "people.is" : "people.plain", { looks: on.map((name) => t(...words(name))).join(", ") });
  }

  function layout() {
    if (!people.length) return;
    sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
    for (const tile of ui.looks.children) sizeCanvas(canvasOf(tile.firstChild), roomIn(tile));
  }

  function mark({ seed, person }) {
    board.cells.forEach((cell, index) => cell.setAttribute("aria-selected", !person.look && seed + index === person.seed));
  }

  const board = makeBoard(ui.grid, (index) => change({ person: { seed: wanted.seed + index, look: null } }));

  // --- wishes -------------------------------------------------------------------------------------------------------

  let rows = []; // { name, inputs }
  let built = null;

  function buildWishes(model) {
    built = model;
    rows = models.get(model).looks.map((name) => {
      const row = document.createElement("div");
      row.className = "wish";
      row.setAttribute("role", "radiogroup");
      label(row, ...words(name));
      const caption = document.createElement("span");
      say(caption, ...words(name));
      const choices = document.createElement("span");
      choices.className = "models";
      const inputs = new Map();
      for (const [wish, key] of [[false, "people.no"], [null, "people.any"], [true, "people.yes"]]) {
        const choice = document.createElement("label");
        const input = document.createElement("input");
        Object.assign(input, { type: "radio", name: `${model}-${name}-wish` });
        input.addEventListener("change", () => ask(name, wish));
        const said = document.createElement("span");
        say(said, key);
        choice.append(input, said);
        choices.append(choice);
        inputs.set(wish, input);
      }
      row.append(caption, choices);
      return { name, row, inputs };
    });
    ui.wishes.replaceChildren(...rows.map(({ row }) => row));
  }

  function ask(name, wish) {
    const { [name]: _, ...others } = wanted.wishes;
    const wishes = wish === null ? others : { ...others, [name]: wish };
    change({ wishes, person: { seed: wanted.person.seed, look: null } });
  }

  function showControls() {
    const { model, seed, count, truncation, wishes } = wanted;
    picker.set(model);
    if (model !== built) buildWishes(model);
    for (const { name, inputs } of rows) inputs.get(wishes[name] ?? null).checked = true;
    ui.anything.disabled = !Object.keys(wishes).length;
    ui.seed.value = seed;
    ui.count.value = count;
    ui.variety.value = truncation;
    ui.varietyOut.textContent = truncation.toFixed(2);
  }

  const fresh = () => {
    const seed = randomSeed();
    change({ seed, person: firstOf({ seed }) });
  };

  ui.anything.addEventListener("click", () => change({ wishes: {}, person: { seed: wanted.person.seed, look: null } }));
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => wanted.seed, (seed) => change({ seed, person: firstOf({ seed }) }));
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value) }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.faces.truncation }));

  // --- keeping ------------------------------------------------------------------------------------------------------

  ui.save.addEventListener("click", () => people.length && savePicture(people[0], Number(ui.size.value)));
  ui.share.addEventListener("click", () => people.length && sharePicture(people[0]));
  opensFiles(ui.open);
  new ResizeObserver(layout).observe(ui.looks);

  showControls();
  draw(wanted, false);

  return {
    primary: fresh,
    shown() {
      board.layout();
      layout();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
      showCaptions();
    },
    // An opened PNG or a followed link.
    take({ recipe: { model, seed, truncation = 1, conditions } }) {
      change({ model, truncation, wishes: {}, person: { seed, look: conditions ?? null } });
    },
  };
}
