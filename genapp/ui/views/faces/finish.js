// Finishing: sliders for light, colour and sharpness, and a curtain between before and after.

import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { alone } from "../../web/stage.js";
import { sliderRow } from "../../web/widgets.js";

// `wish(finish)` hears every change; `oneStep(slider)` makes a drag one step to undo.
export function makeFinish(ui, tab, stage, { wish, record, oneStep }) {
  const neutral = Object.fromEntries(tab.sliders.map(({ name, neutral }) => [name, neutral]));
  let wanted = neutral;
  let shown = null; // { picture, plain }: whose before is on the curtain

  const rows = tab.sliders.map((slider) => {
    const { name } = slider;
    const changed = (value) => choose({ [name]: value });
    const words = [[`finish.${name}`, {}], [`finish.${name}.tip`, {}]];
    return { slider, ...sliderRow(ui.sliders, slider, ...words, { changed, record, oneStep }) };
  });

  const isNeutral = () => rows.every(({ slider }) => wanted[slider.name] === slider.neutral);

  function choose(change) {
    wanted = { ...wanted, ...change };
    showSliders();
    wish(get());
  }

  function showSliders() {
    for (const { slider, show } of rows) show(wanted[slider.name]);
    ui.finishReset.disabled = isNeutral();
    ui.trays.querySelector("[data-tray=finish]").classList.toggle("on", !isNeutral());
  }

  // Undefined where nothing is wanted: then nobody need speak of it.
  function get() {
    return isNeutral() ? undefined : wanted;
  }

  // --- before and after ---------------------------------------------------------------------------------------------

  const fetchBefore = latest(async (picture) => {
    const sheet = await openSheet(await call("render", alone(picture)));
    await stage.still;
    showBefore(picture, sheet);
  });

  function showBefore(picture, sheet) {
    if (shown !== picture) return; // something else took the stage meanwhile
    drawCell(ui.before, sheet, 1);
    ui.beforeBox.hidden = !ui.compare.checked;
    layout();
  }

  function layout() {
    if (!ui.beforeBox.hidden) sizeCanvas(ui.before, roomIn(ui.stage.parentElement));
    ui.beforeBox.style.setProperty("--curtain", `${ui.curtain.value}%`);
  }

  ui.curtain.addEventListener("input", layout);
  ui.compare.addEventListener("change", () => {
    ui.beforeBox.hidden = !(ui.compare.checked && shown);
    layout();
  });
  ui.finishReset.addEventListener("click", () => {
    record();
    choose(neutral);
  });
  new ResizeObserver(layout).observe(ui.stage.parentElement);
  showSliders();

  return {
    get,
    // The stage has another picture, perhaps with the sheet that holds its before.
    follow(picture, sheet) {
      shown = picture?.recipe.finish ? picture : null;
      if (picture) {
        const grey = tab.models.find((one) => one.name === picture.recipe.model).channels === 1;
        for (const { slider, row } of rows) row.hidden = grey && slider.colour;
        wanted = { ...neutral, ...picture.recipe.finish };
        showSliders();
      }
      if (sheet?.count === 2) return showBefore(picture, sheet);
      ui.beforeBox.hidden = true;
      if (shown) fetchBefore(picture);
    },
  };
}
