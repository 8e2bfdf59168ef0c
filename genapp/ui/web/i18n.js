// The words of the page, in the language that is spoken.

/** @import { Start, Values } from "./types" */

/** @type {{ language: string, text: Start["text"] }} */
const spoken = { language: "en", text: {} };

/**
 * All words of all languages, once, before anything is said.
 * @param {Start["text"]} text
 */
export function learn(text) {
  spoken.text = text;
}

/** @param {string} next */
export function speakIn(next) {
  spoken.language = next;
}

export const language = () => spoken.language;

/**
 * @param {string} key
 * @param {Values} [values]
 */
export function t(key, values = {}) {
  return spoken.text[spoken.language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key */
export function has(key) {
  return key in spoken.text[spoken.language];
}

/**
 * Puts words into an element so that a change of language finds them again; null takes them away.
 * @param {HTMLElement} element
 * @param {string | null} key
 * @param {Values} [values]
 */
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

/**
 * Says everything below `root` again.
 * @param {ParentNode} root
 */
export function translate(root) {
  each(root, "[data-t]", ({ t: key, tValues }, element) => {
    element.textContent = t(key ?? "", JSON.parse(tValues || "{}"));
  });
  each(root, "[data-t-label]", ({ tLabel, tValues }, element) => {
    const words = t(tLabel ?? "", JSON.parse(tValues || "{}"));
    element.setAttribute("aria-label", words);
    if (element.tagName === "BUTTON" && !element.classList.contains("cell")) element.title = words;
  });
  each(root, "[data-t-tip]", ({ tTip, tTipValues }, element) => {
    element.title = t(tTip ?? "", JSON.parse(tTipValues || "{}"));
  });
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @param {(data: DOMStringMap, element: HTMLElement) => void} work
 */
function each(root, selector, work) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))) {
    work(element.dataset, element);
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {Values} [values]
 */
export function label(element, key, values = {}) {
  element.dataset.tLabel = key;
  element.dataset.tValues = JSON.stringify(values);
  element.setAttribute("aria-label", t(key, values));
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {Values} [values]
 */
export function tip(element, key, values = {}) {
  element.dataset.tTip = key;
  element.dataset.tTipValues = JSON.stringify(values);
  element.title = t(key, values);
}
