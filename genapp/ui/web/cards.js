// The card of a model: facts, and what its author says of it.

import { say, language } from "./i18n.js";
import { call } from "./server.js";
import { complain } from "./toast.js";
import { fullTitle } from "./widgets.js";

/** @import { ModelName } from "./types" */
/** @import { PageRefs } from "./refs" */

/**
 * @param {HTMLElement} root where a card is asked for
 * @param {PageRefs} ui
 */
export function makeCards(root, ui) {
  root.addEventListener("opencard", ({ detail }) => openCard(ui, detail).catch(complain));
  ui.cardClose.addEventListener("click", () => ui.card.close());
  ui.card.addEventListener("click", (event) => {
    if (event.target === ui.card) ui.card.close();
  });
}

/**
 * @param {PageRefs} ui
 * @param {ModelName} model
 */
async function openCard(ui, model) {
  const { facts, html } = await call("about", { model: model.name });
  ui.cardTitle.textContent = fullTitle(model);
  ui.cardFacts.replaceChildren();
  for (const [name, value] of Object.entries(facts)) {
    if (value === "") continue;
    const [key, fact] = [document.createElement("dt"), document.createElement("dd")];
    say(key, `card.${name}`);
    fact.textContent = typeof value === "number" ? value.toLocaleString(language()) : value;
    ui.cardFacts.append(key, fact);
  }
  ui.cardNote.hidden = language() === "en" && Boolean(html);
  say(ui.cardNote, html ? "card.language" : "card.none");
  ui.cardText.innerHTML = html; // the server lets no author's HTML through
  ui.card.showModal();
}
