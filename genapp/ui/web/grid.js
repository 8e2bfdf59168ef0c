// A grid of pictures from seeds, and all that decides it: model, seed, count, variety; with undo and redo.

import { randomSeed } from "./helpers.js";
import { makeHistory } from "./history.js";
import { say } from "./i18n.js";
import { latest } from "./latest.js";
import { heldBy, openSheet } from "./pictures.js";
import { envelope, ofSeed, ofSeeds, samePicture, saying } from "./recipes.js";
import { call } from "./server.js";
import { badge, canvasOf, makeBoard, modelPicker, seedField, speakBadge } from "./widgets.js";

// hooks: `chosen(picture, event)` hears a click; `current()` is the picture on the stage; `snapshot()` and
// `restore(more)` keep what else can be undone; `drawn(request)` hears that a grid is shown.
export function makeGrid(root, ui, tab, hooks) {
  const models = new Map(tab.models.map((model) => [model.name, model]));
  let asked = { model: tab.models[0].name, ...tab.usual, near: null };
  let seen = asked;
  let pictures = []; // of the grid
  let picking = null; // { button, idle, many, chosen }

  const picker = modelPicker(ui.models, tab.models, (name) => change({ model: name, near: null }));

  const show = latest(async (request, soft) => {
    const { near, count } = request;
    try {
      const reply = near
        ? await call("siblings", { ...near, count })
        : await call("render", { pictures: ofSeeds(request) });
      await showReply(request, reply, soft);
      seen = request;
    } catch (error) {
      if (asked === request) asked = seen; // the controls say what can be seen
      showControls();
      throw error;
    }
  });

  async function showReply(request, reply, soft) {
    const sheet = await openSheet(reply);
    const { near, seed } = request;
    pictures = near ? reply.pictures : ofSeeds(request);
    board.show(sheet, (index) => (near ? ["cell.near", { number: index + 1 }] : ["cell", { seed: seed + index }]), soft);
    ui.grid.dataset.shown = JSON.stringify(request);
    mark();
    if (request.model === asked.model) hooks.drawn?.(request);
    badge(ui.badge, models.get(request.model), reply);
  }

  const history = makeHistory(
    root,
    ui,
    () => ({ asked, more: hooks.snapshot?.() }),
    (then) => {
      hooks.restore?.(then.more);
      if (then.asked !== asked) show(then.asked, true);
      asked = then.asked;
      showControls();
    },
  );

  // All that decides the grid goes through here, so that all of it can be undone.
  function change(wish, { soft = true, remembered = true } = {}) {
    if (remembered) history.record();
    asked = { ...asked, ...wish };
    showControls();
    show(asked, soft);
  }

  function showControls() {
    picker.set(asked.model);
    ui.seed.value = asked.seed;
    ui.count.value = asked.count;
    ui.variety.value = asked.truncation;
    ui.varietyOut.textContent = asked.truncation.toFixed(2);
  }

  // Where a picture stands in the grid, or -1.
  const place = (picture) => (picture ? pictures.findIndex((one) => samePicture(one, picture)) : -1);

  // Somebody of a picture's model, near it, or by the first where it is not in the grid.
  function beside(picture, step = 1) {
    const here = place(picture);
    const { model, seed, truncation, count } = asked;
    return ofSeed(picture?.recipe.model ?? model, seed + ((Math.max(here, 0) + step) % count), truncation);
  }

  function mark() {
    const here = place(hooks.current());
    board.cells.forEach((cell, index) => cell.setAttribute("aria-selected", index === here));
  }

  function inGrid(index) {
    const picture = pictures[index];
    return { ...picture, said: saying(picture, "of.near"), holds: heldBy(canvasOf(board.cells[index])) };
  }

  // --- choosing -----------------------------------------------------------------------------------------------------

  // The next click, or all until the button is pressed again, is for `chosen(picture)`; the button says how to stop.
  function pick(next) {
    const last = picking;
    if (last) {
      last.button.setAttribute("aria-pressed", false);
      say(last.button, last.idle);
      if (ui.hint.dataset.t === last.hint) say(ui.hint, null); // others speak there too
    }
    picking = next && next.button !== last?.button ? { ...next, idle: next.button.dataset.t } : null;
    root.classList.toggle("picking", Boolean(picking));
    if (!picking) return;
    picking.button.setAttribute("aria-pressed", true);
    say(picking.button, picking.many ? "pick.done" : "walk.cancel");
    say(ui.hint, picking.hint);
  }

  const board = makeBoard(ui.grid, (index, event) => {
    if (!picking) return hooks.chosen(inGrid(index), event);
    const { chosen, many } = picking;
    if (!many) pick(null);
    chosen(inGrid(index));
  });

  // --- controls -----------------------------------------------------------------------------------------------------

  const fresh = () => change({ seed: randomSeed(), near: null });

  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => asked.seed, (seed) => change({ seed, near: null }));
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value), near: null }, { soft: false, remembered: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.usual.truncation, near: null }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.offsetParent) pick(null);
  });
  showControls();

  // Pictures near this one take the grid.
  function showNear(picture) {
    const near = { picture: envelope(picture), variation_seed: randomSeed() };
    change({ model: picture.recipe.model, near });
  }

  return {
    showNear,
    get asked() {
      return asked;
    },
    get cells() {
      return board.cells;
    },
    picture: inGrid,
    place,
    beside,
    fresh,
    change,
    ...history,
    pick,
    mark,
    layout: board.layout,
    // The first pictures came with the page, or are asked for.
    start(reply) {
      return reply ? showReply(asked, reply, false) : show(asked, false);
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
    },
  };
}
