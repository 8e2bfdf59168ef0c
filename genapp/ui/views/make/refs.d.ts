// Written by scripts/refs.py from the HTML.

import type { GridRefs, KeepRefs } from "../../web/parts/refs";

export interface Refs extends GridRefs, KeepRefs {
  stage: HTMLElementTagNameMap["canvas"];
  title: HTMLElementTagNameMap["p"];
  reading: HTMLElementTagNameMap["p"];
  hint: HTMLElementTagNameMap["p"];
  siblings: HTMLElementTagNameMap["button"];
  walkTo: HTMLElementTagNameMap["button"];
  surprise: HTMLElementTagNameMap["button"];
  walk: HTMLElementTagNameMap["div"];
  strip: HTMLElementTagNameMap["div"];
  play: HTMLElementTagNameMap["button"];
  animation: HTMLElementTagNameMap["button"];
  open: HTMLElementTagNameMap["input"];
  badge: HTMLElementTagNameMap["p"];
}
