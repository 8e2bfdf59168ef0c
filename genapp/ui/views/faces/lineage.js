// A family tree: broods in rows below their ancestors, with lines from parents to those children that became parents.
// A brood is what was asked for, { model, parents, mutation, variation_seed }, and its children: pictures that know their brood as
// `born`.

import { arrowKeys, canvasOf, pictureCells } from "../../web/board.js";
import { roomIn, sizeCanvas } from "../../web/pictures.js";
import { keyOf, samePicture } from "../../web/recipes.js";
import { complain } from "../../web/toast.js";
import { drawPicture } from "../../web/widgets.js";

// Short names that need no language: ancestors are A, B, C; the third child of the second brood is 2.3.
export function namesOf(broods, parents) {
  const names = new Map();
  let ancestors = 0;
  const name = (person) => {
    const key = keyOf(person);
    if (!names.has(key)) names.set(key, ancestors < 26 ? String.fromCharCode(65 + ancestors) : `Z${ancestors - 24}`) && (ancestors += 1);
  };
  broods.forEach(({ asked, children }, row) => {
    asked.parents.forEach(name);
    children.forEach((child, index) => names.set(keyOf(child), `${row + 1}.${index + 1}`));
  });
  parents.forEach(name);
  const of = (person) => names.get(keyOf(person));
  return { of, all: (people) => people.map(of).join(" + ") };
}

// `look(person)` hears a click.
export function makeLineage(box, look) {
  const lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  lines.setAttribute("aria-hidden", "true");
  let cells = []; // { cell, person, row }; row 0 has the ancestors, row n the n-th brood
  let broods = [];
  let strokes = []; // { path, row, from, to }: persons, one of them null

  const cellOf = (person) => cells.find((one) => samePicture(one.person, person))?.cell;

  function show(shown, names, parents) {
    broods = shown;
    const everybody = broods.flatMap(({ asked }) => asked.parents);
    const born = (person) => broods.some(({ children }) => children.some((child) => samePicture(child, person)));
    const ancestors = everybody.filter(
      (person, index) => !born(person) && everybody.findIndex((other) => samePicture(other, person)) === index,
    );
    const isHeir = (person) => [...everybody, ...parents].some((other) => samePicture(other, person));
    const rows = [ancestors, ...broods.map(({ children }) => children)].map((people, row) => {
      const line = document.createElement("div");
      const words = (person) => {
        const name = names.of(person);
        return row ? ["family.child", { name, parents: names.all(broods[row - 1].asked.parents) }] : ["family.founder", { name }];
      };
      const made = pictureCells(line, people.length, (index) => words(people[index]));
      line.className = "row";
      return { line, cells: made.map((cell, index) => ({ cell, person: people[index], row })) };
    });
    cells = rows.flatMap((one) => one.cells);
    for (const { cell, person, row } of cells) {
      cell.classList.toggle("heir", !row || isHeir(person));
      cell.classList.toggle("parent", parents.some((other) => samePicture(other, person)));
      cell.dataset.name = names.of(person);
      drawPicture(canvasOf(cell), person).then(() => sizeCanvas(canvasOf(cell), roomIn(cell)), complain);
    }
    box.replaceChildren(lines, ...rows.map(({ line }) => line));
    focusable(0);
    layout();
  }

  // --- lines ---------------------------------------------------------------------------------------------------------

  function layout() {
    lines.replaceChildren();
    lines.setAttribute("viewBox", `0 0 ${box.clientWidth} ${box.clientHeight}`);
    cells.forEach(({ cell }) => sizeCanvas(canvasOf(cell), roomIn(cell)));
    strokes = broods.flatMap(({ asked, children }, index) => {
      const heirs = children.filter((child) => cellOf(child).classList.contains("heir"));
      const ends = [...asked.parents, ...heirs].map((person) => middle(cellOf(person)));
      const joint = { x: ends.reduce((sum, { x }) => sum + x, 0) / ends.length, y: cellOf(children[0]).offsetTop - 14 };
      return [
        ...asked.parents.map((from) => ({ path: stroke(bottom(cellOf(from)), joint), row: index + 1, from, to: null })),
        ...heirs.map((to) => ({ path: stroke(joint, middle(cellOf(to))), row: index + 1, from: null, to })),
      ];
    });
  }

  const middle = ({ offsetLeft, offsetTop, offsetWidth }) => ({ x: offsetLeft + offsetWidth / 2, y: offsetTop });
  const bottom = (cell) => ({ x: middle(cell).x, y: cell.offsetTop + cell.offsetHeight });

  function stroke(from, to) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const half = (from.y + to.y) / 2;
    path.setAttribute("d", `M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`);
    lines.append(path);
    return path;
  }

  // Whoever is pointed at stands out with parents and children.
  function pointAt(target) {
    const here = cells.find(({ cell }) => cell === target?.closest?.(".cell"));
    const mine = (person) => here && samePicture(person, here.person);
    const kin = here ? [here.person] : [];
    broods.forEach(({ asked, children }, index) => {
      if (here?.row === index + 1) kin.push(...asked.parents);
      if (asked.parents.some(mine)) kin.push(...children);
    });
    for (const { cell, person } of cells) cell.classList.toggle("near", kin.some((other) => samePicture(other, person)));
    for (const { path, row, from, to } of strokes) {
      const down = broods[row - 1].asked.parents.some(mine) && (!from || mine(from));
      const up = here?.row === row && (from || mine(to));
      path.classList.toggle("near", Boolean(down || up));
    }
    box.classList.toggle("pointing", Boolean(here));
  }

  box.addEventListener("click", (event) => {
    const here = cells.find(({ cell }) => cell === event.target.closest(".cell"));
    if (here) look(here.person);
  });
  for (const kind of ["pointerover", "focusin"]) box.addEventListener(kind, (event) => pointAt(event.target));
  for (const kind of ["pointerleave", "focusout"]) box.addEventListener(kind, () => pointAt(null));
  const focusable = arrowKeys(box, () => cells.map(({ cell }) => cell), () => broods[0]?.children.length ?? 1);
  new ResizeObserver(layout).observe(box);

  return { show };
}
