// The small things that every view uses.

// The elements of a view by their data-ref.
export function refs(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-ref]")].map((element) => [element.dataset.ref, element]));
}

// Something that the page does, whoever asks for it: page.js listens to "opencard" and "openfile".
export function tell(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

export function randomSeed() {
  return Math.floor(Math.random() * 1000000);
}

// What the visitor chose survives a reload, where the browser lets it.
export function remember(key, value) {
  try {
    localStorage.setItem(`genapp.${key}`, value);
  } catch {
    // A private window: then it lasts as long as the page.
  }
}

export function recall(key) {
  try {
    return localStorage.getItem(`genapp.${key}`);
  } catch {
    return null;
  }
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
