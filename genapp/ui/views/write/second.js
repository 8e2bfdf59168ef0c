// The second hand: picked from the table, and the slider to it.

import { say } from "../../web/i18n.js";
import { handAt, sameHand } from "./writing.js";

/** @import { Undoable } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Hand, How, Wanted } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {Refs} ui
 * @param {() => Wanted} now
 * @param {Undoable} history
 * @param {(wish: Partial<Hand>, how?: How) => void} change
 */
export function makeSecond(root, ui, now, history, change) {
  let picking = false; // the next row is the second hand

  /** @param {boolean} on */
  function pick(on) {
    picking = on;
    ui.pick.setAttribute("aria-pressed", String(on));
    say(ui.pick, on ? "walk.cancel" : "write.second");
    root.classList.toggle("picking", on);
    showHint();
  }

  function showHint() {
    if (picking) say(ui.hint, "write.pick");
    else say(ui.hint, now().second ? "write.between" : "write.hint");
  }

  // The hand below the one that writes, round and round.
  function nextHand() {
    const wanted = now();
    const { count } = wanted.table;
    const at = Array.from({ length: count }).findIndex((_, index) => sameHand(wanted.hand, handAt(wanted, index)));
    return handAt(wanted, (at + 1) % count);
  }

  ui.pick.addEventListener("click", () => pick(!picking));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.offsetParent && picking) pick(false);
  });
  history.oneStep(ui.style);
  ui.style.addEventListener("input", () => {
    // Without a second hand the slider leads to the next one of the table.
    const second = now().second ?? nextHand();
    change({ second, share: Number(ui.style.value) }, { remembered: false, soft: false });
  });

  return {
    get picking() {
      return picking;
    },
    /** @param {number} index of the row that is the second hand */
    take(index) {
      pick(false);
      change({ second: handAt(now(), index), share: now().share || 0.5 });
    },
    show() {
      const { share } = now();
      ui.style.value = String(share);
      ui.styleOut.textContent = `${Math.round(100 * share)} %`;
      showHint();
    },
  };
}
