// What stands on a stage: one picture, or a walk that plays there.

import { named } from "./helpers.js";
import { say } from "./i18n.js";
import { latest } from "./latest.js";
import { roomIn, sizeCanvas } from "./pictures.js";
import { makePlayer } from "./player.js";
import { envelope } from "./recipes.js";
import { call } from "./server.js";
import { badge, sayReading } from "./widgets.js";

/** @import { Player } from "./player.js" */
/** @import { Envelope, Said, Sheet, TabInfo, Timing, WalkRequest } from "./types" */

/**
 * The elements of a stage; a view may have more.
 * @typedef {object} StageRefs
 * @property {HTMLCanvasElement} stage
 * @property {HTMLElement} title
 * @property {HTMLElement} hint
 * @property {HTMLElement} badge
 * @property {HTMLElement} walk
 * @property {HTMLElement} strip
 * @property {HTMLButtonElement} play
 * @property {HTMLElement} [reading]
 * @property {HTMLButtonElement} [animation]
 */
/**
 * The request of a walk, the pictures of all its frames where they are known, and the frames that the strip shows.
 * @typedef {{ request: WalkRequest, pictures?: Envelope[], stops: number[] }} Walk
 */
/**
 * Hears what stands there, or null on a walk; with the sheet that it came on, where it came alone.
 * @typedef {(picture: Said | null, sheet?: Sheet) => void} Changed
 */
/**
 * @typedef {object} Scene
 * @property {StageRefs} ui
 * @property {TabInfo} tab
 * @property {Changed} changed
 * @property {Player} player
 * @property {Said | null} current
 * @property {Walk | null} walk
 * @property {Said | null} wanted a picture that is asked for and not there yet
 * @property {Promise<unknown>} still when the picture has stopped turning into another
 * @property {number} asked turns: replies may come late, and then they are no news
 * @property {number} shown
 * @property {string | null} model of what is shown, or will be in a moment
 * @property {(picture: Said) => void} read says what a judge reads in it
 */

/**
 * @param {StageRefs} ui
 * @param {TabInfo} tab
 * @param {Changed} changed
 */
export function makeScene(ui, tab, changed) {
  /** @type {Scene} */
  const scene = {
    ui,
    tab,
    changed,
    player: makePlayer(ui.stage, (frame) => markStep(scene, frame)),
    current: null,
    walk: null,
    wanted: null,
    still: Promise.resolve(),
    asked: 0,
    shown: 0,
    model: null,
    read: latest(async (/** @type {Said} */ picture) => {
      if (!ui.reading) return;
      const { reads } = await call("read", { picture: envelope(picture) });
      if (picture === scene.current) sayReading(ui.reading, reads?.[0]);
    }),
  };
  setWalk(scene, null);
  return scene;
}

/** @param {Scene} scene */
export function layout({ ui }) {
  sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
}

/**
 * @param {Scene} scene
 * @param {string} model
 * @param {Timing} timing
 */
export function showBadge({ ui, tab }, model, timing) {
  badge(ui.badge, named(tab.models, model), timing);
}

/**
 * A picture stands there.
 * @param {Scene} scene
 * @param {Said} picture
 * @param {Sheet} [sheet]
 */
export function setCurrent(scene, picture, sheet) {
  scene.current = picture;
  say(scene.ui.title, ...picture.said);
  say(scene.ui.hint, null);
  scene.changed(picture, sheet);
  scene.read(picture);
}

/**
 * What stands there right now or in a moment, a walk's frame included.
 * @param {Scene} scene
 * @returns {Said | null}
 */
export function standing({ wanted, walk, current, player }) {
  if (wanted || !walk) return wanted ?? current;
  if (!walk.pictures) return null;
  const { frame } = player;
  return { ...walk.pictures[frame], said: ["of.walk", { step: frame + 1, count: walk.pictures.length }] };
}

/**
 * @param {Scene} scene
 * @param {Walk | null} walk
 */
export function setWalk(scene, walk) {
  const { ui } = scene;
  scene.walk = walk;
  ui.walk.classList.toggle("idle", !walk);
  ui.play.disabled = !walk;
  if (ui.animation) ui.animation.disabled = !walk;
  if (!walk) ui.strip.querySelectorAll(".here").forEach((step) => step.classList.remove("here"));
  showPlay(scene);
}

/** @param {Scene} scene */
export function showPlay({ ui, walk, player }) {
  say(ui.play, walk && player.playing ? "walk.pause" : "walk.play");
}

/**
 * A walk stops, at the frame that it has reached unless told another.
 * @param {Scene} scene
 * @param {number} [frame]
 */
export function halt(scene, frame = scene.player.frame) {
  scene.player.show(frame);
  const picture = standing(scene);
  if (picture) setCurrent(scene, picture);
  showPlay(scene);
}

/**
 * @param {Scene} scene
 * @param {number} frame
 */
function markStep({ ui, walk }, frame) {
  if (!walk) return;
  const reached = walk.stops.findLastIndex((stop) => stop <= frame);
  [...ui.strip.children].forEach((step, index) => step.classList.toggle("here", index === reached));
}
