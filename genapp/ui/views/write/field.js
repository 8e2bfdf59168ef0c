// The field for the text. It is written while it is typed, as one step to undo; what cannot be written is told when it
// is asked for.

import { limits } from "../../web/limits.js";
import { complain } from "../../web/toast.js";
import { troubleOf, unspaced } from "./writing.js";

/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

/**
 * @param {Refs} ui
 * @param {WriteTab} tab
 * @param {() => Wanted} now
 * @param {{ typed: (text: string) => void, record: (before: Wanted) => void }} hooks
 */
export function makeField(ui, tab, now, { typed, record }) {
  /** @type {Wanted | null} */
  let before = null;

  const entered = () => unspaced(ui.text.value);
  const trouble = () => troubleOf(entered(), tab.labels[now().model], limits.letters);

  ui.text.addEventListener("input", () => {
    before ??= now();
    ui.text.classList.remove("wrong");
    if (!trouble()) typed(entered());
  });
  ui.text.addEventListener("change", () => {
    if (before && before.text !== now().text) record(before);
    before = null;
  });
  ui.order.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = trouble();
    ui.text.classList.toggle("wrong", Boolean(wrong));
    if (wrong) complain(wrong);
  });

  return {
    /** @param {string} text */
    show(text) {
      if (entered() !== text) ui.text.value = text;
    },
  };
}
