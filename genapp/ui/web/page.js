// The frame: language, colours, tabs and views, keys, dropped files, the model card.

import { floats, toBase64 } from "./files.js";
import { recall, refs, remember } from "./helpers.js";
import { label, language, learn, say, speakIn, t, translate } from "./i18n.js";
import { learnLimits, limits } from "./limits.js";
import { saying } from "./recipes.js";
import { Trouble, call, connect } from "./server.js";
import { complain, toast } from "./toast.js";
import { fullTitle } from "./widgets.js";

// Opens the page in Gradio's component: `server` has its calls, `start` is all that it knows at first.
export async function startPage(element, server, start) {
  const root = element.querySelector("[data-ref=page]");
  const ui = refs(root);
  const languages = Object.keys(start.languages);
  connect(server, root);
  learn(start.text);
  learnLimits(start.limits);
  const makers = await loadViews(start.tabs);
  let shown = null; // { tab, name, view }

  // --- language and colours -----------------------------------------------------------------------------------------

  function firstLanguage() {
    const asked = new URLSearchParams(location.search).get("lang") || recall("language");
    if (languages.includes(asked)) return asked;
    const known = navigator.languages.map((name) => name.slice(0, 2)).find((name) => languages.includes(name));
    return known || languages[0];
  }

  const following = (one) => languages[(languages.indexOf(one) + 1) % languages.length];

  function speak(next) {
    speakIn(next);
    document.documentElement.lang = next === "zh" ? "zh-Hans" : next;
    const other = following(next);
    ui.language.textContent = start.languages[other];
    ui.language.lang = other;
    ui.language.title = ui.language.ariaLabel = start.text[other]["to.language"]; // each language invites in its own words
    translate(root);
    document.title = `GenApp · ${t("tagline")}`;
    for (const tab of start.tabs) for (const view of tab.open?.values() ?? []) view.speak();
    showColours();
  }

  ui.language.addEventListener("click", () => {
    const next = following(language());
    remember("language", next);
    speak(next);
  });

  // Gradio follows the system; what the visitor chose here goes before.
  function colours(name) {
    document.body.classList.toggle("dark", name === "dark");
    document.documentElement.style.colorScheme = name;
    showColours();
  }

  function showColours() {
    label(ui.theme, document.body.classList.contains("dark") ? "to.light" : "to.dark");
    ui.theme.title = ui.theme.ariaLabel;
  }

  ui.theme.addEventListener("click", () => {
    const next = document.body.classList.contains("dark") ? "light" : "dark";
    remember("colours", next);
    colours(next);
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const host = new URLSearchParams(location.search).get("__theme"); // a Space asks for its own page's colours
  const wanted = () => recall("colours") || host || (dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => colours(wanted()));

  // --- tabs and views -----------------------------------------------------------------------------------------------

  function build(tab) {
    tab.panel = root.querySelector(`[data-tab=${tab.name}]`);
    tab.open = new Map();
    tab.switch = document.createElement("nav");
    tab.switch.className = "switch";
    label(tab.switch, "views");
    for (const name of tab.views) tab.switch.append(button(`view.${name}`, () => go(tab, name)));
    ui.views.append(tab.switch);
    tab.button = button(`tab.${tab.name}`, () => go(tab, tab.last ?? tab.views[0]));
    tab.button.setAttribute("role", "tab");
    ui.tabs.append(tab.button);
  }

  function button(key, click) {
    const made = document.createElement("button");
    made.type = "button";
    say(made, key);
    made.addEventListener("click", click);
    return made;
  }

  // A view is made when it is first shown.
  function go(tab, name) {
    for (const other of start.tabs) {
      other.panel.hidden = other !== tab;
      other.switch.hidden = other !== tab || tab.views.length < 2;
      other.button.setAttribute("aria-selected", other === tab);
    }
    tab.views.forEach((view, index) => {
      tab.panel.querySelector(`[data-view=${view}]`).hidden = view !== name;
      tab.switch.children[index].setAttribute("aria-pressed", view === name);
    });
    tab.last = name;
    const left = shown?.view;
    if (!tab.open.has(name)) tab.open.set(name, makers.get(name)(tab.panel.querySelector(`[data-view=${name}]`), tab, { take, find }));
    shown = { tab, name, view: tab.open.get(name) };
    if (left && left !== shown.view) left.hidden?.();
    history.replaceState(null, "", `${location.pathname}${location.search}#${tab.name}-${name}`);
    shown.view.shown();
    return shown.view;
  }

  // A picture from elsewhere takes the stage.
  const take = (tab, picture) => go(tab, tab.home[picture.recipe.model]).take(picture);

  const find = (tab, place) => go(tab, "map").find(place).catch(complain);

  // --- files --------------------------------------------------------------------------------------------------------

  async function openFile(file) {
    try {
      const { megabytes } = limits;
      if (file.size > megabytes * 1e6) throw new Trouble("large", { megabytes });
      const reply = await call("reopen", { png: await toBase64(file) });
      await bring(reply, "of.file");
      const verdicts = { identical: "same", "within tolerance": "close", different: "different", "another model": "other" };
      toast(`open.${verdicts[reply.verdict]}`);
    } catch (error) {
      complain(error);
    }
  }

  // What an opened PNG or a followed link says takes the stage of its tab.
  async function bring({ recipe, private: own }, of) {
    const { model, w, mix } = recipe;
    const tab = start.tabs.find((one) => one.models.some((known) => known.name === model));
    if (!tab) throw new Trouble("stranger", { model });
    if (tab.flat?.[0] === model && w) return find(tab, floats(w));
    return take(tab, { recipe, private: own, said: mix ? ["of.mix", {}] : saying({ recipe }, of) });
  }

  async function follow(query) {
    try {
      const reply = await call("follow", { query });
      await bring(reply, "of.link");
      if (reply.verdict !== "identical") toast("open.other");
    } catch (error) {
      complain(error);
    }
  }

  root.addEventListener("openfile", (event) => openFile(event.detail));
  const carriesFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    say(ui.dropWords, shown?.view.takesFile ? "photo.drop" : "drop");
    ui.drop.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) ui.drop.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    ui.drop.hidden = true;
    if (!carriesFile(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) (shown?.view.takesFile ?? openFile)(file);
  });

  // --- the model card -----------------------------------------------------------------------------------------------

  async function openCard(model) {
    try {
      const { facts, html } = await call("about", { model: model.name });
      ui.cardTitle.textContent = fullTitle(model);
      ui.cardFacts.replaceChildren();
      for (const [name, value] of Object.entries(facts)) {
        if (value === "") continue;
        const [key, fact] = [document.createElement("dt"), document.createElement("dd")];
        say(key, `card.${name}`);
        fact.textContent = typeof value === "number" ? value.toLocaleString(language()) : value;
        ui.cardFacts.append(key, fact);
      }
      ui.cardNote.hidden = language() === "en" && Boolean(html);
      say(ui.cardNote, html ? "card.language" : "card.none");
      ui.cardText.innerHTML = html; // the server lets no author's HTML through
      ui.card.showModal();
    } catch (error) {
      complain(error);
    }
  }

  root.addEventListener("opencard", (event) => openCard(event.detail));
  ui.cardClose.addEventListener("click", () => ui.card.close());
  ui.card.addEventListener("click", (event) => {
    if (event.target === ui.card) ui.card.close();
  });

  // --- keys ---------------------------------------------------------------------------------------------------------

  // Whoever clicks with a mouse means the page, not the button, with the next press of space.
  root.addEventListener("click", (event) => {
    if (event.detail) event.target.closest("button:not(.cell)")?.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || root.querySelector("dialog[open]") || !shown) return;
    const own = event.target.closest("input, textarea, select, summary, a, button");
    if (own && !own.matches(".cell, .primary, input[type=range]")) return;
    event.preventDefault();
    shown.view.primary();
  });

  // Gradio's <base> would make a plain "#" link load the page again.
  ui.skip.addEventListener("click", (event) => {
    event.preventDefault();
    ui.main.focus();
  });

  // --- drawers: folded on a phone, always open elsewhere ------------------------------------------------------------

  const phone = matchMedia("(max-width: 720px)");
  const fold = () => root.querySelectorAll("details.drawer").forEach((drawer) => (drawer.open = !phone.matches));
  phone.addEventListener("change", fold);
  fold();

  // --- off we go ----------------------------------------------------------------------------------------------------

  start.tabs.forEach(build);
  ui.tabs.hidden = start.tabs.length < 2;
  if (ui.broken) ui.broken.hidden = !start.problems.length;
  for (const folder of ui.problems ? start.problems : []) {
    const line = document.createElement("li");
    line.textContent = folder;
    ui.problems.append(line);
  }
  colours(wanted());
  speak(firstLanguage());
  const query = location.hash.startsWith("#model=") ? location.hash.slice(1) : null;
  const [name, view] = query ? [] : location.hash.slice(1).split("-");
  const tab = start.tabs.find((one) => one.name === name) ?? start.tabs[0];
  if (tab) go(tab, tab.views.includes(view) ? view : tab.views[0]);
  if (query) follow(query);
  root.classList.add("ready");
}

// The views' makers by name: a view is a folder whose view.js exports it.
async function loadViews(tabs) {
  const names = [...new Set(tabs.flatMap((tab) => tab.views))];
  const modules = await Promise.all(names.map((name) => import(`../views/${name}/view.js`)));
  return new Map(names.map((name, index) => [name, modules[index].default]));
}
