// The words view: a page of words, and others at a click.

import { refs } from "../../web/helpers.js";
import { call } from "../../web/server.js";
import { complain } from "../../web/toast.js";

const COUNT = 6;

export default function wordsView(root, tab) {
  const ui = refs(root);
  let seed = -COUNT;

  async function fresh() {
    seed += COUNT;
    const { words } = await call("spell", { model: tab.models[0].name, seed, count: COUNT });
    ui.page.textContent = words.join(" ");
  }

  const show = () => fresh().catch(complain);
  ui.fresh.addEventListener("click", show);
  show();
  return { primary: show, shown: () => {}, speak: () => {} };
}
