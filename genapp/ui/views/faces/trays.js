// The trays of the Faces view: what can be done with the face on the stage, one at a time.

import { around } from "../../web/helpers.js";

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} box the trays' buttons
 * @param {(name: string) => void} opened
 * @param {(name: string) => void} clicked comes before one is opened by its button
 * @returns {(name: string) => void} opens a tray
 */
export function makeTrays(root, box, opened, clicked) {
  /** @param {string} name */
  function open(name) {
    for (const button of buttonsOf(box)) button.setAttribute("aria-selected", String(button.dataset.tray === name));
    for (const panel of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-panel]"))) {
      panel.hidden = panel.dataset.panel !== name;
    }
    opened(name);
    root.dataset.tray = name;
  }

  box.addEventListener("click", (event) => {
    const name = around(event, "[data-tray]")?.dataset.tray;
    if (name === undefined) return;
    clicked(name);
    open(name);
  });
  return open;
}

/**
 * Marks a tray whose settings change the picture.
 * @param {HTMLElement} box
 * @param {string} name
 * @param {boolean} on
 */
export function markTray(box, name, on) {
  for (const button of buttonsOf(box)) if (button.dataset.tray === name) button.classList.toggle("on", on);
}

/** @param {HTMLElement} box */
function buttonsOf(box) {
  return /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-tray]"));
}
