// What the write view knows, and what its modules pass each other.

import type { Envelope, ModelInfo, SheetReply, TabInfo, Timing, Usual } from "../../web/types";

export interface WriteTab extends Omit<TabInfo, "first"> {
  writers: ModelInfo[];
  /** What each model can write. */
  labels: Record<string, string[]>;
  /** What each model calls that condition. */
  condition: Record<string, string>;
  /** The text to begin with. */
  words: string;
  first: { hands: SheetReply & Timing } | null;
}
/** A hand, and how far it is on the way to a second one. A hand is a picture whose label is open. */
export interface Hand {
  hand: Envelope;
  second: Envelope | null;
  share: number;
}
/** All that can be undone. It is never changed, only replaced. */
export interface Wanted extends Hand {
  model: string;
  /** What the hands are drawn from. */
  table: Usual;
  text: string;
}
/** How a change comes to be seen: as a step to undo, with a fade. */
export interface How {
  remembered?: boolean;
  soft?: boolean;
}
