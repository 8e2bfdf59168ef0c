// What the draw view knows and is answered.

import type { Made, ModelInfo, Reading, SheetReply, TabInfo, Timing } from "../../web/types";

export interface DrawTab extends TabInfo {
  /** The models that take drawings. */
  coders: ModelInfo[];
  /** The models that a map can be drawn of. */
  flat: string[];
  /** There are real digits to lend. */
  real: boolean;
}
/** How many pictures of the sheet are which, in this order. */
export interface Parts {
  seen: number;
  back: number;
  siblings?: number;
  neighbours?: number;
}
export interface Drawn extends SheetReply, Timing, Reading, Partial<Made> {
  parts: Parts;
  /** Those that drew it again, in the order of the sheet. */
  models: string[];
  /** Where it lies on the map. */
  place?: [number, number];
}

declare module "../../web/types" {
  interface Replies {
    draw: { parts: null } | Drawn;
  }
}
