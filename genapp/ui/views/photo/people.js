// The faces that were found in a photo, side by side, to choose one.

import { canvasOf, pictureCells } from "../../web/board.js";
import { say } from "../../web/i18n.js";
import { cutOut } from "./photos.js";

/** @import { Frame, Photo } from "./types" */
/** @import { Refs } from "./refs" */

/**
 * @param {Refs} ui
 * @param {(face: Frame) => void} choose
 */
export function makePeople(ui, choose) {
  /** @type {Frame[]} */
  let faces = [];

  return {
    /**
     * Says what was found in a photo; where there are several faces, shows them.
     * @param {Photo | null} photo
     */
    show(photo) {
      const found = photo?.faces ?? [];
      ui.people.hidden = found.length < 2;
      if (photo?.found) say(ui.status, `photo.found.${photo.found}`, { count: found.length });
      faces = ui.people.hidden ? [] : found;
      const cells = pictureCells(ui.people, faces.length, (index) => ["photo.person", { number: index + 1 }]);
      cells.forEach((cell, index) => {
        if (photo) canvasOf(cell).replaceWith(cutOut(photo, faces[index], 96));
        cell.addEventListener("click", () => choose(faces[index]));
      });
    },
    /**
     * Marks the face that the frame is on.
     * @param {Frame | null} frame
     */
    mark(frame) {
      const cells = [...ui.people.children];
      cells.forEach((cell, index) => cell.setAttribute("aria-pressed", String(faces[index] === frame)));
    },
  };
}
