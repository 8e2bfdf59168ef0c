// Tabs and their views. A view is a folder whose view.js exports its maker; it is loaded when it is first shown.

import { label, say } from "./i18n.js";
import { Trouble } from "./server.js";
import { complain } from "./toast.js";

/** @import { Frame, Start, TabInfo, View, ViewMaker } from "./types" */
/** @import { PageRefs } from "./refs" */

/**
 * A tab on the page: its button, the switch between its views, those that are made, and the one that was seen last.
 * @typedef {object} Tab
 * @property {TabInfo} info
 * @property {HTMLElement} panel
 * @property {HTMLElement} nav
 * @property {HTMLButtonElement} button
 * @property {Map<string, View>} made
 * @property {string} last
 */

/** @typedef {ReturnType<typeof makeTabs>} Tabs */

/**
 * @param {HTMLElement} root
 * @param {PageRefs} ui
 * @param {Start["tabs"]} infos
 */
export function makeTabs(root, ui, infos) {
  const state = {
    /** @type {View | null} */
    shown: null,
    turns: 0, // a view may come late, when the visitor wants another one
  };
  const tabs = infos.map((info) => build(root, ui, info, open));
  /** @type {Frame} */
  const frame = {
    take: async (info, picture) => (await go(info, info.home[picture.recipe.model])).take?.(picture),
    find: (info, place) => go(info, "map").then((view) => view.find?.(place)).catch(complain),
  };

  /**
   * @param {Tab} tab
   * @param {string} name
   */
  async function bring(tab, name) {
    const turn = ++state.turns;
    const make = await load(name);
    const view = tab.made.get(name) ?? make(panelOf(tab, name), tab.info, frame);
    tab.made.set(name, view);
    if (turn !== state.turns) return view;
    for (const other of tabs) mark(other, other === tab);
    tab.info.views.forEach((one, index) => {
      panelOf(tab, one).hidden = one !== name;
      tab.nav.children[index].setAttribute("aria-pressed", String(one === name));
    });
    tab.last = name;
    const left = state.shown;
    state.shown = view;
    if (left && left !== view) left.hidden?.();
    history.replaceState(null, "", `${location.pathname}${location.search}#${tab.info.name}-${name}`);
    view.shown();
    return view;
  }

  /**
   * @param {Tab} tab
   * @param {string} name
   */
  function open(tab, name) {
    bring(tab, name).catch(complain);
  }

  /**
   * @param {TabInfo} info
   * @param {string} name
   */
  function go(info, name) {
    return bring(/** @type {Tab} */ (tabs.find((tab) => tab.info === info)), name);
  }

  return {
    go,
    frame,
    /** The view that is seen. */
    get shown() {
      return state.shown;
    },
    speak() {
      for (const tab of tabs) for (const view of tab.made.values()) view.speak();
    },
  };
}

/**
 * Loads the views that nobody has asked for yet, so that they are there when somebody does. One that does not come is
 * asked for again when it is opened.
 * @param {Start["tabs"]} infos
 */
export function loadOthers(infos) {
  for (const name of new Set(infos.flatMap((info) => info.views))) load(name).catch(() => null);
}

/**
 * @param {string} name
 * @returns {Promise<ViewMaker>}
 */
async function load(name) {
  try {
    /** @type {{ default: ViewMaker }} */
    const module = await import(`../views/${name}/view.js`);
    return module.default;
  } catch {
    throw new Trouble("offline");
  }
}

/**
 * @param {HTMLElement} root
 * @param {PageRefs} ui
 * @param {TabInfo} info
 * @param {(tab: Tab, name: string) => void} open
 * @returns {Tab}
 */
function build(root, ui, info, open) {
  const nav = document.createElement("nav");
  nav.className = "switch";
  label(nav, "views");
  const panel = /** @type {HTMLElement} */ (root.querySelector(`[data-tab=${info.name}]`));
  const head = button(`tab.${info.name}`, () => open(tab, tab.last));
  head.setAttribute("role", "tab");
  const tab = { info, panel, nav, button: head, made: new Map(), last: info.views[0] };
  for (const name of info.views) nav.append(button(`view.${name}`, () => open(tab, name)));
  ui.views.append(nav);
  ui.tabs.append(head);
  mark(tab, false);
  return tab;
}

/**
 * @param {Tab} tab
 * @param {boolean} seen
 */
function mark({ panel, nav, button: head, info }, seen) {
  panel.hidden = !seen;
  nav.hidden = !seen || info.views.length < 2;
  head.setAttribute("aria-selected", String(seen));
}

/**
 * @param {Tab} tab
 * @param {string} view
 */
function panelOf({ panel }, view) {
  return /** @type {HTMLElement} */ (panel.querySelector(`[data-view=${view}]`));
}

/**
 * @param {string} key
 * @param {() => void} click
 */
function button(key, click) {
  const made = document.createElement("button");
  made.type = "button";
  say(made, key);
  made.addEventListener("click", click);
  return made;
}
