// Written by scripts/refs.py from the HTML.

export interface Refs {
  stage: HTMLElementTagNameMap["canvas"];
  place: HTMLElementTagNameMap["output"];
  reading: HTMLElementTagNameMap["p"];
  bars: HTMLElementTagNameMap["div"];
  save: HTMLElementTagNameMap["button"];
  badge: HTMLElementTagNameMap["p"];
  jump: HTMLElementTagNameMap["button"];
  colour: HTMLElementTagNameMap["input"];
  plane: HTMLElementTagNameMap["div"];
  sheet: HTMLElementTagNameMap["canvas"];
  tint: HTMLElementTagNameMap["canvas"];
  cursor: HTMLElementTagNameMap["i"];
}
