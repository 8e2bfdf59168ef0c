// Written by scripts/refs.py from the HTML.

import type { HistoryRefs, ModelsRefs } from "../../web/parts/refs";

export interface Refs extends HistoryRefs, ModelsRefs {
  pick: HTMLElementTagNameMap["label"];
  file: HTMLElementTagNameMap["input"];
  camera: HTMLElementTagNameMap["button"];
  invent: HTMLElementTagNameMap["button"];
  crop: HTMLElementTagNameMap["canvas"];
  welcome: HTMLElementTagNameMap["div"];
  viewfinder: HTMLElementTagNameMap["div"];
  video: HTMLElementTagNameMap["video"];
  snap: HTMLElementTagNameMap["button"];
  mirror: HTMLElementTagNameMap["input"];
  stop: HTMLElementTagNameMap["button"];
  status: HTMLElementTagNameMap["p"];
  people: HTMLElementTagNameMap["div"];
  size: HTMLElementTagNameMap["input"];
  turn: HTMLElementTagNameMap["input"];
  turnOut: HTMLElementTagNameMap["output"];
  reset: HTMLElementTagNameMap["button"];
  quarter: HTMLElementTagNameMap["button"];
  seen: HTMLElementTagNameMap["canvas"];
  back: HTMLElementTagNameMap["canvas"];
  play: HTMLElementTagNameMap["button"];
  badge: HTMLElementTagNameMap["p"];
}
