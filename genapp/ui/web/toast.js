// Short notes at the foot of the page.

import { say } from "./i18n.js";
import { Trouble } from "./server.js";

/**
 * Tells the visitor of a Trouble; any other error is thrown on.
 * @param {unknown} error
 */
export function complain(error) {
  if (!(error instanceof Trouble)) throw error;
  toast(`error.${error.code}`, error.values, true);
}

/**
 * @param {string} key
 * @param {import("./types").Values} [values]
 * @param {boolean} [bad]
 */
export function toast(key, values = {}, bad = false) {
  const note = document.createElement("p");
  note.className = bad ? "toast bad" : "toast";
  say(note, key, values);
  document.querySelector("#genapp [data-ref=toasts]")?.replaceChildren(note);
  setTimeout(() => note.remove(), bad ? 9000 : 6000);
  return note;
}
