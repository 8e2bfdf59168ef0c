// The Collect view: how many of each, in which format; a file of labelled pictures comes back.

import { named, randomSeed, refs } from "../../web/helpers.js";
import { language, say } from "../../web/i18n.js";
import { makeJob } from "../../web/job.js";
import { limits } from "../../web/limits.js";
import { modelPicker, speakBadge } from "../../web/widgets.js";
import { makeCounts } from "./counts.js";
import { makePreview } from "./preview.js";

/** @import { View } from "../../web/types" */
/** @import { Refs } from "./refs" */
/** @import { CollectTab, Order } from "./types" */

const KINDS = { png: "PNG", npz: "NumPy", parquet: "Parquet", idx: "IDX" };

/**
 * @param {HTMLElement} root
 * @param {CollectTab} tab
 * @returns {View}
 */
export default function collectView(root, tab) {
  /** @type {Refs} */
  const ui = refs(root);
  /** @type {Order} */
  let order = { model: tab.writers[0], seed: tab.usual.seed, truncation: 1, kind: "png" };

  const job = makeJob(ui);
  const counts = makeCounts(ui, showSum);
  const preview = makePreview(ui, tab);
  const picker = modelPicker(ui.models, tab.writers, (name) => {
    order = { ...order, model: named(tab.writers, name) };
    counts.offer(tab.labels[name]);
    preview.show(order, true);
  });

  /**
   * @param {Partial<Order>} wish
   * @param {boolean} soft
   */
  function change(wish, soft) {
    order = { ...order, ...wish };
    showControls();
    preview.show(order, soft);
  }

  function showSum() {
    const total = counts.total();
    const fits = total >= 1 && total <= tab.most;
    ui.make.disabled = !fits;
    say(ui.make, "collect.make", { total: total.toLocaleString(language()) });
    say(ui.sum, fits ? "collect.promise" : "collect.most", { most: tab.most.toLocaleString(language()) });
    ui.sum.classList.toggle("bad", !fits);
    ui.command.textContent = commandOf(order, counts);
  }

  function showControls() {
    ui.seed.value = String(order.seed);
    ui.variety.value = String(order.truncation);
    ui.varietyOut.textContent = order.truncation.toFixed(2);
    showSum();
  }

  ui.make.addEventListener("click", () => {
    const { model, ...rest } = order;
    job.run("collect", { model: model.name, counts: Object.fromEntries(counts.wanted()), ...rest });
  });
  ui.seed.addEventListener("change", () => {
    const seed = Number(ui.seed.value);
    if (/^\d+$/.test(ui.seed.value.trim()) && seed <= limits.seed - tab.most) change({ seed }, true);
    else showControls();
  });
  ui.variety.addEventListener("input", () => change({ truncation: Number(ui.variety.value) }, false));
  offerKinds(ui, order.kind, (kind) => {
    order = { ...order, kind };
    showSum();
  });
  picker.set(order.model.name);
  counts.offer(tab.labels[order.model.name]);
  showControls();
  preview.show(order, false);

  return {
    primary: () => change({ seed: randomSeed() }, true),
    shown: preview.layout,
    speak() {
      picker.speak();
      speakBadge(ui.badge);
      showSum();
    },
  };
}

/**
 * The line that makes the same file without the page.
 * @param {Order} order
 * @param {ReturnType<typeof makeCounts>} counts
 */
function commandOf({ model, seed, truncation, kind }, counts) {
  const each = counts.wanted().map(([one, count]) => `${one}=${count}`);
  const many = counts.isEven() ? `--count ${counts.total()}` : `--each ${each.join(" ")}`;
  return `python -m genapp dataset ${model.name} ${many} --seed ${seed} --truncation ${truncation} --kind ${kind}`;
}

/**
 * @param {Refs} ui
 * @param {string} first
 * @param {(kind: string) => void} choose
 */
function offerKinds(ui, first, choose) {
  for (const [kind, words] of Object.entries(KINDS)) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "kind", value: kind, checked: kind === first });
    const face = document.createElement("span");
    face.textContent = words;
    choice.append(input, face);
    input.addEventListener("change", () => {
      say(ui.kindTip, `collect.${kind}.tip`);
      choose(kind);
    });
    ui.kinds.append(choice);
  }
  say(ui.kindTip, `collect.${first}.tip`);
}
