// Keeping what stands on the stage: a PNG of some size, a link. And opening a PNG.

import { askConsent } from "./consent.js";
import { saveFile } from "./files.js";
import { tell } from "./helpers.js";
import { call } from "./server.js";
import { asks } from "./stage.js";
import { complain, toast } from "./toast.js";

const LARGEST_SIDE = 1024;

// Browsers give pages that came without encryption no clipboard: those copy what is marked.
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

// Puts the link that the server's function `name` gives into the clipboard.
export async function copyLink(name, request) {
  try {
    const { query } = await call(name, request);
    await copyText(`${location.origin}${location.pathname}#${query}`);
    toast("share.done");
  } catch (error) {
    complain(error);
  }
}

export function opensFiles(input) {
  input.addEventListener("change", () => {
    if (input.files[0]) tell(input, "openfile", input.files[0]);
    input.value = "";
  });
}

// Offers how many times as large as its model draws a picture can be saved: as before, or first of all half of the
// largest where it is a photograph.
export function offerSizesOf(select, { width, height }, photographs) {
  const longest = Math.max(width, height);
  const times = [1, 2, 4, 8, 16].filter((one) => one === 1 || longest * one <= LARGEST_SIDE);
  const wanted = select.value || (photographs ? times.findLast((one) => longest * one <= LARGEST_SIDE / 2) : 1);
  select.replaceChildren(...times.map((one) => new Option(`${longest * one} px`, one)));
  select.value = times.includes(Number(wanted)) ? wanted : 1;
}

// `model()` is the name of the model whose sizes are offered.
export function makeKeep(ui, tab, stage, model) {
  const offerSizes = () => offerSizesOf(ui.size, tab.models.find((one) => one.name === model()), tab.noun === "faces");

  ui.save.addEventListener("click", async () => {
    const held = stage.hold();
    const consent = held && (await askConsent("save", held, () => ui.save.click()));
    if (consent) call("save", { ...asks(held), ...consent, enlarge: Number(ui.size.value) }).then(saveFile).catch(complain);
  });
  ui.share.addEventListener("click", async () => {
    const held = stage.hold();
    const consent = held && (await askConsent("link", held));
    if (consent) copyLink("link", { ...asks(held), ...consent });
  });
  opensFiles(ui.open);
  offerSizes();
  return { offerSizes };
}
