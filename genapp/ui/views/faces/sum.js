// Arithmetic with faces: the one on the stage, less another, plus a third.

import { derived } from "../../web/consent.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";
import { canvasOf, pictureCells } from "../../web/widgets.js";
import { samePerson } from "./lineage.js";

// `look(picture)` puts one on the stage with a way there, `put(picture)` at once.
export function makeSum(ui, tab, grid, stage, { look, put, record }) {
  let points = null; // { model, first, minus, plus }: what the server is asked
  const results = new WeakMap(); // of points: { sheet, picture }
  let due = null; // { before }: the result is to take the stage, unless something else does meanwhile
  let open = false;
  let last = null;

  const isDue = () => Boolean(due) && stage.coming === due.before;

  const tiles = [["first"], ["minus", "−"], ["plus", "+"], ["result", "="]].map(([name, sign]) => {
    if (sign) {
      const mark = document.createElement("b");
      mark.textContent = sign;
      mark.ariaHidden = "true";
      ui.sum.append(mark);
    }
    const tile = document.createElement("div");
    tile.className = `term ${name}`;
    const isResult = name === "result";
    const [cell] = pictureCells(tile, 1, () => [isResult ? "sum.show" : `sum.${name}`]);
    const caption = document.createElement(isResult ? "span" : "button");
    say(caption, `sum.${name}`);
    if (isResult) cell.addEventListener("click", showResult);
    else {
      Object.assign(caption, { type: "button", className: "quiet" });
      caption.addEventListener("click", () => {
        grid.pick({ button: caption, hint: "sum.pick", chosen: (picture) => choose(name, picture) });
      });
      cell.addEventListener("click", () => caption.click());
    }
    tile.append(caption);
    ui.sum.append(tile);
    return { tile, cell };
  });

  function choose(name, { model, point }) {
    if (model !== points.model) return toast("sum.stranger");
    record();
    points = { ...points, [name]: point };
    due = { before: stage.coming };
    draw();
  }

  function showResult() {
    const result = results.get(points);
    if (result && stage.coming !== result.picture) look(result.picture);
  }

  const draw = latest(async () => {
    const asked = points;
    if (!asked || !(open || due)) return;
    if (!results.has(asked)) {
      const reply = await call("combine", asked);
      const picture = { model: asked.model, point: derived(reply.ws[0], asked.first, asked.minus, asked.plus), said: ["of.sum", {}], isSum: true };
      results.set(asked, { sheet: await openSheet(reply), picture });
    }
    if (asked !== points) return; // another draw follows
    const { sheet, picture } = results.get(asked);
    tiles.forEach(({ cell }, index) => drawCell(canvasOf(cell), sheet, index));
    layout();
    if (isDue()) put(picture);
    due = null;
  });

  function layout() {
    for (const { tile, cell } of tiles) sizeCanvas(canvasOf(cell), roomIn(tile));
  }

  // The face on the stage is the first; the others are neighbours in the grid until the visitor chooses.
  function begin() {
    if (last?.isSum || (points && !last)) return draw();
    const first = last ?? { model: grid.asked.model, point: grid.beside(null, 0) };
    const { model, point } = first;
    const known = points?.model === model;
    if (known && samePerson({ point: points.first }, first)) return draw();
    const others = known ? points : { minus: grid.beside(first), plus: grid.beside(first, 2) };
    points = { ...others, model, first: point };
    draw();
  }

  new ResizeObserver(layout).observe(ui.sum);

  return {
    open(isOpen) {
      open = isOpen;
      if (open) begin();
    },
    // The stage has another picture, or null on a walk.
    follow(picture) {
      last = picture;
      if (open && picture) begin();
    },
    get state() {
      return { points, due: isDue() };
    },
    set state(then) {
      points = then.points;
      due = then.due ? { before: stage.coming } : null;
      if (open && !points) begin(); // back before the sum was first seen
      else draw();
    },
  };
}
