// Written by scripts/refs.py from the HTML.

import type { PadRefs } from "../../web/parts/refs";

export interface Refs extends PadRefs {
  seen: HTMLElementTagNameMap["canvas"];
  back: HTMLElementTagNameMap["canvas"];
  reading: HTMLElementTagNameMap["p"];
  label: HTMLElementTagNameMap["select"];
  others: HTMLElementTagNameMap["div"];
  write: HTMLElementTagNameMap["button"];
  badge: HTMLElementTagNameMap["p"];
}
