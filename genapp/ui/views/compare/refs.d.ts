// Written by scripts/refs.py from the HTML.

import type { HistoryRefs, VarietyRefs, SeedRefs } from "../../web/parts/refs";

export interface Refs extends HistoryRefs, VarietyRefs, SeedRefs {
  new: HTMLElementTagNameMap["button"];
  sides: HTMLElementTagNameMap["div"];
}
