// Written by scripts/refs.py from the HTML.

import type { PadRefs } from "../../web/parts/refs";

export interface Refs extends PadRefs {
  answers: HTMLElementTagNameMap["div"];
  seen: HTMLElementTagNameMap["canvas"];
  reading: HTMLElementTagNameMap["p"];
  back: HTMLElementTagNameMap["div"];
  neighboursBox: HTMLElementTagNameMap["div"];
  neighbours: HTMLElementTagNameMap["div"];
  siblingsBox: HTMLElementTagNameMap["div"];
  siblings: HTMLElementTagNameMap["div"];
  onMap: HTMLElementTagNameMap["button"];
  badge: HTMLElementTagNameMap["p"];
}
