// The faces of a photo: looked for once, on the server; the largest is where a frame starts.

import { call } from "../../web/server.js";
import { middleOf, within } from "./crop_geometry.js";
import { LOOKED_AT, jpeg, makePhoto } from "./photos.js";

/** @import { Frame, Photo } from "./types" */

/**
 * Notes in the photo which faces are in it. Throws Trouble where there is none; then that is noted, too.
 * @param {Photo} photo
 */
export async function findFaces(photo) {
  const copy = makePhoto(photo.image, { largest: LOOKED_AT });
  const times = photo.width / copy.width;
  try {
    const { faces } = await call("findface", { picture: jpeg(copy.image) });
    photo.faces = faces.map(({ x, y, side, turn }) =>
      within(photo, { x: x * times, y: y * times, side: side * times, turn }),
    );
    photo.found = faces.length ? (faces.length > 1 ? "many" : "one") : "unknown";
  } catch (error) {
    Object.assign(photo, { faces: [], found: "none" });
    throw error;
  }
}

/**
 * Around the largest face, else in the middle.
 * @param {Photo} photo
 */
export function startOf(photo) {
  const [largest] = (photo.faces ?? []).toSorted((one, other) => other.side - one.side);
  return largest ?? middleOf(photo);
}

/**
 * The found face that a frame is nearest to, as it was found; else the middle.
 * @param {Photo} photo
 * @param {Frame} frame
 */
export function nearestStart(photo, frame) {
  /** @param {Frame} face */
  const away = (face) => Math.hypot(face.x - frame.x, face.y - frame.y);
  const [nearest] = (photo.faces ?? []).toSorted((one, other) => away(one) - away(other));
  return nearest ?? middleOf(photo);
}
