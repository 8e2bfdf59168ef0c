// Mixing: what each style range of a second picture does to the first, and how much of each is taken.

import { named } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { openSheet } from "../../web/pictures.js";
import { changed, envelope, mixed, mixedIn, plain, saying } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";
import { makeMixTiles } from "./mix_tiles.js";
import { markTray } from "./trays.js";

/** @import { Grid } from "../../web/grid.js" */
/** @import { Stage } from "../../web/stage.js" */
/** @import { Envelope, Recipe, Said, Undoable } from "../../web/types" */
/** @import { Shares } from "./mix_tiles.js" */
/** @import { Refs } from "./refs" */
/** @import { FacesTab } from "./types" */

/**
 * @typedef {object} MixState
 * @property {string | null} model
 * @property {string[]} styles its ranges
 * @property {Envelope | null} first without a mix, and without edits, which come after it
 * @property {Envelope | null} second
 * @property {Shares} shares
 * @property {Pick<Recipe, "edits" | "finish">} rest of the picture on the stage
 * @property {Said | null} made the last mix that was asked for
 * @property {boolean} open
 */

/**
 * @param {Refs} ui
 * @param {FacesTab} tab
 * @param {Grid} grid where the second one is chosen
 * @param {Stage} stage
 * @param {Undoable & { wish(picture: Said): void }} hooks `wish` hears every mix
 */
export function makeMix(ui, tab, grid, stage, { wish, record, oneStep }) {
  /** @type {MixState} */
  const state = { model: null, styles: [], first: null, second: null, shares: {}, rest: {}, made: null, open: true };
  const tiles = makeMixTiles(ui.mixes, {
    none,
    second: () => ui.second.click(),
    turn: (name) => turn({ [name]: state.shares[name] > 0.5 ? 0 : 1 }),
    take: (name, share) => take({ [name]: share }),
    oneStep,
  });

  const showTiles = latest(async () => {
    const { open, first, second, styles } = state;
    if (!open || !first || !second || !styles.length) return;
    tiles.draw(await openSheet(await call("mixes", { pictures: [first, second].map(envelope) })));
  });

  function showShares() {
    tiles.show(state.shares);
    ui.mixReset.disabled = !Object.values(state.shares).some(Boolean);
    markTray(ui.trays, "mix", !ui.mixReset.disabled);
    const second = grid.place(state.second);
    grid.cells.forEach((cell, index) => cell.classList.toggle("second", state.open && index === second));
  }

  /** @param {Shares} change */
  function take(change) {
    const { first, second, rest } = state;
    if (!first || !second) return;
    state.shares = { ...state.shares, ...change };
    const some = Object.fromEntries(Object.entries(state.shares).filter(([, value]) => value > 0));
    const picture = changed(mixed(first, second, some), rest);
    state.made = { ...picture, said: picture.recipe.mix ? ["of.mix"] : saying(first) };
    showShares();
    wish(state.made);
  }

  function none() {
    if (Object.values(state.shares).some(Boolean)) turn(Object.fromEntries(state.styles.map((name) => [name, 0])));
  }

  /** @param {Shares} change at once, as a step to undo */
  function turn(change) {
    record();
    take(change);
  }

  /** @param {Envelope} picture */
  function choose(picture) {
    if (picture.recipe.model !== state.model) return void toast("mix.stranger");
    record();
    state.second = plain(picture);
    showTiles();
    take({});
  }

  /** @param {string} model */
  function build(model) {
    state.styles = named(tab.models, model).styles;
    tiles.build(state.styles);
    showWhether(ui, state.styles.length > 0);
  }

  ui.second.addEventListener("click", () => {
    if (stage.hold()) grid.pick({ button: ui.second, hint: "mix.pick", chosen: choose });
  });
  ui.mixReset.addEventListener("click", none);

  return {
    get second() {
      return state.second;
    },
    /** @param {boolean} isOpen */
    open(isOpen) {
      state.open = isOpen;
      showTiles();
      showShares();
    },
    mark: showShares,
    /**
     * The stage has another picture: it is the first now.
     * @param {Said} picture
     * @param {Envelope | null} wished second one
     */
    follow(picture, wished = state.second) {
      const { model, edits, finish } = picture.recipe;
      state.rest = { edits, finish };
      if (picture === state.made) return;
      const before = JSON.stringify([state.model, state.first, state.second]);
      const other = model !== state.model;
      const first = plain(picture);
      const somebody = other || !wished ? grid.beside(first) : wished; // until the visitor chooses
      const second = mixedIn(picture) ?? somebody;
      Object.assign(state, { model, first, second, shares: picture.recipe.mix?.shares ?? {} });
      if (other) build(model);
      showShares();
      if (JSON.stringify([model, first, second]) !== before) showTiles();
    },
  };
}

/**
 * @param {Refs} ui
 * @param {boolean} can the model can mix
 */
function showWhether(ui, can) {
  ui.mixes.hidden = ui.mixActs.hidden = !can;
  say(ui.mixNote, can ? "mix.tip" : "mix.none");
}
