// What a model makes of the face in the frame, and what of that plays on.

import { named } from "../../web/helpers.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { badge } from "../../web/widgets.js";
import { CROP, cutOut, jpeg } from "./photos.js";

/** @import { Envelope, Said } from "../../web/types" */
/** @import { PhotoState, PhotoTab } from "./types" */
/** @import { Refs } from "./refs" */

/**
 * @param {Refs} ui
 * @param {PhotoTab} tab
 * @param {() => PhotoState} now
 * @param {(picture: Said) => void} take hears of the picture that somebody plays on with
 */
export function makeRedrawing(ui, tab, now, take) {
  /** @type {{ of: PhotoState, picture: Envelope } | null} */
  let answer = null; // what the model made of which state
  let eager = false; // whoever cannot wait for the answer plays with it when it is there

  const ask = latest(async () => {
    const of = now();
    if (!of.photo || !of.frame) return;
    const request = { model: of.model, picture: jpeg(cutOut(of.photo, of.frame, CROP)) };
    const reply = await call("encodeface", request).catch((error) => {
      eager = false;
      throw error;
    });
    const sheet = await openSheet(reply);
    if (!now().photo) return;
    answer = { of, picture: reply.picture };
    [ui.seen, ui.back].forEach((canvas, index) => {
      canvas.hidden = false;
      drawCell(canvas, sheet, index);
    });
    layout();
    ui.play.disabled = false;
    badge(ui.badge, named(tab.coders, of.model), reply);
    if (eager) play();
  });

  function layout() {
    if (answer) for (const canvas of [ui.seen, ui.back]) sizeCanvas(canvas, roomIn(canvas.parentElement));
  }

  function play() {
    eager = answer?.of !== now();
    if (eager || !answer) return;
    const { of, picture } = answer;
    take({ ...picture, private: !of.photo?.made, said: ["of.photo", {}] }); // a made-up face is nobody's
  }

  return {
    ask,
    layout,
    play,
    waitNoLonger() {
      eager = false;
    },
    clear() {
      answer = null;
      eager = false;
      ui.play.disabled = true;
      for (const canvas of [ui.seen, ui.back]) canvas.hidden = true;
      ui.badge.replaceChildren();
    },
  };
}
