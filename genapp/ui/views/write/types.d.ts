// What the Write view knows, and what its modules pass each other.

import type { Envelope, ModelInfo, SheetReply, TabInfo, Timing, Usual } from "../../web/types";

export interface WriteTab extends Omit<TabInfo, "first"> {
  /** The models that write. */
  writers: ModelInfo[];
  /** What each model can write. */
  labels: Record<string, string[]>;
  /** What each model calls that condition. */
  condition: Record<string, string>;
  /** The text to begin with. */
  words: string;
  /** The table of hands that the page opens with. */
  first: { hands: SheetReply & Timing } | null;
}
/** A hand, or one on the way from it to a second one; hands are pictures whose label is open. */
export interface Style {
  readonly hand: Envelope;
  readonly second: Envelope | null;
  /** How much of the second one. */
  readonly share: number;
}
/** All that decides what is seen. */
export interface Wanted extends Style {
  readonly model: string;
  /** What the hands to choose from are drawn from. */
  readonly table: Usual;
  readonly text: string;
}
