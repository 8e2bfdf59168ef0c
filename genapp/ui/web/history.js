// Undo and redo. `now()` gives what there is, `restore(then)` brings it back; all that is to come back is recorded.

export function makeHistory(root, ui, now, restore) {
  const past = [];
  const future = [];

  function record(then = now()) {
    past.push(then);
    future.length = 0;
    showButtons();
  }

  function travel(from, to) {
    if (!from.length) return;
    to.push(now());
    restore(from.pop());
    showButtons();
  }

  // A drag is one step to undo, however many pictures it showed.
  function oneStep(slider) {
    let before = null;
    slider.addEventListener("input", () => (before ??= now()), { capture: true });
    slider.addEventListener("change", () => {
      if (before) record(before);
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
    if (!root.offsetParent || event.target.matches("input[type=text]")) return;
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (key === "z" && !event.shiftKey) travel(past, future);
    if (key === "y" || (key === "z" && event.shiftKey)) travel(future, past);
  });
  showButtons();
  return { record, oneStep };
}
