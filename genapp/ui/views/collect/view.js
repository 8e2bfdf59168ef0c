// The Collect view: how many of each, in which format; a file of labelled pictures comes back.

import { randomSeed, refs } from "../../web/helpers.js";
import { label, language, say } from "../../web/i18n.js";
import { makeJob } from "../../web/job.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { fade, openSheet, paint, roomIn, sizeCanvas } from "../../web/pictures.js";
import { ofSeeds } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { badge, modelPicker, speakBadge } from "../../web/widgets.js";

const KINDS = { png: "PNG", npz: "NumPy", parquet: "Parquet", idx: "IDX" };

export default function collectView(root, tab) {
  const ui = refs(root);
  const EACH = 100;
  let model = tab.writers[0];
  let seed = tab.usual.seed;
  let truncation = 1;
  let kind = "png";
  let counts = new Map();
  let inputs = new Map();

  const job = makeJob({ idle: ui.idle, busy: ui.busy, progress: ui.progress, cancel: ui.cancel });
  const picker = modelPicker(ui.models, tab.writers, (name) => {
    model = tab.writers.find((one) => one.name === name);
    offerCounts();
    show(true);
  });

  // --- how many -----------------------------------------------------------------------------------------------------

  function offerCounts() {
    const labels = tab.labels[model.name];
    counts = new Map(labels.map((one) => [one, counts.get(one) ?? EACH]));
    inputs = new Map();
    ui.counts.replaceChildren(
      ...labels.map((one) => {
        const box = document.createElement("label");
        const name = document.createElement("b");
        name.textContent = one;
        const input = document.createElement("input");
        Object.assign(input, { type: "text", inputMode: "numeric", autocomplete: "off", maxLength: 6 });
        label(input, "collect.count", { label: one });
        input.addEventListener("input", () => {
          if (/^\d+$/.test(input.value.trim())) counts.set(one, Number(input.value));
          showSum();
        });
        input.addEventListener("change", showCounts);
        inputs.set(one, input);
        box.append(name, input);
        return box;
      }),
    );
    showCounts();
  }

  const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);

  function showCounts() {
    for (const [one, input] of inputs) input.value = counts.get(one);
    const values = new Set(counts.values());
    ui.each.value = values.size === 1 ? [...values][0] : "";
    showSum();
  }

  function showSum() {
    const fits = total() >= 1 && total() <= tab.most;
    ui.make.disabled = !fits;
    say(ui.make, "collect.make", { total: total().toLocaleString(language()) });
    say(ui.sum, fits ? "collect.promise" : "collect.most", { most: tab.most.toLocaleString(language()) });
    ui.sum.classList.toggle("bad", !fits);
    const each = [...counts].filter(([, count]) => count > 0).map(([one, count]) => `${one}=${count}`);
    const even = new Set(counts.values()).size === 1;
    const many = even ? `--count ${total()}` : `--each ${each.join(" ")}`;
    const rest = `--seed ${seed} --truncation ${truncation} --kind ${kind}`;
    ui.command.textContent = `python -m genapp dataset ${model.name} ${many} ${rest}`;
  }

  ui.each.addEventListener("input", () => {
    if (!/^\d+$/.test(ui.each.value.trim())) return;
    for (const one of counts.keys()) counts.set(one, Number(ui.each.value));
    for (const [one, input] of inputs) input.value = counts.get(one);
    showSum();
  });
  ui.each.addEventListener("change", showCounts);
  ui.even.addEventListener("click", () => {
    for (const one of counts.keys()) counts.set(one, EACH);
    showCounts();
  });

  // --- in which format ----------------------------------------------------------------------------------------------

  for (const [name, words] of Object.entries(KINDS)) {
    const choice = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "kind", value: name, checked: name === kind });
    const face = document.createElement("span");
    face.textContent = words;
    choice.append(input, face);
    input.addEventListener("change", () => {
      kind = name;
      say(ui.kindTip, `collect.${kind}.tip`);
      showSum();
    });
    ui.kinds.append(choice);
  }
  say(ui.kindTip, `collect.${kind}.tip`);

  // --- what it will look like ---------------------------------------------------------------------------------------

  const show = latest(async (soft) => {
    const mine = model;
    const labels = tab.labels[mine.name];
    const conditions = { [tab.condition[mine.name]]: labels };
    const pictures = ofSeeds({ model: mine.name, seed, count: 8, truncation }, { conditions });
    const reply = await call("render", { pictures });
    const sheet = await openSheet(reply);
    let canvases = [...ui.grid.children];
    const same = canvases.length === sheet.count;
    if (!same) {
      canvases = Array.from({ length: sheet.count }, () => document.createElement("canvas"));
      ui.grid.replaceChildren(...canvases);
    }
    ui.grid.style.setProperty("--columns", labels.length);
    (soft && same ? fade : paint)(canvases, sheet);
    ui.grid.dataset.shown = JSON.stringify({ model: mine.name, seed, truncation });
    layout();
    badge(ui.badge, mine, reply);
  });

  function layout() {
    const canvases = [...ui.grid.children];
    canvases.forEach((canvas) => sizeCanvas(canvas, roomIn(ui.grid) / tab.labels[model.name].length));
  }

  // --- controls -----------------------------------------------------------------------------------------------------

  const make = () => {
    const wanted = Object.fromEntries([...counts].filter(([, count]) => count > 0));
    return job.run("collect", { model: model.name, counts: wanted, seed, truncation, kind });
  };

  function showControls() {
    ui.seed.value = seed;
    ui.variety.value = truncation;
    ui.varietyOut.textContent = truncation.toFixed(2);
    showSum();
  }

  ui.make.addEventListener("click", make);
  ui.seed.addEventListener("change", () => {
    const next = Number(ui.seed.value);
    if (/^\d+$/.test(ui.seed.value.trim()) && next <= limits.seed - tab.most) {
      seed = next;
      show(true);
    }
    showControls();
  });
  ui.variety.addEventListener("input", () => {
    truncation = Number(ui.variety.value);
    showControls();
    show(false);
  });
  new ResizeObserver(layout).observe(ui.grid);
  picker.set(model.name);
  offerCounts();
  showControls();
  show(false);

  return {
    primary: () => {
      seed = randomSeed();
      showControls();
      show(true);
    },
    shown: layout,
    speak() {
      picker.speak();
      speakBadge(ui.badge);
      showSum();
    },
  };
}
