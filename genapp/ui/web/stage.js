// The stage: one picture, large, that turns into the next one; and the walks that play there.

import { randomSeed } from "./helpers.js";
import { latest } from "./latest.js";
import { fade, openSheet } from "./pictures.js";
import { envelope, ofSeed, unfinished } from "./recipes.js";
import { halt, layout, makeScene, setCurrent, setWalk, showBadge, standing } from "./scene.js";
import { call } from "./server.js";
import { makeWalks } from "./walks.js";

/** @import { Changed, Scene, StageRefs } from "./scene.js" */
/** @import { Envelope, Said, Sheet, TabInfo } from "./types" */

/** @typedef {ReturnType<typeof makeStage>} Stage */
/**
 * Says whether what came is still news.
 * @typedef {(sheet?: Sheet) => boolean} Arrived
 */

/**
 * @param {StageRefs} ui
 * @param {TabInfo} tab
 * @param {Changed} changed
 */
export function makeStage(ui, tab, changed) {
  const scene = makeScene(ui, tab, changed);
  const { go, showWalk } = makeWalks(scene);
  const show = bringing(scene, turnInto);
  if (ui.stage.parentElement) new ResizeObserver(() => layout(scene)).observe(ui.stage.parentElement);

  return {
    get still() {
      return scene.still;
    },
    /** The picture that stands there, or will in a moment; null on a walk. */
    get coming() {
      return scene.wanted ?? scene.current;
    },
    get model() {
      return scene.model;
    },
    /** There is a walk to play, or to go on with. */
    get hasWalk() {
      return scene.walk !== null;
    },
    show,
    put: bringing(scene, putAtOnce),
    go,
    showWalk,
    /** A picture that can be saved, walked from, asked for siblings: a walk stops for it. */
    hold() {
      if (scene.player.playing) halt(scene);
      return standing(scene);
    },
    layout: () => layout(scene),
    /** @param {Said} picture */
    walkTo(picture) {
      const from = standing(scene);
      if (from?.recipe.model !== picture.recipe.model) return show(picture);
      return go({ pictures: [from, picture].map(envelope), steps: 24 }, [`stage.between.${tab.noun}`]);
    },
    /**
     * @param {string} model
     * @param {number} truncation
     */
    tour(model, truncation) {
      const pictures = Array.from({ length: 5 }, () => ofSeed(model, randomSeed(), truncation));
      return go({ pictures, steps: 12, closed: true }, [`stage.tour.${tab.noun}`, { count: pictures.length }]);
    },
  };
}

/**
 * Asks for what `work` brings. Only the newest is announced, so that nobody's sliders are set back while they are
 * moved.
 * @param {Scene} scene
 * @param {(scene: Scene, picture: Said, arrived: Arrived, from: Said | null) => Promise<void>} work
 */
function bringing(scene, work) {
  const bring = latest(
    /**
     * @param {number} turn
     * @param {Said} picture
     * @param {Said | null} from
     */
    async (turn, picture, from) => {
      /** @type {Arrived} */
      const arrived = (sheet) => {
        if (turn < scene.shown) return false;
        scene.shown = turn;
        setWalk(scene, null);
        if (turn === scene.asked) setCurrent(scene, picture, sheet);
        return true;
      };
      try {
        await work(scene, picture, arrived, from);
        layout(scene);
      } finally {
        if (scene.wanted === picture) scene.wanted = null;
      }
    },
  );
  /** @param {Said} picture */
  return (picture) => {
    const from = standing(scene);
    scene.wanted = picture;
    scene.model = picture.recipe.model;
    scene.asked += 1;
    return bring(scene.asked, picture, from);
  };
}

/**
 * The standing picture turns into `picture` through all that lies between them; another model's is faded in.
 * @param {Scene} scene
 * @param {Said} picture
 * @param {Arrived} arrived
 * @param {Said | null} from
 */
async function turnInto(scene, picture, arrived, from) {
  if (from?.recipe.model === picture.recipe.model) {
    const ends = [from, picture].map(envelope);
    const sheet = await openSheet(await call("walk", { pictures: ends, steps: 10, recipes: false }));
    if (!arrived()) return;
    scene.still = scene.player.morph(sheet);
    await scene.still;
  } else {
    const sheet = await openSheet(await call("render", alone(picture)));
    if (!arrived(sheet)) return;
    scene.player.pause();
    fade([scene.ui.stage], sheet);
  }
}

/**
 * At once, without a way there: an opened picture, a slider that is dragged.
 * @param {Scene} scene
 * @param {Said} picture
 * @param {Arrived} arrived
 */
async function putAtOnce(scene, picture, arrived) {
  const reply = await call("render", alone(picture));
  const sheet = await openSheet(reply);
  if (!arrived(sheet)) return;
  scene.player.load(sheet, false);
  scene.player.show(0);
  showBadge(scene, picture.recipe.model, reply);
}

/**
 * A request for a picture alone; where it is finished, the second of the sheet is what it was before.
 * @param {Envelope} picture
 */
export function alone(picture) {
  const before = picture.recipe.finish ? [unfinished(picture)] : [];
  return { pictures: [picture, ...before].map(envelope) };
}
