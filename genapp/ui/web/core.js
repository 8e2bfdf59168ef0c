// Words, calls to the server, and the small things every view uses.
// All scripts share one scope: this file first, page.js last.

const page = { language: "en", text: {}, server: null, root: null, waiting: 0 };

class Trouble extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

function t(key, values = {}) {
  return page.text[page.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function has(key) {
  return key in page.text[page.language];
}

// Puts words into an element so that a change of language finds them again.
function say(element, key, values = {}) {
  if (!key) {
    delete element.dataset.t;
    element.textContent = "";
    return;
  }
  element.dataset.t = key;
  element.dataset.tValues = JSON.stringify(values);
  element.textContent = t(key, values);
}

function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) {
    element.textContent = t(element.dataset.t, JSON.parse(element.dataset.tValues || "{}"));
  }
  for (const element of root.querySelectorAll("[data-t-label]")) {
    const words = t(element.dataset.tLabel, JSON.parse(element.dataset.tValues || "{}"));
    element.setAttribute("aria-label", words);
    if (element.tagName === "BUTTON" && !element.classList.contains("cell")) element.title = words;
  }
  for (const element of root.querySelectorAll("[data-t-tip]")) {
    element.title = t(element.dataset.tTip, JSON.parse(element.dataset.tTipValues || "{}"));
  }
}

function label(element, key, values = {}) {
  element.dataset.tLabel = key;
  element.dataset.tValues = JSON.stringify(values);
  element.setAttribute("aria-label", t(key, values));
}

function tip(element, key, values = {}) {
  element.dataset.tTip = key;
  element.dataset.tTipValues = JSON.stringify(values);
  element.title = t(key, values);
}

// Asks the server. Throws Trouble, whose code is a key below "error." in text.py.
async function call(name, request) {
  page.waiting += 1;
  page.root.ariaBusy = "true";
  const slow = setTimeout(() => page.root.classList.add("waiting"), 300);
  let reply;
  try {
    reply = await page.server[name](request);
  } catch {
    reply = null;
  } finally {
    clearTimeout(slow);
    page.waiting -= 1;
    if (!page.waiting) {
      page.root.ariaBusy = "false";
      page.root.classList.remove("waiting");
    }
  }
  if (!reply) throw new Trouble("offline"); // Gradio's client tells of a lost connection in either way
  if (reply.error) throw new Trouble(reply.error, reply);
  return reply;
}

function complain(error) {
  if (!(error instanceof Trouble)) throw error;
  toast(`error.${error.code}`, error.values, true);
}

function toast(key, values = {}, bad = false) {
  const box = page.root.querySelector("[data-ref=toasts]");
  const note = document.createElement("p");
  note.className = bad ? "toast bad" : "toast";
  say(note, key, values);
  box.replaceChildren(note);
  setTimeout(() => note.remove(), bad ? 9000 : 6000);
  return note;
}

// One at a time, and of those that come meanwhile only the last: what a dragged slider needs.
function latest(work) {
  let next = null;
  let busy = false;
  return async (...request) => {
    next = request;
    if (busy) return;
    busy = true;
    try {
      while (next) {
        const now = next;
        next = null;
        await work(...now).catch(complain);
      }
    } finally {
      busy = false;
    }
  };
}

// The elements of a view by their data-ref.
function refs(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-ref]")].map((element) => [element.dataset.ref, element]));
}

function randomSeed() {
  return Math.floor(Math.random() * 1000000);
}

// What the visitor chose survives a reload, where the browser lets it.
function remember(key, value) {
  try {
    localStorage.setItem(`genapp.${key}`, value);
  } catch {
    // A private window: then it lasts as long as the page.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(`genapp.${key}`);
  } catch {
    return null;
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
