// Written by scripts/refs.py from the HTML.

import type { ModelsRefs, HistoryRefs, SeedRefs, VarietyRefs, KeepRefs } from "../../web/parts/refs";

export interface Refs extends ModelsRefs, HistoryRefs, SeedRefs, VarietyRefs, KeepRefs {
  new: HTMLElementTagNameMap["button"];
  conditions: HTMLElementTagNameMap["div"];
  anything: HTMLElementTagNameMap["button"];
  grid: HTMLElementTagNameMap["div"];
  count: HTMLElementTagNameMap["select"];
  stage: HTMLElementTagNameMap["canvas"];
  title: HTMLElementTagNameMap["p"];
  hint: HTMLElementTagNameMap["p"];
  open: HTMLElementTagNameMap["input"];
  looks: HTMLElementTagNameMap["div"];
  badge: HTMLElementTagNameMap["p"];
}
