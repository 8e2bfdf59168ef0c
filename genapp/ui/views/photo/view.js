// The Your-photo view: a picture of one's own, a frame on its face, and what a model makes of it while the frame moves.

import { canvasOf, pictureCells } from "../../web/board.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { ofSeed } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, modelPicker, speakBadge } from "../../web/widgets.js";
import { makeCamera } from "./camera.js";
import { middleOf, shareOf, sideAt, within } from "./crop_geometry.js";
import { makeCropper } from "./cropper.js";
import {
  CROP,
  LOOKED_AT,
  cutOut,
  jpeg,
  makePhoto,
  printOf,
  quarterTurned,
  readPhoto,
} from "./photos.js";

export default function photoView(root, tab, page) {
  const ui = refs(root);
  const coders = new Map(tab.coders.map((model) => [model.name, model]));
  // Never changed, only replaced: all of it can be undone.
  let state = { model: tab.coders[0].name, photo: null, frame: null };
  let answer = null; // { of: state, picture }: what the model made of which state
  let eager = false; // whoever cannot wait for the answer plays with it when it is there

  const history = makeHistory(root, ui, () => state, (then) => set(then, true));
  const camera = makeCamera(ui.video);
  const cropper = makeCropper(ui.crop, {
    begin: () => history.record(),
    move: (frame) => set({ ...state, frame }),
    choose,
  });
  const picker = modelPicker(ui.models, tab.coders, (model) => {
    history.record();
    set({ ...state, model });
  });

  function set(next, anew = false) {
    const other = next.photo !== state.photo;
    state = next;
    const { photo, frame, model } = state;
    if (anew || other) cropper.set(photo, frame, othersOf(photo));
    if (other) showPeople();
    picker.set(model);
    root.classList.toggle("empty", !photo);
    ui.welcome.hidden = Boolean(photo);
    ui.crop.tabIndex = photo ? 0 : -1;
    ui.quarter.disabled = !photo;
    ui.size.disabled = ui.turn.disabled = ui.reset.disabled = !frame;
    if (!photo) clear();
    else if (!frame) look(photo);
    if (frame) showFrame();
    if (frame) ask();
  }

  function clear() {
    answer = null;
    eager = false;
    ui.play.disabled = true;
    say(ui.status, null);
    for (const canvas of [ui.seen, ui.back]) canvas.hidden = true;
    ui.badge.replaceChildren();
  }

  // --- from photo to frame ------------------------------------------------------------------------------------------

  const othersOf = (photo) => photo?.faces?.filter((face) => face !== state.frame) ?? [];

  function bring(photo) {
    camera.stop();
    showCamera(false);
    history.record();
    set({ ...state, photo, frame: null });
  }

  async function look(photo) {
    if (photo.found) return settle(photo); // it was looked at before
    say(ui.status, "photo.looking");
    const copy = makePhoto(photo.image, { largest: LOOKED_AT });
    const times = photo.width / copy.width;
    try {
      const { faces } = await call("findface", { picture: jpeg(copy.image) });
      photo.faces = faces.map(({ x, y, side, turn }) => within(photo, { x: x * times, y: y * times, side: side * times, turn }));
      photo.found = faces.length ? (faces.length > 1 ? "many" : "one") : "unknown";
    } catch (error) {
      photo.faces = [];
      photo.found = "none";
      if (state.photo === photo) complain(error);
    }
    if (state.photo === photo && !state.frame) settle(photo);
  }

  function settle(photo) {
    set({ ...state, photo, frame: startOf(photo) }, true);
    showPeople();
  }

  // The largest face, else the middle.
  const startOf = (photo) => photo.faces.toSorted((one, other) => other.side - one.side)[0] ?? middleOf(photo);

  function choose(face) {
    if (face === state.frame) return;
    history.record();
    set({ ...state, frame: face }, true);
  }

  function showPeople() {
    const { photo } = state;
    const faces = photo?.faces ?? [];
    ui.people.hidden = faces.length < 2;
    if (photo?.found) say(ui.status, `photo.found.${photo.found}`, { count: faces.length });
    const cells = pictureCells(ui.people, ui.people.hidden ? 0 : faces.length, (index) => ["photo.person", { number: index + 1 }]);
    cells.forEach((cell, index) => {
      canvasOf(cell).replaceWith(cutOut(photo, faces[index], 96));
      cell.addEventListener("click", () => choose(faces[index]));
    });
    markPeople();
  }

  function markPeople() {
    [...ui.people.children].forEach((cell, index) => cell.setAttribute("aria-pressed", state.photo.faces[index] === state.frame));
  }

  // --- the frame's sliders ------------------------------------------------------------------------------------------

  function showFrame() {
    const { frame } = state;
    const share = shareOf(state.photo, frame.side);
    if (Math.abs(Number(ui.size.value) - share) > 0.004) ui.size.value = share;
    if (Math.abs(Number(ui.turn.value) - frame.turn) > 0.4) ui.turn.value = frame.turn;
    ui.turnOut.textContent = `${Math.round(frame.turn)}°`;
    markPeople();
  }

  function wish(change) {
    set({ ...state, frame: within(state.photo, { ...state.frame, ...change }) }, true);
  }

  ui.size.addEventListener("input", () => wish({ side: sideAt(state.photo, Number(ui.size.value)) }));
  ui.turn.addEventListener("input", () => wish({ turn: Number(ui.turn.value) }));
  history.oneStep(ui.size);
  history.oneStep(ui.turn);
  ui.reset.addEventListener("click", () => choose(nearestStart()));

  // The found face that the frame is nearest to, as it was found.
  function nearestStart() {
    const away = (face) => Math.hypot(face.x - state.frame.x, face.y - state.frame.y);
    return state.photo.faces.toSorted((one, other) => away(one) - away(other))[0] ?? middleOf(state.photo);
  }

  ui.quarter.addEventListener("click", () => bring(quarterTurned(state.photo)));

  // --- what the model makes of it -----------------------------------------------------------------------------------

  const ask = latest(async () => {
    const of = state;
    if (!of.frame) return;
    const request = { model: of.model, picture: jpeg(cutOut(of.photo, of.frame, CROP)) };
    const reply = await call("encodeface", request).catch((error) => {
      eager = false;
      throw error;
    });
    const sheet = await openSheet(reply);
    if (!state.photo) return;
    answer = { of, picture: reply.picture };
    for (const [canvas, index] of [[ui.seen, 0], [ui.back, 1]]) {
      canvas.hidden = false;
      drawCell(canvas, sheet, index);
    }
    layout();
    ui.play.disabled = false;
    badge(ui.badge, coders.get(of.model), reply);
    if (eager) play();
  });

  function layout() {
    if (!root.offsetParent) return;
    cropper.draw();
    if (answer) for (const canvas of [ui.seen, ui.back]) sizeCanvas(canvas, roomIn(canvas.parentElement));
  }

  function play() {
    eager = answer?.of !== state;
    if (eager) return;
    const { of, picture } = answer;
    page.take(tab, { ...picture, private: !of.photo.made, said: ["of.photo", {}] }); // a made-up face is nobody's
  }

  ui.play.addEventListener("click", play);

  // --- photos: a file, a drop, a paste, the camera, a made-up face --------------------------------------------------

  const open = latest(async (file) => bring(await readPhoto(file)));
  const invent = latest(async () => {
    const pictures = [ofSeed(state.model, randomSeed(), tab.usual.truncation)];
    bring(printOf(await openSheet(await call("render", { pictures }))));
  });

  ui.file.addEventListener("change", () => {
    if (ui.file.files[0]) open(ui.file.files[0]);
    ui.file.value = "";
  });
  ui.welcome.addEventListener("click", () => ui.file.click());
  ui.invent.addEventListener("click", invent);
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])][0];
    if (file && root.offsetParent) open(file);
  });

  function showCamera(on) {
    ui.viewfinder.hidden = !on;
    ui.camera.setAttribute("aria-pressed", on);
  }

  const stopCamera = () => {
    camera.stop();
    showCamera(false);
  };
  ui.camera.addEventListener("click", async () => {
    if (camera.on) return stopCamera();
    try {
      if (!(await camera.start())) return;
      showCamera(true);
      ui.snap.focus();
    } catch (error) {
      stopCamera();
      complain(error);
    }
  });
  const snap = latest(async () => bring(await camera.snap(ui.mirror.checked)));
  ui.snap.addEventListener("click", snap);
  ui.stop.addEventListener("click", stopCamera);
  ui.video.addEventListener("ended", stopCamera);
  ui.mirror.addEventListener("change", () => ui.video.classList.toggle("mirror", ui.mirror.checked));
  ui.video.classList.add("mirror");

  root.querySelector(".models-drawer").hidden = tab.coders.length < 2;
  new ResizeObserver(layout).observe(ui.seen.parentElement);
  set(state, true);

  return {
    primary: () => (camera.on ? snap() : state.photo ? play() : invent()),
    takesFile: open,
    shown: layout,
    hidden() {
      eager = false;
      stopCamera();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
    },
  };
}
