// The languages of the page: the visitor's own first, and a button for the next one.

import { recall, remember } from "./helpers.js";
import { language, speakIn, t, translate } from "./i18n.js";

/** @import { PageRefs } from "./refs" */
/** @import { Start } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {PageRefs} ui
 * @param {Pick<Start, "languages" | "text">} start
 * @param {() => void} spoken hears that another language is spoken now
 */
export function makeLanguages(root, ui, { languages: names, text }, spoken) {
  const known = Object.keys(names);

  /** @param {string} next */
  function speak(next) {
    speakIn(next);
    document.documentElement.lang = next === "zh" ? "zh-Hans" : next;
    const other = following(known, next);
    ui.language.textContent = names[other];
    ui.language.lang = other;
    ui.language.title = ui.language.ariaLabel = text[other]["to.language"]; // each language invites in its own words
    translate(root);
    document.title = `GenApp · ${t("tagline")}`;
    spoken();
  }

  ui.language.addEventListener("click", () => {
    const next = following(known, language());
    remember("language", next);
    speak(next);
  });

  return { speakFirst: () => speak(firstLanguage(known)) };
}

/**
 * What was asked for goes before what was chosen here, and that before what the browser speaks.
 * @param {string[]} known
 */
function firstLanguage(known) {
  const asked = new URLSearchParams(location.search).get("lang") || recall("language");
  if (asked && known.includes(asked)) return asked;
  return navigator.languages.map((name) => name.slice(0, 2)).find((name) => known.includes(name)) ?? known[0];
}

/**
 * @param {string[]} known
 * @param {string} one
 */
function following(known, one) {
  return known[(known.indexOf(one) + 1) % known.length];
}
