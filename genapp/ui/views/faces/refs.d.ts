// Written by scripts/refs.py from the HTML.

import type { GridRefs, KeepRefs, BlendsRefs } from "../../web/parts/refs";

export interface Refs extends GridRefs, KeepRefs, BlendsRefs {
  stage: HTMLElementTagNameMap["canvas"];
  beforeBox: HTMLElementTagNameMap["div"];
  before: HTMLElementTagNameMap["canvas"];
  curtain: HTMLElementTagNameMap["input"];
  claim: HTMLElementTagNameMap["h2"];
  title: HTMLElementTagNameMap["p"];
  hint: HTMLElementTagNameMap["p"];
  surprise: HTMLElementTagNameMap["button"];
  siblings: HTMLElementTagNameMap["button"];
  open: HTMLElementTagNameMap["input"];
  trays: HTMLElementTagNameMap["div"];
  edits: HTMLElementTagNameMap["div"];
  editMore: HTMLElementTagNameMap["details"];
  moreEdits: HTMLElementTagNameMap["div"];
  editNote: HTMLElementTagNameMap["p"];
  editReset: HTMLElementTagNameMap["button"];
  mixes: HTMLElementTagNameMap["div"];
  mixNote: HTMLElementTagNameMap["p"];
  mixActs: HTMLElementTagNameMap["div"];
  second: HTMLElementTagNameMap["button"];
  mixReset: HTMLElementTagNameMap["button"];
  walk: HTMLElementTagNameMap["div"];
  tools: HTMLElementTagNameMap["div"];
  stops: HTMLElementTagNameMap["div"];
  strip: HTMLElementTagNameMap["div"];
  play: HTMLElementTagNameMap["button"];
  loop: HTMLElementTagNameMap["input"];
  pace: HTMLElementTagNameMap["select"];
  films: HTMLElementTagNameMap["span"];
  mp: HTMLElementTagNameMap["button"];
  webp: HTMLElementTagNameMap["button"];
  filming: HTMLElementTagNameMap["span"];
  progress: HTMLElementTagNameMap["progress"];
  unfilm: HTMLElementTagNameMap["button"];
  sliders: HTMLElementTagNameMap["div"];
  finishReset: HTMLElementTagNameMap["button"];
  compare: HTMLElementTagNameMap["input"];
  badge: HTMLElementTagNameMap["p"];
}
