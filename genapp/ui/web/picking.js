// Choosing in a grid: the next click, or all until the button is pressed again, is for somebody.

import { say } from "./i18n.js";

/** @import { Said } from "./types" */

/**
 * `button` says how to stop, and `hint` what to click on. With `many` there is more than one click.
 * @typedef {{ button: HTMLElement, hint: string, many?: boolean, chosen: (picture: Said) => unknown }} Pick
 */

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} hint where it is said what to click on
 */
export function makePicking(root, hint) {
  /** @type {Pick & { idle: string } | null} with the button's usual words */
  let picking = null;

  /** @param {Pick | null} next */
  function pick(next) {
    const last = picking;
    if (last) {
      last.button.setAttribute("aria-pressed", "false");
      say(last.button, last.idle);
      if (hint.dataset.t === last.hint) say(hint, null); // others speak there too
    }
    picking = next && next.button !== last?.button ? { ...next, idle: next.button.dataset.t ?? "" } : null;
    root.classList.toggle("picking", Boolean(picking));
    if (!picking) return;
    picking.button.setAttribute("aria-pressed", "true");
    say(picking.button, picking.many ? "pick.done" : "walk.cancel");
    say(hint, picking.hint);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.offsetParent) pick(null);
  });

  return {
    pick,
    /** Who takes the picture that is clicked on, or nobody. */
    taker() {
      const taker = picking?.chosen;
      if (picking && !picking.many) pick(null);
      return taker;
    },
  };
}
