// Keys that work wherever the visitor is.

import { around } from "./helpers.js";

/** @import { View } from "./types" */
/** @import { PageRefs } from "./refs" */

/**
 * The space bar does the main thing of the view that is seen.
 * @param {HTMLElement} root
 * @param {PageRefs} ui
 * @param {() => View | null} shown
 */
export function listenToKeys(root, ui, shown) {
  // Whoever clicks with a mouse means the page, not the button, with the next press of space.
  root.addEventListener("click", (event) => {
    if (event.detail) around(event, "button:not(.cell)")?.blur();
  });
  document.addEventListener("keydown", (event) => {
    const view = shown();
    if (event.key !== " " || event.repeat || root.querySelector("dialog[open]") || !view) return;
    const own = around(event, "input, textarea, select, summary, a, button");
    if (own && !own.matches(".cell, .primary, input[type=range]")) return;
    event.preventDefault();
    view.primary();
  });
  // Gradio's <base> would make a plain "#" link load the page again.
  ui.skip.addEventListener("click", (event) => {
    event.preventDefault();
    ui.main.focus();
  });
}
