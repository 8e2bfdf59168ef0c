// Where photos come from: a file, a paste, the camera, a made-up face.

import { randomSeed } from "../../web/helpers.js";
import { latest } from "../../web/latest.js";
import { openSheet } from "../../web/pictures.js";
import { ofSeed } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { makeCamera } from "./camera.js";
import { printOf, readPhoto } from "./photos.js";

/** @import { Photo } from "./types" */
/** @import { Refs } from "./refs" */

/**
 * @param {HTMLElement} root
 * @param {Refs} ui
 * @param {() => { model: string, truncation: number }} usual what a made-up face is drawn with
 * @param {(photo: Photo) => void} brought
 */
export function makeSources(root, ui, usual, brought) {
  const finder = makeViewfinder(ui, bring);

  /** @param {Photo} photo */
  function bring(photo) {
    finder.stop();
    brought(photo);
  }

  const open = latest(async (/** @type {File} */ file) => bring(await readPhoto(file)));
  const invent = latest(async () => {
    const { model, truncation } = usual();
    const pictures = [ofSeed(model, randomSeed(), truncation)];
    bring(printOf(await openSheet(await call("render", { pictures }))));
  });

  ui.file.addEventListener("change", () => {
    if (ui.file.files?.[0]) open(ui.file.files[0]);
    ui.file.value = "";
  });
  ui.welcome.addEventListener("click", () => ui.file.click());
  ui.invent.addEventListener("click", () => invent());
  document.addEventListener("paste", (event) => {
    const file = event.clipboardData?.files[0];
    if (file && root.offsetParent) open(file);
  });

  return { bring, open, invent, finder };
}

/**
 * The camera, while somebody looks through it.
 * @param {Refs} ui
 * @param {(photo: Photo) => void} bring
 */
function makeViewfinder(ui, bring) {
  const camera = makeCamera(ui.video);

  /** @param {boolean} on */
  function show(on) {
    ui.viewfinder.hidden = !on;
    ui.camera.setAttribute("aria-pressed", String(on));
  }

  function stop() {
    camera.stop();
    show(false);
  }

  async function start() {
    try {
      if (!(await camera.start())) return;
      show(true);
      ui.snap.focus();
    } catch (error) {
      stop();
      complain(error);
    }
  }

  const snap = latest(async () => bring(await camera.snap(ui.mirror.checked)));
  ui.camera.addEventListener("click", () => (camera.on ? stop() : start()));
  ui.snap.addEventListener("click", () => snap());
  ui.stop.addEventListener("click", stop);
  ui.video.addEventListener("ended", stop);
  ui.mirror.addEventListener("change", () => ui.video.classList.toggle("mirror", ui.mirror.checked));
  ui.video.classList.add("mirror");

  return {
    get on() {
      return camera.on;
    },
    snap,
    stop,
  };
}
