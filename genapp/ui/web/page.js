// The page: puts its parts together and opens the first view.

import { makeBringing } from "./bringing.js";
import { makeCards } from "./cards.js";
import { makeColours } from "./colours.js";
import { takeDroppedFiles } from "./dropped_files.js";
import { refs } from "./helpers.js";
import { learn } from "./i18n.js";
import { listenToKeys } from "./keys.js";
import { makeLanguages } from "./languages.js";
import { learnLimits } from "./limits.js";
import { connect } from "./server.js";
import { loadOthers, makeTabs } from "./tabs.js";
import { complain } from "./toast.js";

/** @import { NoneRefs } from "./parts/refs" */
/** @import { PageRefs } from "./refs" */
/** @import { Server, Start } from "./types" */

/**
 * Opens the page in Gradio's component.
 * @param {HTMLElement} element
 * @param {Server} server has its calls
 * @param {Start} start all that the page knows at first
 */
export async function startPage(element, server, start) {
  const root = /** @type {HTMLElement} */ (element.querySelector("[data-ref=page]"));
  /** @type {PageRefs & Partial<NoneRefs>} */
  const ui = refs(root);
  connect(server, root);
  learn(start.text);
  learnLimits(start.limits);
  const tabs = makeTabs(root, ui, start.tabs);
  const colours = makeColours(ui);
  const languages = makeLanguages(root, ui, start, () => {
    tabs.speak();
    colours.speak();
  });
  const { openFile, follow } = makeBringing(start.tabs, tabs.frame);
  makeCards(root, ui);
  root.addEventListener("openfile", ({ detail }) => openFile(detail));
  takeDroppedFiles(ui, () => tabs.shown, openFile);
  listenToKeys(root, ui, () => tabs.shown);
  foldDrawers(root);
  ui.tabs.hidden = start.tabs.length < 2;
  showProblems(ui, start.problems);
  colours.wearFirst();
  languages.speakFirst();
  const query = location.hash.startsWith("#model=") ? location.hash.slice(1) : null;
  const [name, view] = query ? [] : location.hash.slice(1).split("-");
  const tab = start.tabs.find((one) => one.name === name) ?? start.tabs[0];
  if (tab) await tabs.go(tab, view && tab.views.includes(view) ? view : tab.views[0]).catch(complain);
  if (query) follow(query);
  root.classList.add("ready");
  setTimeout(() => loadOthers(start.tabs), 1000); // the first pictures go before
}

/**
 * Folders that hold no model that can be read.
 * @param {Partial<NoneRefs>} ui
 * @param {string[]} folders
 */
function showProblems({ broken, problems }, folders) {
  if (broken) broken.hidden = !folders.length;
  for (const folder of problems ? folders : []) {
    const line = document.createElement("li");
    line.textContent = folder;
    problems?.append(line);
  }
}

/**
 * Drawers are folded on a phone, always open elsewhere.
 * @param {HTMLElement} root
 */
function foldDrawers(root) {
  const phone = matchMedia("(max-width: 720px)");
  const drawers = /** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll("details.drawer"));
  const fold = () => drawers.forEach((drawer) => (drawer.open = !phone.matches));
  phone.addEventListener("change", fold);
  fold();
}
