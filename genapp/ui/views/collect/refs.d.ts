// Written by scripts/refs.py from the HTML.

import type { ModelsRefs, SeedRefs } from "../../web/parts/refs";

export interface Refs extends ModelsRefs, SeedRefs {
  each: HTMLElementTagNameMap["input"];
  even: HTMLElementTagNameMap["button"];
  counts: HTMLElementTagNameMap["div"];
  variety: HTMLElementTagNameMap["input"];
  varietyOut: HTMLElementTagNameMap["output"];
  kinds: HTMLElementTagNameMap["fieldset"];
  kindTip: HTMLElementTagNameMap["p"];
  idle: HTMLElementTagNameMap["span"];
  make: HTMLElementTagNameMap["button"];
  busy: HTMLElementTagNameMap["span"];
  progress: HTMLElementTagNameMap["progress"];
  cancel: HTMLElementTagNameMap["button"];
  sum: HTMLElementTagNameMap["p"];
  grid: HTMLElementTagNameMap["div"];
  command: HTMLElementTagNameMap["pre"];
  badge: HTMLElementTagNameMap["p"];
}
