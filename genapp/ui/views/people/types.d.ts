// What the People view knows and is answered.

import type { Made, ModelInfo, SheetReply, TabInfo, Timing, Usual } from "../../web/types";

export interface PeopleTab extends Omit<TabInfo, "first"> {
  /** The models that take orders. */
  artists: Artist[];
  /** What the grid starts from. */
  faces: Usual;
}
export interface Artist extends ModelInfo {
  /** The attributes that can be asked for. */
  looks: string[];
}
/** Attributes that a face is to have, or not to have. */
export type Wishes = Record<string, boolean>;
/** All that decides what is seen. */
export interface Wanted extends Usual {
  readonly model: string;
  readonly wishes: Wishes;
  readonly person: Person;
}
/** One of the grid, or somebody whose `look` says all that was asked for. */
export interface Person {
  readonly seed?: number;
  readonly look: import("../../web/types").Conditions | null;
}
/** A person in many looks: as asked for, and with each attribute in `turned` turned round. */
export interface Looks extends SheetReply, Timing, Made {
  turned: string[];
}

declare module "../../web/types" {
  interface Replies {
    looks: Looks;
  }
}
