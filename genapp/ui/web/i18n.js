// The words of the page, in the language that is spoken.

const spoken = { language: "en", text: {} };

// All words of all languages, once, before anything is said.
export function learn(text) {
  spoken.text = text;
}

export function speakIn(language) {
  spoken.language = language;
}

export const language = () => spoken.language;

export function t(key, values = {}) {
  return spoken.text[spoken.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function has(key) {
  return key in spoken.text[spoken.language];
}

// Puts words into an element so that a change of language finds them again.
export function say(element, key, values = {}) {
  if (!key) {
    delete element.dataset.t;
    element.textContent = "";
    return;
  }
  element.dataset.t = key;
  element.dataset.tValues = JSON.stringify(values);
  element.textContent = t(key, values);
}

export function translate(root) {
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

export function label(element, key, values = {}) {
  element.dataset.tLabel = key;
  element.dataset.tValues = JSON.stringify(values);
  element.setAttribute("aria-label", t(key, values));
}

export function tip(element, key, values = {}) {
  element.dataset.tTip = key;
  element.dataset.tTipValues = JSON.stringify(values);
  element.title = t(key, values);
}
