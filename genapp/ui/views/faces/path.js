// A walk through chosen pictures: stops, how it is walked, and films of it to keep.

import { canvasOf, pictureCells } from "../../web/board.js";
import { randomSeed } from "../../web/helpers.js";
import { say } from "../../web/i18n.js";
import { makeJob } from "../../web/job.js";
import { latest } from "../../web/latest.js";
import { limits } from "../../web/limits.js";
import { sizeCanvas } from "../../web/pictures.js";
import { changed, envelope, ofSeed, samePicture } from "../../web/recipes.js";
import { toast } from "../../web/toast.js";
import { drawPicture } from "../../web/widgets.js";

const PACES = { quick: 12, calm: 24, slow: 36 }; // frames from stop to stop
const FILM_RATE = 24;

// `finish()` is what its frames are finished with.
export function makePath(ui, tab, grid, stage, finish) {
  let stops = []; // pictures

  function request(steps) {
    const pictures = stops.map((stop) => envelope(changed(stop, { finish: finish() })));
    return { pictures, steps, closed: ui.loop.checked };
  }

  function play() {
    if (stops.length < 2) return;
    const pace = PACES[ui.pace.value];
    const steps = Math.min(pace, Math.floor(limits.frames / stops.length));
    stage.go(request(steps), ["path.playing", { count: stops.length }], ((1000 / FILM_RATE) * pace) / steps);
  }

  function add(picture) {
    if (stops.length && stops[0].recipe.model !== picture.recipe.model) change([]);
    const there = stops.findIndex((stop) => samePicture(stop, picture));
    if (there >= 0) return remove(there);
    if (stops.length >= limits.stops) return toast("path.full", { count: limits.stops });
    change([...stops, picture]);
  }

  const remove = (index) => change(stops.filter((_, at) => at !== index));

  // Somewhere else, anywhere.
  function wander() {
    const { model, truncation } = grid.asked;
    change(Array.from({ length: 4 }, () => ofSeed(model, randomSeed(), truncation)));
  }

  function change(next) {
    grid.record();
    stops = next;
    showStops();
    play();
  }

  // --- stops --------------------------------------------------------------------------------------------------------

  const draw = latest(async () => {
    const mine = stops;
    const box = document.createElement("span");
    const cells = pictureCells(box, mine.length, (index) => ["path.remove", { number: index + 1 }]);
    for (const [index, cell] of cells.entries()) {
      await drawPicture(canvasOf(cell), mine[index]);
      cell.addEventListener("click", () => remove(index));
    }
    ui.stops.querySelectorAll(".cell").forEach((cell) => cell.remove());
    ui.stops.prepend(...cells);
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), 44));
  });

  function showStops() {
    draw();
    mark();
    surprise.hidden = stops.length > 0;
    clear.hidden = !stops.length;
    const ready = stops.length > 1;
    ui.mp.disabled = ui.webp.disabled = !ready;
    say(hint, ready ? null : stops.length ? "path.one" : "path.tip");
    offer();
  }

  function mark() {
    const order = new Map(stops.map((stop, index) => [grid.place(stop), index + 1]));
    grid.cells.forEach((cell, index) => {
      if (order.has(index)) cell.dataset.stop = order.get(index);
      else delete cell.dataset.stop;
    });
  }

  // The stage plays and pauses a walk that it has; when it has none, these stops make one.
  function offer() {
    if (ui.walk.classList.contains("idle")) ui.play.disabled = stops.length < 2;
  }

  ui.play.addEventListener("click", () => {
    if (ui.walk.classList.contains("idle")) play();
  });

  function tool(key, click) {
    const made = document.createElement("button");
    made.type = "button";
    say(made, key);
    made.addEventListener("click", click);
    ui.tools.append(made);
    return made;
  }

  const choose = tool("path.add", () => grid.pick({ button: choose, hint: "path.pick", many: true, chosen: add }));
  tool("path.this", () => {
    const held = stage.hold();
    if (held) add(held);
  });
  const surprise = tool("path.surprise", wander);
  const clear = tool("path.clear", () => {
    stage.hold();
    change([]);
  });
  const hint = document.createElement("p");
  hint.className = "note";
  ui.stops.append(hint);
  for (const name of Object.keys(PACES)) {
    const option = new Option("", name);
    say(option, `path.${name}`);
    ui.pace.append(option);
  }
  ui.pace.value = "calm";
  ui.pace.addEventListener("change", play);
  ui.loop.addEventListener("change", play);

  // --- films: the server makes them beside its other work -----------------------------------------------------------

  const films = makeJob({ idle: ui.films, busy: ui.filming, progress: ui.progress, cancel: ui.unfilm });
  const keep = (kind) => films.run("film", { ...request(PACES[ui.pace.value]), kind });

  ui.mp.addEventListener("click", () => keep("mp4"));
  ui.webp.addEventListener("click", () => keep("webp"));
  showStops();

  return {
    add,
    mark,
    offer,
    play,
    wander,
    get stops() {
      return stops;
    },
    set stops(next) {
      stops = next;
      showStops();
    },
  };
}
