import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { makeHistory } from "../../genapp/ui/web/history.js";

/** A key press as the page hears it; `typing` is into a field. */
function press(key, { typing = false, ...more } = {}) {
  const event = Object.assign(new Event("keydown"), { key, ctrlKey: true, metaKey: false, shiftKey: false, ...more });
  Object.defineProperty(event, "target", { value: { matches: () => typing } });
  globalThis.document.dispatchEvent(event);
}

const click = (button) => button.dispatchEvent(new Event("click"));

describe("history", () => {
  let state;
  let ui;
  let root;
  let history;
  const change = (next) => {
    history.record();
    state = next;
  };

  beforeEach(() => {
    globalThis.document = new EventTarget();
    state = "first";
    ui = { undo: new EventTarget(), redo: new EventTarget() };
    root = { offsetParent: {} };
    history = makeHistory(root, ui, () => state, (then) => (state = then));
  });

  test("at first there is nothing to undo", () => {
    assert.ok(ui.undo.disabled && ui.redo.disabled);
    click(ui.undo);
    assert.equal(state, "first");
  });

  test("undo goes back step by step, redo forth again", () => {
    change("second");
    change("third");
    click(ui.undo);
    assert.equal(state, "second");
    click(ui.undo);
    assert.equal(state, "first");
    assert.ok(ui.undo.disabled && !ui.redo.disabled);
    click(ui.redo);
    click(ui.redo);
    assert.equal(state, "third");
    assert.ok(!ui.undo.disabled && ui.redo.disabled);
  });

  test("a change after an undo leaves nothing to redo", () => {
    change("second");
    click(ui.undo);
    change("another");
    assert.ok(ui.redo.disabled);
    click(ui.redo);
    assert.equal(state, "another");
    click(ui.undo);
    assert.equal(state, "first");
  });

  test("keys do the same where the view is seen and nobody types", () => {
    change("second");
    press("z", { typing: true });
    press("z", { ctrlKey: false });
    assert.equal(state, "second");
    root.offsetParent = null;
    press("z");
    assert.equal(state, "second");
    root.offsetParent = {};
    press("z");
    assert.equal(state, "first");
    press("Z", { shiftKey: true });
    assert.equal(state, "second");
    change("third");
    press("z", { ctrlKey: false, metaKey: true });
    assert.equal(state, "second");
    press("z", { shiftKey: true });
    assert.equal(state, "third");
    press("z");
    press("y");
    assert.equal(state, "third");
  });

  test("a drag is one step, from where it began", () => {
    const slider = new EventTarget();
    history.oneStep(slider);
    for (const next of ["a", "b", "c"]) {
      slider.dispatchEvent(new Event("input"));
      state = next;
    }
    slider.dispatchEvent(new Event("change"));
    click(ui.undo);
    assert.equal(state, "first");
    assert.ok(ui.undo.disabled);
  });
});
