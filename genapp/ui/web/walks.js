// Walks on a stage: the frames between pictures play there, and a strip shows some of them.

import { canvasOf, pictureCells } from "./board.js";
import { saveFile } from "./files.js";
import { around, calm } from "./helpers.js";
import { say } from "./i18n.js";
import { latest } from "./latest.js";
import { drawCell, openSheet } from "./pictures.js";
import { halt, layout, setWalk, showBadge, showPlay } from "./scene.js";
import { call } from "./server.js";
import { complain } from "./toast.js";

/** @import { Scene, Walk } from "./scene.js" */
/** @import { Made, SheetReply, Timing, WalkRequest, Words } from "./types" */

/**
 * The first walk of a page comes without the pictures of its frames.
 * @typedef {SheetReply & Partial<Timing & Made>} Walked
 */

const STRIP = 9; // steps of a walk that are shown side by side

/** @param {Scene} scene */
export function makeWalks(scene) {
  const { ui, player } = scene;

  const walking = latest(
    /**
     * @param {number} turn
     * @param {WalkRequest} request
     * @param {Words} said
     * @param {number} [beat]
     */
    async (turn, request, said, beat) => {
      await showWalk(scene, turn, request, await call("walk", request), said, beat);
    },
  );

  ui.play.addEventListener("click", () => {
    if (player.playing) return halt(scene);
    if (scene.walk) player.play();
    showPlay(scene);
  });
  ui.strip.addEventListener("click", (event) => {
    const step = around(event, ".cell");
    if (step && scene.walk) halt(scene, scene.walk.stops[Number(step.dataset.index)]);
  });
  ui.animation?.addEventListener("click", () => {
    if (scene.walk) call("animate", scene.walk.request).then(saveFile).catch(complain);
  });

  return {
    /**
     * @param {WalkRequest} request
     * @param {Words} said
     * @param {number} [beat] milliseconds a frame
     */
    go(request, said, beat) {
      scene.wanted = null;
      return walking(nextTurn(scene, request), request, said, beat);
    },
    /**
     * A walk that is there already: it came with the page.
     * @param {WalkRequest} request
     * @param {Walked} reply
     * @param {Words} said
     */
    showWalk: (request, reply, said) => showWalk(scene, nextTurn(scene, request), request, reply, said),
  };
}

/**
 * @param {Scene} scene
 * @param {WalkRequest} request
 */
function nextTurn(scene, request) {
  scene.model = request.pictures[0].recipe.model;
  scene.asked += 1;
  return scene.asked;
}

/**
 * @param {Scene} scene
 * @param {number} turn
 * @param {WalkRequest} request
 * @param {Walked} reply
 * @param {Words} said
 * @param {number} [beat]
 */
async function showWalk(scene, turn, request, reply, said, beat) {
  const { ui, player } = scene;
  const sheet = await openSheet(reply);
  if (turn < scene.shown) return sheet;
  scene.shown = turn;
  const way = request.closed ? sheet.count / STRIP : (sheet.count - 1) / (STRIP - 1);
  const stops = Array.from({ length: STRIP }, (_, step) => Math.floor(step * way));
  /** @type {Walk} */
  const walk = { request, pictures: reply.pictures, stops };
  setWalk(scene, walk);
  scene.current = null;
  scene.changed(null);
  if (!walk.pictures) call("walk", request).then(({ pictures }) => (walk.pictures = pictures), complain);
  const steps = pictureCells(ui.strip, STRIP, (step) => ["of.walk", { step: stops[step] + 1, count: sheet.count }]);
  steps.forEach((step, index) => drawCell(canvasOf(step), sheet, stops[index]));
  player.load(sheet, Boolean(request.closed), beat);
  player.show(0);
  layout(scene);
  say(ui.title, "walk.title");
  if (ui.reading) say(ui.reading, null);
  say(ui.hint, ...said);
  const { provider, ms } = reply;
  if (provider !== undefined && ms !== undefined) showBadge(scene, request.pictures[0].recipe.model, { provider, ms });
  if (!calm()) player.play();
  showPlay(scene);
  return sheet;
}
