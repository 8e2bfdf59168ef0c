// The Write view: a text in one hand. A hand is a row of the table, and the style slider walks from it to a second one.

import { refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { mixedIn, ofSeed, plain } from "../../web/recipes.js";
import { modelPicker, speakBadge } from "../../web/widgets.js";
import { listenToTable, listenToText, makeSecondHand } from "./controls.js";
import { makeHands } from "./hands.js";
import { makeWrittenPage } from "./written_page.js";
import { handAt, unmixed, unspaced } from "./writing.js";

/** @import { View } from "../../web/types" */
/** @import { Change } from "./controls.js" */
/** @import { Refs } from "./refs" */
/** @import { Wanted, WriteTab } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {WriteTab} tab
 * @returns {View}
 */
export default function writeView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  const state = { wanted: firstWanted(tab) }; // all of it can be undone
  const wanted = () => state.wanted;

  const history = makeHistory(root, ui, wanted, (then) => change(then, { remembered: false }));
  const picker = modelPicker(ui.models, tab.writers, (model) => {
    change({ model, ...unmixed(handAt({ model, table: state.wanted.table }, 0)) });
  });
  const page = makeWrittenPage(ui, tab);
  const hands = makeHands(ui.hands, tab, wanted, (index) => secondHand.choose(index));
  const writing = { ui, tab, wanted, change, history };
  const secondHand = makeSecondHand(root, writing, hands.next);
  listenToText(writing);
  const fresh = listenToTable(writing);

  /** @type {Change} all that decides what is seen goes through here */
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    const before = state.wanted;
    state.wanted = { ...before, ...wish };
    showControls();
    if (state.wanted.model !== before.model || state.wanted.table !== before.table) hands.draw(state.wanted, soft);
    else hands.mark();
    page.write(state.wanted, soft);
  }

  function showControls() {
    picker.set(state.wanted.model);
    showSettings(ui, state.wanted);
    secondHand.showHint();
  }

  showControls();
  if (tab.first) hands.show(state.wanted, tab.first.hands, false);
  else hands.draw(state.wanted, false);
  page.write(state.wanted, false);

  return {
    primary: fresh,
    shown() {
      page.layout();
      hands.layout();
    },
    speak() {
      picker.speak();
      speakBadge(ui.badge);
    },
    // An opened PNG or a followed link, or a hand that was drawn.
    take(picture) {
      const { model, mix, conditions } = picture.recipe;
      const [labels] = Object.values(conditions ?? {});
      const text = labels === undefined ? state.wanted.text : [labels].flat().join("");
      change({ model, hand: plain(picture), second: mixedIn(picture), share: mix?.shares.all ?? 0, text });
    },
  };
}

/**
 * @param {WriteTab} tab
 * @returns {Wanted}
 */
function firstWanted({ writers, usual, words }) {
  const [{ name }] = writers;
  return { model: name, table: { ...usual }, text: words, ...unmixed(ofSeed(name, usual.seed, usual.truncation)) };
}

/**
 * @param {Refs} ui
 * @param {Wanted} wanted
 */
function showSettings(ui, { table, text, share }) {
  if (unspaced(ui.text.value) !== text) ui.text.value = text;
  ui.style.value = String(share);
  ui.styleOut.textContent = `${Math.round(100 * share)} %`;
  ui.seed.value = String(table.seed);
  ui.variety.value = String(table.truncation);
  ui.varietyOut.textContent = table.truncation.toFixed(2);
}
