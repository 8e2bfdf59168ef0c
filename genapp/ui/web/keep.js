// Keeping what stands on the stage: a PNG of some size, a link. And opening a PNG.

import { askConsent } from "./consent.js";
import { saveFile } from "./files.js";
import { named, tell } from "./helpers.js";
import { limits } from "./limits.js";
import { changed, envelope } from "./recipes.js";
import { call } from "./server.js";
import { complain, toast } from "./toast.js";

/** @import { Envelope, ModelInfo, TabInfo } from "./types" */
/** @import { KeepRefs } from "./parts/refs" */
/** @import { Stage } from "./stage.js" */

/**
 * Browsers give pages that came without encryption no clipboard: those copy what is marked.
 * @param {string} text
 */
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/**
 * Saves a picture so many times as large as its model draws it; of somebody's own only as that person says.
 * @param {Envelope} picture
 * @param {number} enlarge
 * @param {() => unknown} [again] does the whole thing anew
 */
export async function savePicture(picture, enlarge, again) {
  const consent = await askConsent("save", picture, again);
  if (!consent) return;
  await call("save", { picture: changed(envelope(picture), { enlarge }), ...consent }).then(saveFile).catch(complain);
}

/**
 * Puts the link to a picture into the clipboard.
 * @param {Envelope} picture
 */
export async function sharePicture(picture) {
  const consent = await askConsent("link", picture);
  if (!consent) return;
  try {
    const { query } = await call("link", { picture: envelope(picture), ...consent });
    await copyText(`${location.origin}${location.pathname}#${query}`);
    toast("share.done");
  } catch (error) {
    complain(error);
  }
}

/** @param {HTMLInputElement} input */
export function opensFiles(input) {
  input.addEventListener("change", () => {
    if (input.files?.[0]) tell(input, "openfile", input.files[0]);
    input.value = "";
  });
}

/**
 * Offers how many times as large as its model draws a picture can be saved: as before, or first of all half of the
 * largest where it is a photograph.
 * @param {HTMLSelectElement} select
 * @param {Pick<ModelInfo, "width" | "height">} model
 * @param {boolean} photographs
 */
export function offerSizesOf(select, { width, height }, photographs) {
  const longest = Math.max(width, height);
  const times = [1, 2, 4, 8, 16].filter((one) => one === 1 || longest * one <= limits.side);
  const first = photographs ? (times.findLast((one) => longest * one <= limits.side / 2) ?? 1) : 1;
  const wanted = Number(select.value || first);
  select.replaceChildren(...times.map((one) => new Option(`${longest * one} px`, String(one))));
  select.value = String(times.includes(wanted) ? wanted : 1);
}

/**
 * @param {KeepRefs & { open: HTMLInputElement }} ui
 * @param {TabInfo} tab
 * @param {Pick<Stage, "hold">} stage
 * @param {() => string} model the name of the model whose sizes are offered
 */
export function makeKeep(ui, tab, stage, model) {
  const offerSizes = () => offerSizesOf(ui.size, named(tab.models, model()), tab.noun === "faces");

  const save = () => {
    const held = stage.hold();
    if (held) savePicture(held, Number(ui.size.value), save);
  };
  ui.save.addEventListener("click", save);
  ui.share.addEventListener("click", () => {
    const held = stage.hold();
    if (held) sharePicture(held);
  });
  opensFiles(ui.open);
  offerSizes();
  return { offerSizes };
}
