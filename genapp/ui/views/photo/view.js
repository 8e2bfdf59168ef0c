// The Your-photo view: a picture of one's own, a frame on its face, and what a model makes of it while the frame moves.

import { refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { say } from "../../web/i18n.js";
import { complain } from "../../web/toast.js";
import { modelPicker, speakBadge } from "../../web/widgets.js";
import { makeCropper } from "./cropper.js";
import { findFaces, nearestStart, startOf } from "./finding.js";
import { makePeople } from "./people.js";
import { quarterTurned } from "./photos.js";
import { makeRedrawing } from "./redrawing.js";
import { makeSliders } from "./sliders.js";
import { makeSources } from "./sources.js";

/** @import { Frame as Page, View } from "../../web/types" */
/** @import { Frame, Photo, PhotoState, PhotoTab } from "./types" */
/** @import { Refs } from "./refs" */

/**
 * @param {HTMLElement} root
 * @param {PhotoTab} tab
 * @param {Page} page
 * @returns {View}
 */
export default function photoView(root, tab, page) {
  /** @type {Refs} */
  const ui = refs(root);
  /** @type {PhotoState} */
  let state = { model: tab.coders[0].name, photo: null, frame: null };
  const now = () => state;

  const history = makeHistory(root, ui, now, (then) => set(then, true));
  const cropper = makeCropper(ui.crop, {
    begin: () => history.record(),
    move: (frame) => set({ ...state, frame }),
    choose,
  });
  const sliders = makeSliders(ui, now, history, (frame) => set({ ...state, frame }, true));
  const people = makePeople(ui, choose);
  const redrawing = makeRedrawing(ui, tab, now, (picture) => page.take(tab, picture));
  const usual = () => ({ model: state.model, truncation: tab.usual.truncation });
  const sources = makeSources(root, ui, usual, (photo) => step({ photo, frame: null }));
  const picker = modelPicker(ui.models, tab.coders, (model) => step({ model }));

  /**
   * All that decides what is seen goes through here.
   * @param {PhotoState} next
   * @param {boolean} [anew] the frame was moved by something else than the cropper
   */
  function set(next, anew = false) {
    const other = next.photo !== state.photo;
    state = next;
    const { photo, frame, model } = state;
    if (anew || other) cropper.set(photo, frame, photo?.faces?.filter((face) => face !== frame));
    if (other) people.show(photo);
    people.mark(frame);
    picker.set(model);
    showWhatIsThere(root, ui, state);
    sliders.show(state);
    if (!photo) redrawing.clear();
    else if (frame) redrawing.ask();
    else look(photo);
  }

  /**
   * What can be undone.
   * @param {Partial<PhotoState>} wish
   */
  function step(wish) {
    history.record();
    set({ ...state, ...wish });
  }

  /**
   * From a photo to a frame.
   * @param {Photo} photo
   */
  async function look(photo) {
    if (!photo.found) {
      say(ui.status, "photo.looking");
      await findFaces(photo).catch((error) => state.photo === photo && complain(error));
      if (state.photo !== photo || state.frame) return;
    }
    set({ ...state, photo, frame: startOf(photo) }, true);
    people.show(photo);
    people.mark(state.frame);
  }

  /** @param {Frame} face */
  function choose(face) {
    if (face === state.frame) return;
    history.record();
    set({ ...state, frame: face }, true);
  }

  function layout() {
    if (!root.offsetParent) return;
    cropper.draw();
    redrawing.layout();
  }

  ui.reset.addEventListener("click", () => {
    if (state.photo && state.frame) choose(nearestStart(state.photo, state.frame));
  });
  ui.quarter.addEventListener("click", () => state.photo && sources.bring(quarterTurned(state.photo)));
  ui.play.addEventListener("click", redrawing.play);
  const drawer = /** @type {HTMLElement | null} */ (root.querySelector(".models-drawer"));
  if (drawer) drawer.hidden = tab.coders.length < 2;
  new ResizeObserver(layout).observe(ui.seen.parentElement ?? ui.seen);
  set(state, true);

  return {
    primary: () => (sources.finder.on ? sources.finder.snap() : state.photo ? redrawing.play() : sources.invent()),
    takesFile: sources.open,
    shown: layout,
    hidden() {
      redrawing.waitNoLonger();
      sources.finder.stop();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Refs} ui
 * @param {PhotoState} state
 */
function showWhatIsThere(root, ui, { photo, frame }) {
  root.classList.toggle("empty", !photo);
  ui.welcome.hidden = Boolean(photo);
  ui.crop.tabIndex = photo ? 0 : -1;
  ui.quarter.disabled = !photo;
  ui.reset.disabled = !frame;
  if (!photo) say(ui.status, null);
}
