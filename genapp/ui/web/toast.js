// Short notes at the foot of the page.

import { say } from "./i18n.js";
import { Trouble } from "./server.js";

export function complain(error) {
  if (!(error instanceof Trouble)) throw error;
  toast(`error.${error.code}`, error.values, true);
}

export function toast(key, values = {}, bad = false) {
  const box = document.querySelector("#genapp [data-ref=toasts]");
  const note = document.createElement("p");
  note.className = bad ? "toast bad" : "toast";
  say(note, key, values);
  box.replaceChildren(note);
  setTimeout(() => note.remove(), bad ? 9000 : 6000);
  return note;
}
