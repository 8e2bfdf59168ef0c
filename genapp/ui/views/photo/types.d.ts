// What the photo view knows and is answered, and what its modules pass each other.

import type { Envelope, ModelInfo, TabInfo } from "../../web/types";

export interface PhotoTab extends TabInfo {
  /** The models that take a photograph. */
  coders: ModelInfo[];
}
/** All of it can be undone, so it is never changed, only replaced. */
export interface PhotoState {
  model: string;
  photo: Photo | null;
  frame: Frame | null;
}

/** A place in a photo, in its pixels. */
export interface Spot {
  x: number;
  y: number;
}
/** A square of a photo: centre, length, and degrees clockwise. */
export interface Frame extends Spot {
  side: number;
  turn: number;
}
export interface Size {
  width: number;
  height: number;
}
/** Where a photo lies on the canvas, in CSS pixels. */
export interface Fit {
  times: number;
  left: number;
  top: number;
}
/** What a finger holds of a frame. */
export type Grip = "turn" | "size" | "move" | "outside" | "pinch";
/** What a drag starts from: the frame, and where the fingers came down. */
export interface Drag {
  frame: Frame;
  grip: Grip;
  from: Spot[];
}
/** What looking for faces gave: "none" where none is there, "unknown" where nobody could look. */
export type Found = "one" | "many" | "unknown" | "none";
export interface Photo extends Size {
  image: HTMLCanvasElement;
  /** A model made it up: it is nobody's. */
  made?: boolean;
  /** Frames of the faces in it, once it was looked at. */
  faces?: Frame[];
  found?: Found;
}

declare module "../../web/types" {
  interface Replies {
    findface: { faces: import("./types").Frame[] };
    encodeface: SheetReply & Timing & { picture: import("../../web/types").Envelope };
  }
}
