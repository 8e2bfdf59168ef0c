// The People view: faces with and without what is asked for; and one person in many looks.

import { makeBoard } from "../../web/board.js";
import { named, randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { say } from "../../web/i18n.js";
import { offerSizesOf, opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { openSheet } from "../../web/pictures.js";
import { changed, ofSeeds } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge, modelPicker, seedField, speakBadge } from "../../web/widgets.js";
import { makeLooks } from "./looks.js";
import { makeWishes } from "./wishes.js";

/** @import { SheetReply, Timing, Undoable, View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { Looks, PeopleTab, Person, Wanted } from "./types" */

/** @typedef {(wish: Partial<Wanted>, how?: { remembered?: boolean, soft?: boolean }) => void} Change */
/**
 * @typedef {object} State
 * @property {Wanted} wanted all that can be undone
 * @property {Wanted} seen
 * @property {string | null} grid what decided the grid that is there
 */

/**
 * @param {HTMLElement} root
 * @param {PeopleTab} tab
 * @returns {View}
 */
export default function peopleView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  const { seed, count, truncation } = tab.faces;
  /** @type {Wanted} */
  const first = { model: tab.artists[0].name, seed, count, truncation, wishes: {}, person: plainly(seed) };
  /** @type {State} */
  const state = { wanted: first, seen: first, grid: null };

  const history = makeHistory(root, ui, () => state.wanted, (then) => change(then, { remembered: false }));
  const picker = modelPicker(ui.models, tab.artists, (model) => {
    change({ model, wishes: {}, person: plainly(state.wanted.seed) });
  });
  const board = makeBoard(ui.grid, (index) => change({ person: plainly(state.wanted.seed + index) }));
  const looks = makeLooks(ui, (look) => change({ person: { ...state.wanted.person, look } }));
  const wishes = makeWishes(ui.wishes, (name, wish) => {
    const { [name]: _, ...others } = state.wanted.wishes;
    const next = wish === null ? others : { ...others, [name]: wish };
    change({ wishes: next, person: plainly(state.wanted.person.seed) });
  });

  /** @type {Change} all that decides what is seen goes through here */
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    state.wanted = { ...state.wanted, ...wish };
    showControls();
    draw(state.wanted, soft);
  }

  const draw = latest(
    /**
     * @param {Wanted} asked
     * @param {boolean} soft
     */
    async (asked, soft) => {
      try {
        if (state.grid !== gridOf(asked)) {
          const pictures = ofSeeds(asked, { conditions: asked.wishes });
          await showGrid(asked, await call("render", { pictures }), soft);
        }
        await showPerson(asked, await call("looks", { picture: personOf(asked) }));
        state.seen = asked;
      } catch (error) {
        if (state.wanted === asked) state.wanted = state.seen; // the controls say what can be seen
        showControls();
        throw error;
      }
    },
  );

  /**
   * @param {Wanted} asked
   * @param {SheetReply & Timing} reply
   * @param {boolean} soft
   */
  async function showGrid(asked, reply, soft) {
    board.show(await openSheet(reply), (index) => ["cell", { seed: asked.seed + index }], soft);
    ui.grid.dataset.shown = state.grid = gridOf(asked);
    badge(ui.badge, named(tab.artists, asked.model), reply);
  }

  /**
   * @param {Wanted} asked
   * @param {Looks} reply
   */
  async function showPerson(asked, reply) {
    await looks.show(reply);
    ui.stage.dataset.shown = JSON.stringify(personOf(asked));
    say(ui.title, "of.seed", { seed: asked.person.seed });
    const here = asked.person.look ? -1 : (asked.person.seed ?? NaN) - asked.seed;
    board.cells.forEach((cell, index) => cell.setAttribute("aria-selected", String(index === here)));
    offerSizesOf(ui.size, named(tab.artists, asked.model), true);
  }

  function showControls() {
    const { wanted } = state;
    picker.set(wanted.model);
    wishes.show(wanted.model, named(tab.artists, wanted.model).looks, wanted.wishes);
    showSettings(ui, wanted);
  }

  const fresh = () => reseed(randomSeed());
  /** @param {number} seed */
  const reseed = (seed) => change({ seed, person: plainly(seed) });
  listen(ui, tab, state, { change, fresh, reseed, oneStep: history.oneStep });
  offerToKeep(ui, () => looks.person);
  showControls();
  draw(state.wanted, false);

  return {
    primary: fresh,
    shown() {
      board.layout();
      looks.layout();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
      looks.speak();
    },
    // An opened PNG or a followed link.
    take({ recipe: { model, seed, truncation = 1, conditions } }) {
      change({ model, truncation, wishes: {}, person: { seed, look: conditions ?? null } });
    },
  };
}

/**
 * Somebody with what is asked of everybody.
 * @param {number} [seed]
 * @returns {Person}
 */
const plainly = (seed) => ({ seed, look: null });

/**
 * What decides the grid.
 * @param {Wanted} wanted
 */
function gridOf({ model, seed, count, truncation, wishes }) {
  return JSON.stringify({ model, seed, count, truncation, wishes });
}

/**
 * The person as a picture.
 * @param {Wanted} wanted
 */
function personOf({ model, truncation, wishes, person: { seed, look } }) {
  const tamed = truncation === 1 ? undefined : truncation;
  return changed({ recipe: { model }, private: false }, { seed, truncation: tamed, conditions: look ?? wishes });
}

/**
 * @param {Refs} ui
 * @param {Wanted} wanted
 */
function showSettings(ui, { seed, count, truncation, wishes }) {
  ui.anything.disabled = !Object.keys(wishes).length;
  ui.seed.value = String(seed);
  ui.count.value = String(count);
  ui.variety.value = String(truncation);
  ui.varietyOut.textContent = truncation.toFixed(2);
}

/**
 * @param {Refs} ui
 * @param {PeopleTab} tab
 * @param {State} state
 * @param {{ change: Change, fresh(): void, reseed(seed: number): void, oneStep: Undoable["oneStep"] }} acts
 */
function listen(ui, tab, state, { change, fresh, reseed, oneStep }) {
  ui.anything.addEventListener("click", () => change({ wishes: {}, person: plainly(state.wanted.person.seed) }));
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => state.wanted.seed, reseed);
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));
  oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value) }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.faces.truncation }));
}

/**
 * @param {Refs} ui
 * @param {() => import("../../web/types").Envelope | undefined} person
 */
function offerToKeep(ui, person) {
  ui.save.addEventListener("click", () => {
    const picture = person();
    if (picture) savePicture(picture, Number(ui.size.value));
  });
  ui.share.addEventListener("click", () => {
    const picture = person();
    if (picture) sharePicture(picture);
  });
  opensFiles(ui.open);
}
