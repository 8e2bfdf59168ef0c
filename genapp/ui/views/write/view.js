// The Write view: a text in one hand. A hand is a row of the table, and the style slider walks from it to a second one.

import { arrowKeys } from "../../web/board.js";
import { randomSeed, refs } from "../../web/helpers.js";
import { makeHistory } from "../../web/history.js";
import { label, say } from "../../web/i18n.js";
import { opensFiles, savePicture, sharePicture } from "../../web/keep.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { fade, heldBy, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { changed, envelope, mixed, mixedIn, ofSeed, ofSeeds, plain } from "../../web/recipes.js";
import { Trouble, call } from "../../web/server.js";
import { complain } from "../../web/toast.js";
import { badge, modelPicker, seedField, speakBadge } from "../../web/widgets.js";

export default function writeView(root, tab) {
  const ui = refs(root);
  const models = new Map(tab.writers.map((model) => [model.name, model]));
  // All that can be undone. `table` is what the hands are drawn from, `hand` and `second` are
  // pictures whose label is open.
  let wanted = {
    model: tab.writers[0].name,
    table: { ...tab.usual },
    text: tab.words,
    hand: ofSeed(tab.writers[0].name, tab.usual.seed, tab.usual.truncation),
    second: null,
    share: 0,
  };
  let shown = null; // the text on the page, as a picture
  let rows = [];
  let picking = false; // the next row is the second hand

  const history = makeHistory(root, ui, () => wanted, (then) => change(then, { remembered: false }));
  const picker = modelPicker(ui.models, tab.writers, (model) => change({ model, ...firstHand(model, wanted.table) }));

  const firstHand = (model, { seed, truncation }) => ({ hand: ofSeed(model, seed, truncation), second: null, share: 0 });
  const sameHand = (one, other) => Boolean(one && other) && one.recipe.w === other.recipe.w && one.recipe.seed === other.recipe.seed;

  // All that decides what is seen goes through here.
  function change(wish, { remembered = true, soft = true } = {}) {
    if (remembered) history.record();
    const before = wanted;
    wanted = { ...wanted, ...wish };
    showControls();
    const table = wanted.model !== before.model || wanted.table !== before.table;
    if (table) drawHands(wanted, soft);
    else mark();
    write(wanted, soft);
  }

  // --- the page -----------------------------------------------------------------------------------------------------

  // A text in a hand, as a picture: a row of labels; a hand on the way to another is a mix of all layers.
  function row(hand, second, share, labels) {
    const conditions = { [tab.condition[hand.recipe.model]]: labels.length > 1 ? labels : labels[0] };
    return changed(envelope(mixed(hand, second, second && share ? { all: share } : {})), { conditions });
  }

  const written = ({ hand, second, share, text }) => row(hand, second, share, [...text]);

  const write = latest(async (state, soft) => {
    const wrong = trouble(state.text);
    if (wrong) throw wrong;
    const picture = written(state);
    const [reply, { reads }] = await Promise.all([call("render", { pictures: [picture] }), call("read", { picture })]);
    const sheet = await openSheet(reply);
    let canvases = [...ui.page.children];
    const same = canvases.length === sheet.count;
    if (!same) {
      canvases = Array.from({ length: sheet.count }, () => document.createElement("canvas"));
      ui.page.replaceChildren(...canvases);
    }
    (soft && same ? fade : paint)(canvases, sheet);
    label(ui.page, "write.page", { text: state.text });
    shown = picture;
    ui.page.dataset.shown = JSON.stringify(picture);
    sayReads(reads, state.text);
    layout();
    badge(ui.badge, models.get(state.model), reply);
    offerSizes();
  });

  const unspaced = (text) => text.replace(/\s+/g, "");

  // What is wrong with a text, or null. The server would say the same.
  function trouble(text) {
    const known = tab.labels[wanted.model];
    const letter = [...text].find((one) => !known.includes(one));
    if (!text) return new Trouble("empty");
    if (letter) return new Trouble("letter", { letter, first: known[0], last: known.at(-1) });
    if (text.length > limits.letters) return new Trouble("long", { most: limits.letters, count: text.length });
    return null;
  }

  function sayReads(reads, text) {
    if (!reads) return say(ui.reading, null);
    const found = reads.map((reading) => reading.label).join("");
    say(ui.reading, found === text ? "write.reads" : "write.misreads", { text: found });
  }

  function layout() {
    const canvases = [...ui.page.children];
    if (!canvases.length || !heldBy(canvases[0])) return;
    const lines = Math.ceil(canvases.length / 8);
    const columns = Math.ceil(canvases.length / lines);
    ui.page.style.setProperty("--columns", columns);
    canvases.forEach((canvas) => sizeCanvas(canvas, Math.min(168, roomIn(ui.page) / columns)));
  }

  // --- hands --------------------------------------------------------------------------------------------------------

  const drawHands = latest(async ({ model, table }, soft) => {
    const hands = ofSeeds({ model, ...table });
    const reply = await call("render", { pictures: hands.map((hand) => row(hand, null, 0, tab.labels[model])) });
    await showHands({ model, table }, reply, soft);
  });

  async function showHands({ model, table }, reply, soft) {
    const sheet = await openSheet(reply);
    const across = tab.labels[model].length;
    if (rows.length !== table.count || rows[0].children.length !== across) {
      rows = Array.from({ length: table.count }, () => {
        const row = document.createElement("button");
        row.type = "button";
        row.className = "hand";
        row.setAttribute("role", "option");
        row.append(...Array.from({ length: across }, () => document.createElement("canvas")));
        row.addEventListener("click", () => choose(rows.indexOf(row)));
        return row;
      });
      ui.hands.replaceChildren(...rows);
      focusable(0);
    }
    rows.forEach((row, index) => label(row, "write.hand", { seed: table.seed + index }));
    (soft ? fade : paint)(rows.flatMap((row) => [...row.children]), sheet);
    ui.hands.dataset.shown = JSON.stringify({ model, ...table });
    layoutHands();
    mark();
  }

  function layoutHands() {
    for (const row of rows) {
      for (const canvas of row.children) sizeCanvas(canvas, roomIn(row) / row.children.length);
    }
  }

  const handAt = (index) => ofSeed(wanted.model, wanted.table.seed + index, wanted.table.truncation);

  function choose(index) {
    focusable(index);
    if (picking) {
      pick(false);
      change({ second: handAt(index), share: wanted.share || 0.5 });
    } else change({ hand: handAt(index), second: null, share: 0 });
  }

  function mark() {
    rows.forEach((row, index) => {
      row.setAttribute("aria-selected", sameHand(wanted.hand, handAt(index)));
      row.classList.toggle("second", sameHand(wanted.second, handAt(index)));
    });
  }

  const focusable = arrowKeys(ui.hands, () => rows);

  // --- the second hand ----------------------------------------------------------------------------------------------

  function pick(on) {
    picking = on;
    ui.pick.setAttribute("aria-pressed", on);
    say(ui.pick, on ? "walk.cancel" : "write.second");
    root.classList.toggle("picking", on);
    showHint();
  }

  function showHint() {
    if (picking) say(ui.hint, "write.pick");
    else say(ui.hint, wanted.second ? "write.between" : "write.hint");
  }

  ui.pick.addEventListener("click", () => pick(!picking));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.offsetParent && picking) pick(false);
  });
  history.oneStep(ui.style);
  ui.style.addEventListener("input", () => {
    // Without a second hand the slider leads to the next one of the table.
    const second = wanted.second ?? nextHand();
    change({ second, share: Number(ui.style.value) }, { remembered: false, soft: false });
  });

  function nextHand() {
    const at = rows.findIndex((_, index) => sameHand(wanted.hand, handAt(index)));
    return handAt((at + 1) % rows.length);
  }

  // --- controls -----------------------------------------------------------------------------------------------------

  function showControls() {
    const { model, table, text, share } = wanted;
    picker.set(model);
    if (unspaced(ui.text.value) !== text) ui.text.value = text;
    ui.style.value = share;
    ui.styleOut.textContent = `${Math.round(100 * share)} %`;
    ui.seed.value = table.seed;
    ui.variety.value = table.truncation;
    ui.varietyOut.textContent = table.truncation.toFixed(2);
    showHint();
  }

  const fresh = () => retable({ seed: randomSeed() });

  // Another table; its first hand writes.
  function retable(wish, options) {
    const table = { ...wanted.table, ...wish };
    change({ table, ...firstHand(wanted.model, table) }, options);
  }

  // It is written while it is typed, as one step to undo; what cannot be written is told when it is asked for.
  let before = null;
  ui.text.addEventListener("input", () => {
    before ??= wanted;
    ui.text.classList.remove("wrong");
    if (!trouble(unspaced(ui.text.value))) change({ text: unspaced(ui.text.value) }, { remembered: false, soft: false });
  });
  ui.text.addEventListener("change", () => {
    if (before && before.text !== wanted.text) history.record(before);
    before = null;
  });
  ui.order.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = trouble(unspaced(ui.text.value));
    ui.text.classList.toggle("wrong", Boolean(wrong));
    if (wrong) complain(wrong);
  });
  ui.new.addEventListener("click", fresh);
  seedField(ui.seed, () => wanted.table.seed, (seed) => retable({ seed }));
  history.oneStep(ui.variety);
  ui.variety.addEventListener("input", () => {
    const truncation = Number(ui.variety.value);
    const tamed = (hand) => (hand?.recipe.seed === undefined ? hand : ofSeed(wanted.model, hand.recipe.seed, truncation));
    const table = { ...wanted.table, truncation };
    change({ table, hand: tamed(wanted.hand), second: tamed(wanted.second) }, { remembered: false, soft: false });
  });
  ui.varietyReset.addEventListener("click", () => retable({ truncation: tab.usual.truncation }));

  // --- keeping ------------------------------------------------------------------------------------------------------

  function offerSizes() {
    const { width, height } = models.get(wanted.model);
    const across = width * ui.page.children.length;
    const times = [1, 2, 4, 8, 16].filter((one) => one === 1 || across * one <= limits.width);
    const before = Number(ui.size.value || 4);
    ui.size.replaceChildren(...times.map((one) => new Option(`${across * one} × ${height * one} px`, one)));
    ui.size.value = times.includes(before) ? before : times.at(-1);
  }

  ui.save.addEventListener("click", () => shown && savePicture(shown, Number(ui.size.value)));
  ui.share.addEventListener("click", () => shown && sharePicture(shown));
  opensFiles(ui.open);
  new ResizeObserver(layout).observe(ui.page);
  new ResizeObserver(layoutHands).observe(ui.hands);

  showControls();
  if (tab.first) showHands(wanted, tab.first.hands, false);
  else drawHands(wanted, false);
  write(wanted, false);

  return {
    primary: fresh,
    shown() {
      layout();
      layoutHands();
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
