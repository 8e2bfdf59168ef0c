// What takes the server a while: started, watched, given up, and in the end a file to keep.

import { saveFile } from "./files.js";
import { Trouble, call } from "./server.js";
import { complain } from "./toast.js";

/** @import { Replies } from "./types" */

/**
 * The calls that start such work, each by its name; others are never.
 * @typedef {{ [Name in keyof Replies]: Replies[Name] extends { ticket: string } ? Name : never }} Starting
 */

/**
 * `idle` gives its place to `busy`, which holds the progress and the button to cancel, as long as there is work.
 * @param {{ idle: HTMLElement, busy: HTMLElement, progress: HTMLProgressElement, cancel: HTMLButtonElement }} ui
 */
export function makeJob({ idle, busy, progress, cancel }) {
  /** @type {object | null} the token of the run that somebody waits for */
  let wanted = null;

  /** @param {number | null} share */
  function showing(share) {
    idle.hidden = share !== null;
    busy.hidden = share === null;
    progress.value = share ?? 0;
  }

  /**
   * @param {unknown} error
   * @returns {Replies["watch"]}
   */
  function waitIfBusy(error) {
    if (!(error instanceof Trouble) || error.code !== "busy") throw error;
    return { done: progress.value, total: 1 };
  }

  cancel.addEventListener("click", () => {
    wanted = null;
    showing(null);
  });

  return {
    /**
     * @param {Starting[keyof Starting]} name
     * @param {object} request
     */
    async run(name, request) {
      const mine = {};
      wanted = mine;
      showing(0);
      try {
        const { ticket } = await call(name, request);
        while (wanted === mine) {
          await new Promise((resolve) => setTimeout(resolve, 350));
          if (wanted !== mine) break;
          const reply = await call("watch", { ticket }).catch(waitIfBusy);
          if (wanted !== mine) break;
          if ("file" in reply) return saveFile(reply);
          showing(reply.done / reply.total);
        }
        await call("cancel", { ticket });
      } catch (error) {
        complain(error);
      } finally {
        if (wanted === mine) showing(null);
      }
    },
  };
}
