// The Make view: a grid of pictures from seeds, one of them on the stage, walks between two.

import { makeGrid } from "../../web/grid.js";
import { refs } from "../../web/helpers.js";
import { makeKeep } from "../../web/keep.js";
import { makeStage } from "../../web/stage.js";
import { gridAndStage, stageFollows } from "../../web/widgets.js";

/** @import { Said } from "../../web/types" */

/** @type {import("../../web/types").ViewMaker} */
export default function makeView(root, tab) {
  /** @type {import("./refs").Refs} */
  const ui = refs(root);
  /** @type {Said | null} */
  let chosen = null;

  const stage = makeStage(ui, tab, (picture) => {
    chosen = picture;
    grid.mark();
  });
  const grid = makeGrid(root, ui, tab, {
    current: () => chosen,
    chosen: (picture, event) => (event.shiftKey ? walkTo : stage.show)(picture),
    drawn: () => stageFollows(grid, stage),
  });
  makeKeep(ui, tab, stage, () => grid.asked.model);

  /** @param {Said} picture */
  function walkTo(picture) {
    stage.walkTo(picture);
    chosen = picture;
    grid.mark();
  }

  ui.walkTo.addEventListener("click", () => {
    stage.hold();
    grid.pick({ button: ui.walkTo, hint: "walk.pick", chosen: walkTo });
  });
  ui.surprise.addEventListener("click", () => stage.tour(grid.asked.model, grid.asked.truncation));
  ui.siblings.addEventListener("click", () => {
    const held = stage.hold();
    if (held) grid.showNear(held);
  });

  grid.start(tab.first?.grid);
  if (tab.first) {
    const { tour, asked } = tab.first;
    stage.showWalk(asked, tour, [`stage.tour.${tab.noun}`, { count: asked.pictures.length }]);
  } else stage.tour(grid.asked.model, grid.asked.truncation);

  return gridAndStage(grid, stage);
}
