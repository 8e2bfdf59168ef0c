// Written by scripts/refs.py from the HTML.

import type { ConsentRefs } from "./parts/refs";

export interface PageRefs extends ConsentRefs {
  page: HTMLElementTagNameMap["div"];
  skip: HTMLElementTagNameMap["a"];
  tabs: HTMLElementTagNameMap["div"];
  views: HTMLElementTagNameMap["div"];
  language: HTMLElementTagNameMap["button"];
  theme: HTMLElementTagNameMap["button"];
  main: HTMLElementTagNameMap["div"];
  card: HTMLElementTagNameMap["dialog"];
  cardClose: HTMLElementTagNameMap["button"];
  cardTitle: HTMLElementTagNameMap["h2"];
  cardFacts: HTMLElementTagNameMap["dl"];
  cardNote: HTMLElementTagNameMap["p"];
  cardText: HTMLElementTagNameMap["div"];
  drop: HTMLElementTagNameMap["div"];
  dropWords: HTMLElementTagNameMap["p"];
  toasts: HTMLElementTagNameMap["div"];
}
