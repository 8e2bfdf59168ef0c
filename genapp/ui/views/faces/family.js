// Breeding: one to four parents, their children, and the tree of all that became parents.

import { arrowKeys, canvasOf, pictureCells } from "../../web/board.js";
import { randomSeed } from "../../web/helpers.js";
import { label, say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { envelope, samePicture, saying, unfinished } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";
import { drawPicture } from "../../web/widgets.js";
import { makeLineage, namesOf } from "./lineage.js";

const BROOD = 8;

// `look(picture)` puts one on the stage.
export function makeFamily(ui, tab, grid, stage, { look, record, oneStep }) {
  // `asked` is the brood that is seen, `past` are those whose children became parents. Until it is the visitor's `own`,
  // the family is that of the face on the stage.
  let state = { model: null, own: false, parents: [], mutation: 0.2, asked: null, past: [] };
  const born = new WeakMap(); // brood that was asked for: its children
  let painted = null; // the brood whose pictures are there
  let drawn = {}; // what the tree and the parents' pictures show
  let open = false;
  let last = null; // what stood on the stage

  const children = (asked) => born.get(asked) ?? [];
  const isParent = (person) => state.parents.findIndex((other) => samePicture(other, person));
  const fertile = () => state.parents.length > 1 || (state.parents.length === 1 && state.mutation > 0);
  // Once one of the children is a parent, the next brood waits for the button, so that a second one can be chosen.
  const waiting = () => Boolean(state.asked) && state.parents.some((one) => one.born === state.asked);

  function names() {
    const broods = state.past.includes(state.asked) || !state.asked ? state.past : [...state.past, state.asked];
    return namesOf(broods.map((asked) => ({ asked, children: children(asked) })), state.parents);
  }

  // --- who is a parent ----------------------------------------------------------------------------------------------

  function change(wish, soft = true) {
    state = { ...state, own: true, ...wish };
    const { model, parents, mutation, asked } = state;
    const news = asked?.parents !== parents || asked.mutation !== mutation;
    if (news && fertile() && !waiting()) state.asked = { model, parents, mutation, variation_seed: asked?.variation_seed ?? randomSeed() };
    show(soft);
  }

  function add(picture) {
    const { isSum: _, ...person } = unfinished(picture);
    const { recipe: { model }, born: asked } = person;
    if (state.own && model !== state.model) return toast("family.stranger");
    const there = isParent(person);
    if (state.own && there >= 0) return remove(there);
    // A child that is seen may be of a brood that gives way to another at this moment: then that one stays.
    const seen = asked && asked === painted && asked !== state.asked;
    const now = seen ? { ...state, asked, parents: asked.parents, mutation: asked.mutation } : state;
    const isNext = asked && asked === now.asked && now.parents === asked.parents;
    const parents = now.own && !isNext ? now.parents : [];
    if (parents.length >= limits.parents) return toast("family.full", { count: limits.parents });
    const adopted = asked && asked !== now.asked && !now.past.includes(asked);
    record();
    change({ ...now, own: true, model, parents: [...parents, person], past: adopted ? [...now.past, asked] : now.past });
  }

  function remove(index) {
    const parents = state.parents.filter((_, at) => at !== index);
    record();
    change({ parents: !parents.length && waiting() ? state.asked.parents : parents });
  }

  // Somebody to start with, until the visitor chooses: the face on the stage, and a neighbour in the grid.
  function begin() {
    const first = unfinished(last ?? grid.beside(null, 0));
    if (state.parents[0] && samePicture(state.parents[0], first)) return show();
    const { model } = first.recipe;
    change({ own: false, model, parents: [first, grid.beside(first)], asked: null, past: [] });
  }

  function next() {
    record();
    const past = waiting() ? [...state.past, state.asked] : state.past;
    const { model, parents, mutation } = state;
    change({ past, asked: { model, parents, mutation, variation_seed: randomSeed() } });
  }

  function clear() {
    record();
    last = stage.hold();
    state = { ...state, parents: [] };
    begin();
  }

  // --- what is seen -------------------------------------------------------------------------------------------------

  const tiles = Array.from({ length: BROOD }, (_, index) => {
    const tile = document.createElement("div");
    const [cell] = pictureCells(tile, 1, () => ["family.children"]);
    const chip = document.createElement("button");
    Object.assign(chip, { type: "button", className: "chip", tabIndex: -1 }); // keys have "Add this one"
    cell.addEventListener("click", () => painted && lookAt(children(painted)[index]));
    chip.addEventListener("click", () => painted && add(children(painted)[index]));
    tile.append(chip);
    ui.brood.append(tile);
    return { tile, cell, chip };
  });
  arrowKeys(ui.brood, () => tiles.map(({ cell }) => cell), across)(0);

  function across() {
    return getComputedStyle(ui.brood).gridTemplateColumns.split(" ").length;
  }

  function lookAt(person) {
    look({ ...person, said: person.born ? ["of.child", { parents: names().all(person.born.parents) }] : person.said ?? saying(person) });
    state = { ...state, own: true };
  }

  const drawChildren = latest(async (soft) => {
    const { asked } = state;
    if (!open || !asked) return;
    if (!born.has(asked)) {
      const { parents, mutation, variation_seed } = asked;
      const reply = await call("breed", { pictures: parents.map(envelope), mutation, count: BROOD, variation_seed });
      const sheet = await openSheet(reply);
      born.set(asked, reply.pictures.map((child, index) => ({ ...child, born: asked, holds: { sheet, index } })));
    }
    if (asked !== state.asked && born.has(state.asked)) return; // an undo was quicker
    if (painted === asked) return;
    const canvases = tiles.map(({ cell }) => canvasOf(cell));
    (soft && painted ? fade : paint)(canvases, children(asked)[0].holds.sheet);
    painted = asked;
    layout();
    mark();
  });

  const drawParents = latest(async () => {
    const { parents } = state;
    const box = document.createElement("span");
    const words = names();
    const cells = pictureCells(box, parents.length, (index) => ["family.remove", { name: words.of(parents[index]) }]);
    for (const [index, cell] of cells.entries()) {
      await drawPicture(canvasOf(cell), parents[index]);
      cell.dataset.name = words.of(parents[index]);
      cell.addEventListener("click", () => remove(index));
    }
    ui.parents.replaceChildren(...cells);
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), roomIn(cell)));
  });

  const lineage = makeLineage(ui.lineage, lookAt);

  function show(soft = true) {
    if (!open) return;
    drawChildren(soft);
    const { past, parents, mutation } = state;
    ui.mutation.value = mutation;
    ui.mutationOut.textContent = `${Math.round(100 * mutation)} %`;
    ui.children.disabled = !fertile();
    ui.children.classList.toggle("primary", waiting() && fertile());
    say(ui.familyNote, !parents.length ? "family.none" : !fertile() ? "family.alone" : waiting() ? "family.ready" : "family.tip");
    ui.lineageBox.hidden = !past.length;
    if (drawn.parents !== parents || drawn.past !== past) {
      drawParents();
      lineage.show(past.map((asked) => ({ asked, children: children(asked) })), names(), parents);
    }
    drawn = { parents, past };
    mark();
  }

  function mark() {
    const words = names();
    children(painted).forEach((person, index) => {
      const { cell, chip } = tiles[index];
      const [name, parents] = [words.of(person) ?? "", words.all(painted.parents)];
      const pressed = isParent(person) >= 0;
      label(cell, "family.child", { name, parents });
      label(chip, "family.next", { name });
      chip.setAttribute("aria-pressed", pressed);
      cell.classList.toggle("parent", pressed);
    });
    offer();
  }

  // What stands on the stage or in the grid and is in the family.
  function offer() {
    ui.thisParent.disabled = Boolean(last) && isParent(last) >= 0;
    tiles.forEach(({ cell }, index) => {
      const person = children(painted)[index];
      cell.classList.toggle("here", Boolean(person && last && samePicture(person, last)));
    });
    const places = open ? state.parents.map((person) => grid.place(person)) : [];
    grid.cells.forEach((cell, index) => cell.classList.toggle("parent", places.includes(index)));
  }

  function layout() {
    for (const { tile, cell } of tiles) sizeCanvas(canvasOf(cell), roomIn(tile));
  }

  ui.parent.addEventListener("click", () => grid.pick({ button: ui.parent, hint: "family.pick", many: true, chosen: add }));
  ui.thisParent.addEventListener("click", () => {
    const held = stage.hold();
    if (held) add(held);
  });
  oneStep(ui.mutation);
  ui.mutation.addEventListener("input", () => change({ mutation: Number(ui.mutation.value) }, false));
  ui.children.addEventListener("click", next);
  ui.noFamily.addEventListener("click", clear);
  new ResizeObserver(layout).observe(ui.brood);

  return {
    open(isOpen) {
      open = isOpen;
      if (open && !state.own) begin();
      else show();
      offer();
    },
    // The stage has another picture, or null on a walk.
    follow(picture) {
      last = picture;
      if (open && picture && !state.own) begin();
      offer();
    },
    mark: offer,
    get state() {
      return state;
    },
    set state(then) {
      state = then;
      if (open && !state.parents.length && !state.own) begin(); // back before the family was first seen
      else show();
    },
  };
}
