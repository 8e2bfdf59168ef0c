// Written by scripts/refs.py from the HTML.

import type { KeepRefs, ModelsRefs, HistoryRefs, SeedRefs, VarietyRefs } from "../../web/parts/refs";

export interface Refs extends KeepRefs, ModelsRefs, HistoryRefs, SeedRefs, VarietyRefs {
  order: HTMLElementTagNameMap["form"];
  text: HTMLElementTagNameMap["input"];
  page: HTMLElementTagNameMap["figure"];
  reading: HTMLElementTagNameMap["p"];
  style: HTMLElementTagNameMap["input"];
  styleOut: HTMLElementTagNameMap["output"];
  pick: HTMLElementTagNameMap["button"];
  hint: HTMLElementTagNameMap["p"];
  open: HTMLElementTagNameMap["input"];
  badge: HTMLElementTagNameMap["p"];
  new: HTMLElementTagNameMap["button"];
  hands: HTMLElementTagNameMap["div"];
}
