// The People view: faces with and without what is asked for; and one person in many looks.

import { named, randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { latest } from "../../web/latest.js";
import { ofSeed } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { modelPicker, seedField, speakBadge } from "../../web/widgets.js";
import { makeCrowd } from "./crowd.js";
import { makeLooks } from "./looks.js";
import { makeConditionRows } from "./condition_rows.js";

/** @import { View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { PeopleTab, Person, Wanted } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {PeopleTab} tab
 * @returns {View}
 */
export default function peopleView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  /** @type {Wanted} */
  let wanted = { model: tab.artists[0].name, ...tab.faces, conditions: {}, person: ofGrid(tab.faces.seed) };
  let seen = wanted;

  const history = makeHistory(root, ui, () => wanted, (then) => {
    change(then, { remembered: false });
  });
  const picker = modelPicker(ui.models, tab.artists, (model) => {
    change({ model, conditions: {}, person: ofGrid(wanted.seed) });
  });
  const looks = makeLooks(ui, (look) => change({ person: { ...wanted.person, look } }));
  const rows = makeConditionRows(ui, (name, value) => {
    const { [name]: _, ...others } = wanted.conditions;
    askFor(value === null ? others : { ...others, [name]: value });
  });
  const crowd = makeCrowd(ui, (index) => change({ person: ofGrid(wanted.seed + index) }));

  /**
   * All that decides what is seen goes through here.
   * @param {Partial<Wanted>} wish
   */
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    wanted = { ...wanted, ...wish };
    showControls();
    draw(wanted, soft);
  }

  /** @param {Wanted["conditions"]} next */
  const askFor = (next) => change({ conditions: next, person: ofGrid(wanted.person.seed) });

  const draw = latest(async (/** @type {Wanted} */ state, /** @type {boolean} */ soft) => {
    try {
      await crowd.show(state, named(tab.artists, state.model), soft);
      const picture = pictureOf(state);
      await looks.show(await call("looks", { picture }), named(tab.artists, state.model), picture);
      crowd.mark(state);
      seen = state;
    } catch (error) {
      if (wanted === state) wanted = seen; // the controls say what can be seen
      showControls();
      throw error;
    }
  });

  function showControls() {
    picker.set(wanted.model);
    rows.show(named(tab.artists, wanted.model), wanted.conditions);
    ui.seed.value = String(wanted.seed);
    ui.count.value = String(wanted.count);
    ui.variety.value = String(wanted.truncation);
    ui.varietyOut.textContent = wanted.truncation.toFixed(2);
  }

  /** @param {number} seed */
  const begin = (seed) => change({ seed, person: ofGrid(seed) });
  const fresh = () => begin(randomSeed());

  ui.anything.addEventListener("click", () => askFor({}));
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => wanted.seed, begin);
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    change({ truncation: Number(ui.variety.value) }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.faces.truncation }));
  showControls();
  draw(wanted, false);

  return {
    primary: fresh,
    shown() {
      crowd.layout();
      looks.layout();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
      looks.showCaptions();
    },
    // An opened PNG or a followed link. The server refuses what has no seed.
    take({ recipe: { model, seed, truncation = 1, conditions } }) {
      const person = { seed: /** @type {number} */ (seed), look: conditions ?? null };
      change({ model, truncation, conditions: {}, person });
    },
  };
}

/**
 * @param {number} seed
 * @returns {Person} as the grid shows it
 */
const ofGrid = (seed) => ({ seed, look: null });

/**
 * The picture of the person who is on the stage.
 * @param {Wanted} wanted
 */
function pictureOf({ model, truncation, conditions, person: { seed, look } }) {
  return ofSeed(model, seed, truncation, { conditions: look ?? conditions });
}
