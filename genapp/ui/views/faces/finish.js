// Finishing: sliders for light, colour and sharpness, and a curtain between before and after.

import { named } from "../../web/helpers.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { alone } from "../../web/stage.js";
import { sliderRow } from "../../web/widgets.js";
import { markTray } from "./trays.js";

/** @import { Stage } from "../../web/stage.js" */
/** @import { Envelope, Finish, Sheet, Undoable } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { FacesTab } from "./types" */

/**
 * @param {Refs} ui
 * @param {FacesTab} tab
 * @param {Stage} stage
 * @param {Undoable & { wish(finish: Finish | undefined): void }} hooks `wish` hears every change
 */
export function makeFinish(ui, tab, stage, { wish, record, oneStep }) {
  /** @type {Finish} */
  const neutral = Object.fromEntries(tab.sliders.map(({ name, neutral }) => [name, neutral]));
  const curtain = makeCurtain(ui, stage);
  const state = { wanted: neutral };

  const rows = tab.sliders.map((slider) => {
    const { name } = slider;
    const changed = (/** @type {number} */ value) => choose({ [name]: value });
    const row = sliderRow(ui.sliders, slider, [`finish.${name}`], [`finish.${name}.tip`], { changed, record, oneStep });
    return { slider, ...row };
  });

  const isNeutral = () => tab.sliders.every((slider) => state.wanted[slider.name] === slider.neutral);

  /** @param {Finish} change */
  function choose(change) {
    state.wanted = { ...state.wanted, ...change };
    showSliders();
    wish(get());
  }

  function showSliders() {
    for (const { slider, show } of rows) show(state.wanted[slider.name]);
    ui.finishReset.disabled = isNeutral();
    markTray(ui.trays, "finish", !isNeutral());
  }

  /** Undefined where nothing is wanted: then nobody need speak of it. */
  function get() {
    return isNeutral() ? undefined : state.wanted;
  }

  ui.finishReset.addEventListener("click", () => {
    record();
    choose(neutral);
  });
  showSliders();

  return {
    get,
    /**
     * The stage has another picture, perhaps with the sheet that holds its before; or null on a walk.
     * @param {Envelope | null} picture
     * @param {Sheet} [sheet]
     */
    follow(picture, sheet) {
      if (picture) {
        const grey = named(tab.models, picture.recipe.model).channels === 1;
        for (const { slider, row } of rows) row.hidden = grey && slider.colour;
        state.wanted = { ...neutral, ...picture.recipe.finish };
        showSliders();
      }
      curtain.follow(picture?.recipe.finish ? picture : null, sheet);
    },
  };
}

/**
 * A curtain on the stage: left of it a picture is as it was before it was finished.
 * @param {Refs} ui
 * @param {Stage} stage
 */
function makeCurtain(ui, stage) {
  const board = ui.stage.parentElement;
  /** @type {{ shown: Envelope | null }} whose before is on it */
  const state = { shown: null };

  const fetchBefore = latest(async (/** @type {Envelope} */ picture) => {
    const sheet = await openSheet(await call("render", alone(picture)));
    await stage.still;
    showBefore(picture, sheet);
  });

  /**
   * @param {Envelope | null} picture
   * @param {Sheet} sheet
   */
  function showBefore(picture, sheet) {
    if (state.shown !== picture) return; // something else took the stage meanwhile
    drawCell(ui.before, sheet, 1);
    ui.beforeBox.hidden = !ui.compare.checked;
    layout();
  }

  function layout() {
    if (!ui.beforeBox.hidden) sizeCanvas(ui.before, roomIn(board));
    ui.beforeBox.style.setProperty("--curtain", `${ui.curtain.value}%`);
  }

  ui.curtain.addEventListener("input", layout);
  ui.compare.addEventListener("change", () => {
    ui.beforeBox.hidden = !(ui.compare.checked && state.shown);
    layout();
  });
  if (board) new ResizeObserver(layout).observe(board);

  return {
    /**
     * @param {Envelope | null} picture null where it is not finished
     * @param {Sheet} [sheet]
     */
    follow(picture, sheet) {
      state.shown = picture;
      if (sheet?.count === 2) return showBefore(picture, sheet);
      ui.beforeBox.hidden = true;
      if (picture) fetchBefore(picture);
    },
  };
}
