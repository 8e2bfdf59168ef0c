// The Write view: a text in one hand. A hand is a row of the table, and the style slider walks from it to a second one.

import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { mixedIn, plain } from "../../web/recipes.js";
import { modelPicker, seedField, speakBadge } from "../../web/widgets.js";
import { makeField } from "./field.js";
import { makeHands } from "./hands.js";
import { makePaper } from "./paper.js";
import { makeSecond } from "./second.js";
import { alone, handAt, tamed } from "./writing.js";

/** @import { Usual, View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { How, Wanted, WriteTab } from "./types" */

/**
 * @param {HTMLElement} root
 * @param {WriteTab} tab
 * @returns {View}
 */
export default function writeView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  let wanted = firstOf(tab);
  const now = () => wanted;

  const history = makeHistory(root, ui, now, (then) => change(then, { remembered: false }));
  const picker = modelPicker(ui.models, tab.writers, (model) => {
    change({ model, ...alone(handAt({ model, table: wanted.table }, 0)) });
  });
  const paper = makePaper(ui, tab);
  const second = makeSecond(root, ui, now, history, change);
  const hands = makeHands(ui, tab, now, (index) => {
    if (second.picking) second.take(index);
    else change(alone(handAt(wanted, index)));
  });
  const field = makeField(ui, tab, now, {
    typed: (text) => change({ text }, { remembered: false, soft: false }),
    record: history.record,
  });

  /**
   * All that decides what is seen goes through here.
   * @param {Partial<Wanted>} wish
   * @param {How} [how]
   */
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    const before = wanted;
    wanted = { ...wanted, ...wish };
    showControls();
    if (wanted.model !== before.model || wanted.table !== before.table) hands.draw(wanted, soft);
    else hands.mark();
    paper.write(wanted, soft);
  }

  /**
   * Another table; its first hand writes.
   * @param {Partial<Usual>} wish
   */
  function retable(wish) {
    const table = { ...wanted.table, ...wish };
    change({ table, ...alone(handAt({ model: wanted.model, table }, 0)) });
  }

  function showControls() {
    const { model, table, text } = wanted;
    picker.set(model);
    field.show(text);
    second.show();
    ui.seed.value = String(table.seed);
    ui.variety.value = String(table.truncation);
    ui.varietyOut.textContent = table.truncation.toFixed(2);
  }

  const fresh = () => retable({ seed: randomSeed() });
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => wanted.table.seed, (seed) => retable({ seed }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    const truncation = Number(ui.variety.value);
    const both = { hand: tamed(wanted.hand, truncation), second: tamed(wanted.second, truncation) };
    change({ table: { ...wanted.table, truncation }, ...both }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => retable({ truncation: tab.usual.truncation }));

  showControls();
  if (tab.first) hands.show(wanted, tab.first.hands, false);
  else hands.draw(wanted, false);
  paper.write(wanted, false);

  return {
    primary: fresh,
    shown() {
      paper.layout();
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
      const text = labels === undefined ? wanted.text : [labels].flat().join("");
      change({ model, hand: plain(picture), second: mixedIn(picture), share: mix?.shares.all ?? 0, text });
    },
  };
}

/**
 * @param {WriteTab} tab
 * @returns {Wanted}
 */
function firstOf({ writers: [{ name: model }], usual, words }) {
  const table = { ...usual };
  return { model, table, text: words, ...alone(handAt({ model, table }, 0)) };
}
