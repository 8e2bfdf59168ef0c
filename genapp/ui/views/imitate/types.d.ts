// What the imitate view knows and is answered.

import type { Envelope, ModelInfo, SheetReply, TabInfo, Timing } from "../../web/types";

export interface ImitateTab extends TabInfo {
  /** The models that take drawings. */
  coders: ModelInfo[];
  /** What each model can write. */
  labels: Record<string, string[]>;
  /** There are real digits to lend. */
  real: boolean;
}
export interface Imitation extends SheetReply, Timing {
  /** A picture whose label is open. */
  hand: Envelope;
  label: string;
  percent: number | null;
  /** Nobody said what it is: the judge did. */
  guessed: boolean;
}

declare module "../../web/types" {
  interface Replies {
    imitate: { hand: null } | Imitation;
  }
}
