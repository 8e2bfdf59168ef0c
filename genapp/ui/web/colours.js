// Light or dark. Gradio follows the system; what the visitor chose here goes before.

import { recall, remember } from "./helpers.js";
import { label } from "./i18n.js";

/** @import { PageRefs } from "./refs" */

/** @param {PageRefs} ui */
export function makeColours(ui) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const host = new URLSearchParams(location.search).get("__theme"); // a Space asks for its own page's colours
  const wanted = () => recall("colours") || host || (dark.matches ? "dark" : "light");

  /** @param {string} name */
  function wear(name) {
    document.body.classList.toggle("dark", name === "dark");
    document.documentElement.style.colorScheme = name;
    speak();
  }

  function speak() {
    label(ui.theme, document.body.classList.contains("dark") ? "to.light" : "to.dark");
    ui.theme.title = ui.theme.ariaLabel ?? "";
  }

  ui.theme.addEventListener("click", () => {
    const next = document.body.classList.contains("dark") ? "light" : "dark";
    remember("colours", next);
    wear(next);
  });
  dark.addEventListener("change", () => wear(wanted()));

  return { speak, wearFirst: () => wear(wanted()) };
}
