// Faces made from somebody's photograph: their numbers leave the page only with that person's word.

import { say } from "./i18n.js";
import { envelope } from "./recipes.js";
import { toast } from "./toast.js";

const CHOICES = { save: ["picture", "recipe", "cancel"], link: ["cancel", "link"] }; // the first is the usual one
const consents = new Map(); // what was said of each picture; it lasts as long as the page

// Whether the recipe of a picture may go into a file ("save") or a link ("link"): what to add to the request, or null
// where the visitor would rather not. Asks once a picture; `again` does the whole thing anew.
export async function askConsent(kind, picture, again) {
  if (!picture.private) return {};
  const key = JSON.stringify([kind, envelope(picture)]);
  if (consents.has(key)) {
    if (again) offerOtherChoice(key, again);
    return consents.get(key);
  }
  const choice = await chooseConsent(kind);
  if (choice === "cancel") return null;
  consents.set(key, choice === "picture" ? {} : { agreed: true });
  return consents.get(key);
}

function chooseConsent(kind) {
  const find = (name) => document.querySelector(`#genapp [data-ref=${name}]`);
  const dialog = find("consent");
  say(find("consentWhy"), `consent.why.${kind}`);
  const buttons = CHOICES[kind].map((choice, index) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = index ? "" : "primary";
    made.autofocus = !index;
    say(made, `consent.${choice}`);
    made.addEventListener("click", () => dialog.close(choice));
    return made;
  });
  find("consentActs").replaceChildren(...buttons);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue || "cancel"), { once: true });
  });
}

function offerOtherChoice(key, again) {
  const note = toast(consents.get(key).agreed ? "consent.kept.recipe" : "consent.kept.picture");
  const change = document.createElement("button");
  Object.assign(change, { type: "button", className: "link" });
  say(change, "consent.again");
  change.addEventListener("click", () => {
    consents.delete(key);
    note.remove();
    again();
  });
  const words = document.createElement("span");
  say(words, note.dataset.t);
  say(note, null);
  note.append(words, " ", change);
}
