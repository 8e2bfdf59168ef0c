// What the server would refuse, so that the page offers none of it.

/** @type {import("./types").Limits} */
export const limits = { seed: 0, stops: 0, frames: 0, parents: 0, side: 0, width: 0, megabytes: 0, letters: 0 };

/** @param {import("./types").Limits} known */
export function learnLimits(known) {
  Object.assign(limits, known);
}
