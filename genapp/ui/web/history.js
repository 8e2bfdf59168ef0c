// Undo and redo.

/** @import { HistoryRefs } from "./parts/refs" */

/**
 * `now()` gives what there is, `restore(then)` brings it back; all that is to come back is recorded.
 * @template State
 * @param {HTMLElement} root its keys work where it is seen
 * @param {HistoryRefs} ui
 * @param {() => State} now
 * @param {(then: State) => void} restore
 */
export function makeHistory(root, ui, now, restore) {
  /** @type {State[]} */
  const past = [];
  /** @type {State[]} */
  const future = [];

  function record(then = now()) {
    past.push(then);
    future.length = 0;
    showButtons();
  }

  /**
   * @param {State[]} from
   * @param {State[]} to
   */
  function travel(from, to) {
    if (!from.length) return;
    to.push(now());
    restore(/** @type {State} */ (from.pop()));
    showButtons();
  }

  /**
   * A drag is one step to undo, however many pictures it showed.
   * @param {HTMLInputElement} slider
   */
  function oneStep(slider) {
    /** @type {{ state: State } | null} */
    let before = null;
    slider.addEventListener("input", () => (before ??= { state: now() }), { capture: true });
    slider.addEventListener("change", () => {
      if (before) record(before.state);
      before = null;
    });
  }

  function showButtons() {
    ui.undo.disabled = !past.length;
    ui.redo.disabled = !future.length;
  }

  ui.undo.addEventListener("click", () => travel(past, future));
  ui.redo.addEventListener("click", () => travel(future, past));
  document.addEventListener("keydown", (event) => {
    if (!root.offsetParent || /** @type {Element} */ (event.target).matches("input[type=text]")) return;
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (key === "z" && !event.shiftKey) travel(past, future);
    if (key === "y" || (key === "z" && event.shiftKey)) travel(future, past);
  });
  showButtons();
  return { record, oneStep };
}
