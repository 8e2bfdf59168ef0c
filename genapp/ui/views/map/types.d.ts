// What the map view knows and is answered.

import type { Envelope, Reading, SheetReply, TabInfo, Timing } from "../../web/types";

export interface MapTab extends TabInfo {
  /** The model that the map is of. */
  flat: [string];
}
/** Left, bottom, right and top of the map, in the latent's numbers. */
export type Extent = [number, number, number, number];
/** The map: pictures of places, row by row from the top. */
export interface Plane extends SheetReply {
  extent: Extent;
  /** The digit that is read in each, where there is a judge. */
  classes?: number[];
}
export interface Place extends SheetReply, Timing, Reading {
  picture: Envelope;
}

declare module "../../web/types" {
  interface Replies {
    plane: Plane;
    place: Place;
  }
}
