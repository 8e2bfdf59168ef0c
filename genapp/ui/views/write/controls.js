// What a visitor writes with: the field for the text, the table's settings, the way to a second hand.

import { randomSeed } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { complain } from "../../web/toast.js";
import { seedField } from "../../web/widgets.js";
import { handAt, troubleWith, unmixed, unspaced, varied } from "./writing.js";

/** @import { Usual } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

/** @typedef {(wish: Partial<Wanted>, how?: { remembered?: boolean, soft?: boolean }) => void} Change */
/** @typedef {{ record(then?: Wanted): void, oneStep(slider: HTMLInputElement): void }} History */
/**
 * @typedef {object} Writing
 * @property {Refs} ui
 * @property {WriteTab} tab
 * @property {() => Wanted} wanted
 * @property {Change} change
 * @property {History} history
 */

/** While something is dragged or typed: all of it is one step to undo. */
const LIVE = { remembered: false, soft: false };

/**
 * A text is written while it is typed, as one step to undo; what cannot be written is told when it is asked for.
 * @param {Writing} writing
 */
export function listenToText({ ui, tab, wanted, change, history }) {
  /** @type {{ before: Wanted | null }} what there was when the visitor began to type */
  const state = { before: null };
  const trouble = () => troubleWith(unspaced(ui.text.value), tab.labels[wanted().model]);

  ui.text.addEventListener("input", () => {
    state.before ??= wanted();
    ui.text.classList.remove("wrong");
    if (!trouble()) change({ text: unspaced(ui.text.value) }, LIVE);
  });
  ui.text.addEventListener("change", () => {
    if (state.before && state.before.text !== wanted().text) history.record(state.before);
    state.before = null;
  });
  ui.order.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = trouble();
    ui.text.classList.toggle("wrong", Boolean(wrong));
    if (wrong) complain(wrong);
  });
}

/**
 * @param {Writing} writing
 * @returns {() => void} draws other hands
 */
export function listenToTable({ ui, tab, wanted, change, history }) {
  /**
   * Another table; its first hand writes.
   * @param {Partial<Usual>} wish
   */
  function retable(wish) {
    const { model } = wanted();
    const table = { ...wanted().table, ...wish };
    change({ table, ...unmixed(handAt({ model, table }, 0)) });
  }
  const fresh = () => retable({ seed: randomSeed() });

  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => wanted().table.seed, (seed) => retable({ seed }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => change(varied(wanted(), Number(ui.variety.value)), LIVE));
  ui.varietyReset.addEventListener("click", () => retable({ truncation: tab.usual.truncation }));
  return fresh;
}

/**
 * The next row that is chosen is the second hand, once that is asked for; without one the slider leads to the next row.
 * @param {HTMLElement} root
 * @param {Writing} writing
 * @param {() => Wanted["hand"]} next
 */
export function makeSecondHand(root, { ui, wanted, change, history }, next) {
  const state = { picking: false };

  /** @param {boolean} on */
  function pick(on) {
    state.picking = on;
    ui.pick.setAttribute("aria-pressed", String(on));
    say(ui.pick, on ? "walk.cancel" : "write.second");
    root.classList.toggle("picking", on);
    showHint();
  }

  function showHint() {
    if (state.picking) say(ui.hint, "write.pick");
    else say(ui.hint, wanted().second ? "write.between" : "write.hint");
  }

  ui.pick.addEventListener("click", () => pick(!state.picking));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.offsetParent && state.picking) pick(false);
  });
  history.oneStep(ui.style);
  ui.style.addEventListener("input", () => {
    change({ second: wanted().second ?? next(), share: Number(ui.style.value) }, LIVE);
  });

  return {
    showHint,
    /** @param {number} index of the row that is chosen */
    choose(index) {
      const hand = handAt(wanted(), index);
      if (!state.picking) return change(unmixed(hand));
      pick(false);
      change({ second: hand, share: wanted().share || 0.5 });
    },
  };
}
