// Faces made from somebody's photograph: their numbers leave the page only with that person's word.

import { refs } from "./helpers.js";
import { say } from "./i18n.js";
import { envelope } from "./recipes.js";
import { toast } from "./toast.js";

/** @import { Envelope } from "./types" */
/** @import { ConsentRefs } from "./parts/refs" */

/**
 * Where the numbers would go.
 * @typedef {"save" | "link"} Kind
 */
/**
 * What the visitor said, as the server wants to hear it.
 * @typedef {{ agreed?: true }} Consent
 */

const CHOICES = { save: ["picture", "recipe", "cancel"], link: ["cancel", "link"] }; // the first is the usual one
/** @type {Map<string, Consent>} what was said of each picture; it lasts as long as the page */
const consents = new Map();

/**
 * Whether the recipe of a picture may go into a file or a link: what to add to the request, or null where the visitor
 * would rather not. Asks once a picture; `again` does the whole thing anew.
 * @param {Kind} kind
 * @param {Envelope} picture
 * @param {() => unknown} [again]
 * @returns {Promise<Consent | null>}
 */
export async function askConsent(kind, picture, again) {
  if (!picture.private) return {};
  const key = JSON.stringify([kind, envelope(picture)]);
  const known = consents.get(key);
  if (known) {
    if (again) offerOtherChoice(key, known, again);
    return known;
  }
  const choice = await chooseConsent(kind);
  if (choice === "cancel") return null;
  const consent = /** @type {Consent} */ (choice === "picture" ? {} : { agreed: true });
  consents.set(key, consent);
  return consent;
}

/**
 * @param {Kind} kind
 * @returns {Promise<string>}
 */
function chooseConsent(kind) {
  /** @type {ConsentRefs} */
  const { consent: dialog, consentWhy, consentActs } = refs(document);
  say(consentWhy, `consent.why.${kind}`);
  const buttons = CHOICES[kind].map((choice, index) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = index ? "" : "primary";
    made.autofocus = !index;
    say(made, `consent.${choice}`);
    made.addEventListener("click", () => dialog.close(choice));
    return made;
  });
  consentActs.replaceChildren(...buttons);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue || "cancel"), { once: true });
  });
}

/**
 * @param {string} key
 * @param {Consent} known
 * @param {() => unknown} again
 */
function offerOtherChoice(key, known, again) {
  const note = toast(known.agreed ? "consent.kept.recipe" : "consent.kept.picture");
  const change = document.createElement("button");
  Object.assign(change, { type: "button", className: "link" });
  say(change, "consent.again");
  change.addEventListener("click", () => {
    consents.delete(key);
    note.remove();
    again();
  });
  const words = document.createElement("span");
  say(words, note.dataset.t ?? null);
  say(note, null);
  note.append(words, " ", change);
}
