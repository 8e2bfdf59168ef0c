// What the people view knows and is answered, and what its modules pass each other.

import type { Conditions, Made, ModelInfo, SheetReply, TabInfo, Timing, Usual } from "../../web/types";

/** A model that takes orders. */
export interface Artist extends ModelInfo {
  /** The attributes that it can be asked for. */
  looks: string[];
}
export interface PeopleTab extends TabInfo {
  artists: Artist[];
  /** What the grid starts from. */
  faces: Usual;
}
/** One of the grid; or `look` says all that the person was asked for. */
export interface Person {
  seed: number;
  look: Conditions | null;
}
/** Attributes that everybody in the grid has, or has not. */
export type AttributeConditions = Record<string, boolean>;
/** All that can be undone. It is never changed, only replaced. */
export interface Wanted extends Usual {
  model: string;
  conditions: AttributeConditions;
  person: Person;
}
/** A person in many looks. */
export interface Looks extends SheetReply, Timing, Made {
  /** The attribute that each picture but the first has turned round. */
  turned: string[];
}

declare module "../../web/types" {
  interface Replies {
    looks: Looks;
  }
}
