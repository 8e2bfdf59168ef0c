// The small things that every view uses.

/**
 * The elements of a view by their data-ref.
 * @template {object} Refs
 * @param {ParentNode} root
 * @returns {Refs}
 */
export function refs(root) {
  const found = [...root.querySelectorAll("[data-ref]")].map((element) => [element.getAttribute("data-ref"), element]);
  return Object.fromEntries(found);
}

/**
 * Something that the page does, whoever asks for it: page.js listens to "opencard" and "openfile".
 * @param {EventTarget} element
 * @param {"opencard" | "openfile"} name
 * @param {unknown} detail
 */
export function tell(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

/**
 * The element around what was clicked, pressed or pointed at.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function around(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/**
 * The one of this name. The server gives both names and lists, so that there is one.
 * @template {{ name: string }} Named
 * @param {Named[]} all
 * @param {string} name
 */
export function named(all, name) {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`nothing is called ${name}`);
  return found;
}

export function randomSeed() {
  return Math.floor(Math.random() * 1000000);
}

/**
 * What the visitor chose survives a reload, where the browser lets it.
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`genapp.${key}`, value);
  } catch {
    // A private window: then it lasts as long as the page.
  }
}

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(`genapp.${key}`);
  } catch {
    return null;
  }
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
