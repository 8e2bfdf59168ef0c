// The stage: one picture, large, that turns into the next one; and the walks that play there.

import { saveFile } from "./files.js";
import { calm, randomSeed } from "./helpers.js";
import { say } from "./i18n.js";
import { latest } from "./latest.js";
import { drawCell, fade, openSheet, roomIn, sizeCanvas } from "./pictures.js";
import { makePlayer } from "./player.js";
import { envelope, ofSeed, unfinished } from "./recipes.js";
import { call } from "./server.js";
import { complain } from "./toast.js";
import { badge, canvasOf, pictureCells, sayReading } from "./widgets.js";

const STRIP = 9; // steps of a walk that are shown side by side

// A request for a picture alone; where it is finished, the second of the sheet is what it was before.
export function alone(picture) {
  const before = picture.recipe.finish ? [unfinished(picture)] : [];
  return { pictures: [picture, ...before].map(envelope) };
}

// `changed(picture, sheet)` hears what stands there: { recipe, private, said: [key, values] }, or null on a walk; with the
// sheet that it came on, where it came alone.
export function makeStage(ui, tab, changed) {
  const player = makePlayer(ui.stage, onFrame);
  let current = null;
  let walk = null; // { request, pictures, stops }: pictures of all frames
  let still = Promise.resolve(); // when the picture has stopped turning into another
  let wanted = null; // a picture that is asked for and not there yet
  let asked = 0; // turns: replies may come late, and then they are no news
  let shown = 0;
  let model = null; // of what is shown, or will be in a moment

  function layout() {
    sizeCanvas(ui.stage, roomIn(ui.stage.parentElement));
  }

  function setCurrent(picture, sheet) {
    current = picture;
    say(ui.title, ...picture.said);
    say(ui.hint, null);
    changed(picture, sheet);
    if (ui.reading) read(picture);
  }

  const read = latest(async (picture) => {
    const { reads } = await call("read", { picture: envelope(picture) });
    if (picture === current) sayReading(ui.reading, reads?.[0]);
  });

  // What stands there right now or in a moment, a walk's frame included.
  function standing() {
    if (wanted || !walk) return wanted ?? current;
    if (!walk.pictures) return null;
    const said = ["of.walk", { step: player.frame + 1, count: walk.pictures.length }];
    return { ...walk.pictures[player.frame], said };
  }

  // Asks for what `work(picture, arrived, from)` brings. `arrived(sheet)` says whether it is still news; only the newest
  // is announced, so that nobody's sliders are set back while they are moved.
  function bringing(work) {
    const bring = latest(async (turn, picture, from) => {
      const arrived = (sheet) => {
        if (turn < shown) return false;
        shown = turn;
        setWalk(null);
        if (turn === asked) setCurrent(picture, sheet);
        return true;
      };
      try {
        await work(picture, arrived, from);
        layout();
      } finally {
        if (wanted === picture) wanted = null;
      }
    });
    return (picture) => {
      const from = standing();
      wanted = picture;
      model = picture.recipe.model;
      asked += 1;
      return bring(asked, picture, from);
    };
  }

  // The standing picture turns into `picture` through all that lies between them; another model's is faded in.
  const show = bringing(async (picture, arrived, from) => {
    if (from?.recipe.model === picture.recipe.model) {
      const ends = [from, picture].map(envelope);
      const sheet = await openSheet(await call("walk", { pictures: ends, steps: 10, recipes: false }));
      if (!arrived()) return;
      still = player.morph(sheet);
      await still;
    } else {
      const sheet = await openSheet(await call("render", alone(picture)));
      if (!arrived(sheet)) return;
      player.pause();
      fade([ui.stage], sheet);
    }
  });

  // At once, without a way there: an opened picture, a slider that is dragged.
  const put = bringing(async (picture, arrived) => {
    const reply = await call("render", alone(picture));
    const sheet = await openSheet(reply);
    if (!arrived(sheet)) return;
    player.load(sheet, false);
    player.show(0);
    showBadge(picture.recipe.model, reply);
  });

  // --- walks --------------------------------------------------------------------------------------------------------

  const walking = latest(async (turn, request, said, beat) => {
    await showWalk(turn, request, await call("walk", request), said, beat);
  });

  function go(request, ...more) {
    wanted = null;
    model = request.pictures[0].recipe.model;
    asked += 1;
    return walking(asked, request, ...more);
  }

  async function showWalk(turn, request, reply, said, beat) {
    const sheet = await openSheet(reply);
    if (turn < shown) return sheet;
    shown = turn;
    const way = request.closed ? sheet.count / STRIP : (sheet.count - 1) / (STRIP - 1);
    const stops = Array.from({ length: STRIP }, (_, step) => Math.floor(step * way));
    const mine = { request, pictures: reply.pictures, stops };
    setWalk(mine);
    current = null;
    changed(null);
    if (!mine.pictures) call("walk", request).then(({ pictures }) => (mine.pictures = pictures), complain); // not yet here
    const steps = pictureCells(ui.strip, STRIP, (step) => ["of.walk", { step: stops[step] + 1, count: sheet.count }]);
    steps.forEach((step, index) => drawCell(canvasOf(step), sheet, stops[index]));
    player.load(sheet, Boolean(request.closed), beat);
    player.show(0);
    layout();
    say(ui.title, "walk.title");
    if (ui.reading) say(ui.reading, null);
    say(ui.hint, ...said);
    if (reply.ms !== undefined) showBadge(request.pictures[0].recipe.model, reply);
    if (!calm()) player.play();
    showPlay();
    return sheet;
  }

  function showBadge(model, reply) {
    badge(ui.badge, tab.models.find((one) => one.name === model), reply);
  }

  function setWalk(next) {
    walk = next;
    ui.walk.classList.toggle("idle", !walk);
    ui.play.disabled = !walk;
    if (ui.animation) ui.animation.disabled = !walk;
    if (!walk) ui.strip.querySelectorAll(".here").forEach((step) => step.classList.remove("here"));
    showPlay();
  }

  function showPlay() {
    say(ui.play, walk && player.playing ? "walk.pause" : "walk.play");
  }

  function onFrame(frame) {
    if (!walk) return;
    const reached = walk.stops.findLastIndex((stop) => stop <= frame);
    [...ui.strip.children].forEach((step, index) => step.classList.toggle("here", index === reached));
  }

  function halt(frame = player.frame) {
    player.show(frame);
    if (standing()) setCurrent(standing());
    showPlay();
  }

  // A picture that can be saved, walked from, asked for siblings: a walk stops for it.
  function hold() {
    if (player.playing) halt();
    return standing();
  }

  ui.play.addEventListener("click", () => {
    if (player.playing) return halt();
    if (walk) player.play();
    showPlay();
  });
  ui.strip.addEventListener("click", (event) => {
    const step = event.target.closest(".cell");
    if (step && walk) halt(walk.stops[Number(step.dataset.index)]);
  });
  ui.animation?.addEventListener("click", () => call("animate", walk.request).then(saveFile).catch(complain));
  new ResizeObserver(layout).observe(ui.stage.parentElement);
  setWalk(null);

  return {
    get still() {
      return still;
    },
    // The picture that stands there, or will in a moment; null on a walk.
    get coming() {
      return wanted ?? current;
    },
    get model() {
      return model;
    },
    show,
    put,
    go,
    // A walk that is there already: it came with the page.
    showWalk(request, ...more) {
      model = request.pictures[0].recipe.model;
      return showWalk((asked += 1), request, ...more);
    },
    hold,
    layout,
    walkTo(picture) {
      const from = standing();
      if (from?.recipe.model !== picture.recipe.model) return show(picture);
      return go({ pictures: [from, picture].map(envelope), steps: 24 }, [`stage.between.${tab.noun}`, {}]);
    },
    tour(model, truncation) {
      const pictures = Array.from({ length: 5 }, () => ofSeed(model, randomSeed(), truncation));
      return go({ pictures, steps: 12, closed: true }, [`stage.tour.${tab.noun}`, { count: pictures.length }]);
    },
  };
}
