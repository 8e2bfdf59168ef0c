// The family tree on the page: broods in rows below their ancestors, and lines from parents to their heirs.

import { arrowKeys, canvasOf, pictureCells } from "../../web/board.js";
import { around } from "../../web/helpers.js";
import { roomIn, sizeCanvas } from "../../web/pictures.js";
import { samePicture } from "../../web/recipes.js";
import { complain } from "../../web/toast.js";
import { drawPicture } from "../../web/widgets.js";
import { kinOf, leadsTo, linesOf, rowsOf } from "./lineage.js";

/** @import { Picture, Words } from "../../web/types" */
/** @import { Line, Member, Names } from "./lineage.js" */
/** @import { Litter } from "./types" */

/** @typedef {Member & { cell: HTMLButtonElement }} Placed */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {HTMLElement} box
 * @param {(person: Picture) => void} look hears a click
 */
export function makeLineage(box, look) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const tree = {
    broods: /** @type {Litter[]} */ ([]),
    parents: /** @type {Picture[]} */ ([]),
    members: /** @type {Placed[]} */ ([]),
    strokes: /** @type {(Line & { stroke: SVGPathElement })[]} */ ([]),
  };

  /** @param {Picture} person */
  function placeOf(person) {
    const member = tree.members.find((one) => samePicture(one.person, person));
    if (!member) throw new Error("a parent or child is missing in the tree");
    return boxOf(member.cell);
  }

  function layout() {
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${box.clientWidth} ${box.clientHeight}`);
    tree.members.forEach(({ cell }) => sizeCanvas(canvasOf(cell), roomIn(cell)));
    tree.strokes = linesOf(tree.broods, tree.parents, placeOf).map((line) => {
      const stroke = document.createElementNS(SVG, "path");
      stroke.setAttribute("d", line.path);
      svg.append(stroke);
      return { ...line, stroke };
    });
  }

  /**
   * Whoever is pointed at stands out with parents and children.
   * @param {Placed} [here]
   */
  function pointAt(here) {
    const kin = here ? kinOf(tree.broods, here) : [];
    for (const { cell, person } of tree.members) {
      cell.classList.toggle("near", kin.some((other) => samePicture(other, person)));
    }
    for (const { stroke, ...line } of tree.strokes) {
      stroke.classList.toggle("near", here !== undefined && leadsTo(tree.broods, line, here));
    }
    box.classList.toggle("pointing", Boolean(here));
  }

  /** @param {Event} event */
  const memberAt = (event) => tree.members.find(({ cell }) => cell === around(event, ".cell"));

  box.addEventListener("click", (event) => {
    const here = memberAt(event);
    if (here) look(here.person);
  });
  for (const kind of ["pointerover", "focusin"]) box.addEventListener(kind, (event) => pointAt(memberAt(event)));
  for (const kind of ["pointerleave", "focusout"]) box.addEventListener(kind, () => pointAt());
  const across = () => tree.broods[0]?.children.length ?? 1;
  const focusable = arrowKeys(box, () => tree.members.map(({ cell }) => cell), across);
  new ResizeObserver(layout).observe(box);

  return {
    /**
     * @param {Litter[]} broods
     * @param {Names} names
     * @param {Picture[]} parents of the next brood
     */
    show(broods, names, parents) {
      const rows = rowsOf(broods, parents).map((members) => buildRow(members, broods, names));
      Object.assign(tree, { broods, parents, members: rows.flatMap((row) => row.members) });
      box.replaceChildren(svg, ...rows.map(({ line }) => line));
      focusable(0);
      layout();
    },
  };
}

/** @param {HTMLElement} element */
function boxOf({ offsetLeft, offsetTop, offsetWidth, offsetHeight }) {
  return { left: offsetLeft, top: offsetTop, width: offsetWidth, height: offsetHeight };
}

/**
 * @param {Member[]} members
 * @param {Litter[]} broods
 * @param {Names} names
 */
function buildRow(members, broods, names) {
  const line = document.createElement("div");
  const cells = pictureCells(line, members.length, (index) => wordsOf(members[index], broods, names));
  line.className = "row";
  members.forEach(({ person, heir, parent }, index) => {
    const cell = cells[index];
    cell.classList.toggle("heir", heir);
    cell.classList.toggle("parent", parent);
    cell.dataset.name = names.of(person);
    drawPicture(canvasOf(cell), person).then(() => sizeCanvas(canvasOf(cell), roomIn(cell)), complain);
  });
  return { line, members: members.map((member, index) => ({ ...member, cell: cells[index] })) };
}

/**
 * @param {Member} member
 * @param {Litter[]} broods
 * @param {Names} names
 * @returns {Words}
 */
function wordsOf({ person, row }, broods, names) {
  const name = names.of(person);
  if (!row) return ["family.founder", { name }];
  return ["family.child", { name, parents: names.all(broods[row - 1].asked.parents) }];
}
