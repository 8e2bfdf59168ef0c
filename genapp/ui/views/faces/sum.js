// Arithmetic with faces: the one on the stage, less another, plus a third.

import { canvasOf, pictureCells } from "../../web/board.js";
import { say } from "../../web/i18n.js";
import { latest } from "../../web/latest.js";
import { drawCell, openSheet, roomIn, sizeCanvas } from "../../web/pictures.js";
import { envelope, samePicture } from "../../web/recipes.js";
import { call } from "../../web/server.js";
import { toast } from "../../web/toast.js";

// `look(picture)` puts one on the stage with a way there, `put(picture)` at once.
export function makeSum(ui, tab, grid, stage, { look, put, record }) {
  let terms = null; // { first, minus, plus }: pictures
  const results = new WeakMap(); // of terms: { sheet, picture }
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

  function choose(name, picture) {
    if (picture.recipe.model !== terms.first.recipe.model) return toast("sum.stranger");
    record();
    terms = { ...terms, [name]: picture };
    due = { before: stage.coming };
    draw();
  }

  function showResult() {
    const result = results.get(terms);
    if (result && stage.coming !== result.picture) look(result.picture);
  }

  const draw = latest(async () => {
    const asked = terms;
    if (!asked || !(open || due)) return;
    if (!results.has(asked)) {
      const reply = await call("combine", { pictures: [asked.first, asked.minus, asked.plus].map(envelope) });
      const picture = { ...reply.pictures[0], said: ["of.sum", {}], isSum: true };
      results.set(asked, { sheet: await openSheet(reply), picture });
    }
    if (asked !== terms) return; // another draw follows
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
    if (last?.isSum || (terms && !last)) return draw();
    const first = last ?? grid.beside(null, 0);
    if (terms && samePicture(terms.first, first)) return draw();
    const known = terms?.first.recipe.model === first.recipe.model;
    const others = known ? terms : { minus: grid.beside(first), plus: grid.beside(first, 2) };
    terms = { ...others, first };
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
      return { terms, due: isDue() };
    },
    set state(then) {
      terms = then.terms;
      due = then.due ? { before: stage.coming } : null;
      if (open && !terms) begin(); // back before the sum was first seen
      else draw();
    },
  };
}
