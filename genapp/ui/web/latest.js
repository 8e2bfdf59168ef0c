// Work that is asked for more often than it can be done.

import { complain } from "./toast.js";

/**
 * One at a time, and of those that come meanwhile only the last: what a dragged slider needs.
 * @template {unknown[]} Request
 * @param {(...request: Request) => Promise<unknown>} work
 * @returns {(...request: Request) => Promise<void>} resolves when nothing is left to do
 */
export function latest(work) {
  /** @type {Request | null} */
  let next = null;
  let busy = false;
  return async (...request) => {
    next = request;
    if (busy) return;
    busy = true;
    try {
      while (next) {
        /** @type {Request} */
        const now = next;
        next = null;
        await work(...now).catch(complain);
      }
    } finally {
      busy = false;
    }
  };
}
