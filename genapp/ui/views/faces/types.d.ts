// What the Faces view knows, and what its modules pass each other.

import type { Picture, TabInfo } from "../../web/types";

export interface FacesTab extends TabInfo {
  /** The sliders of the finish. */
  sliders: FinishSlider[];
  /** What each model's faces can be edited along. */
  directions: Record<string, Direction[]>;
}
export interface FinishSlider {
  name: string;
  low: number;
  high: number;
  neutral: number;
  /** It changes colours only. */
  colour: boolean;
}
export interface Direction {
  name: string;
  low: number;
  high: number;
}

/** What children were asked for. */
export interface Brood {
  readonly model: string;
  readonly parents: Picture[];
  readonly mutation: number;
  readonly variation_seed: number;
}
/** A brood whose children are there, in the order of their sheet. */
export interface Litter {
  asked: Brood;
  children: Picture[];
}
/** Who breeds with whom. */
export interface Family {
  readonly model: string | null;
  /** The visitor chose them; until then the family is that of the face on the stage. */
  readonly own: boolean;
  readonly parents: Picture[];
  readonly mutation: number;
  /** The brood that is seen. */
  readonly asked: Brood | null;
  /** Those whose children became parents. */
  readonly past: Brood[];
}

/** A sum of faces: the first, less another, plus a third. */
export interface Terms {
  first: Picture;
  minus: Picture;
  plus: Picture;
}
/** What a sum brings back when it is undone; `due`: its result is to take the stage. */
export interface SumState {
  terms: Terms | null;
  due: boolean;
}

declare module "../../web/types" {
  interface Picture {
    /** The brood that it is a child of. */
    born?: Brood;
    /** It is the result of the sum. */
    isSum?: true;
  }
}
