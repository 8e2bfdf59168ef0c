// What takes the server a while: started, watched, given up, and in the end a file to keep.

import { saveFile } from "./files.js";
import { call } from "./server.js";
import { complain } from "./toast.js";

// `idle` gives its place to `busy`, which holds the progress and the button to cancel, as long as there is work.
export function makeJob({ idle, busy, progress, cancel }) {
  let wanted = null; // the token of the run that somebody waits for

  function showing(share) {
    idle.hidden = share !== null;
    busy.hidden = share === null;
    progress.value = share ?? 0;
  }

  function waitIfBusy(error) {
    if (error.code !== "busy") throw error;
    return { done: progress.value, total: 1 };
  }

  cancel.addEventListener("click", () => {
    wanted = null;
    showing(null);
  });

  return {
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
          if (reply.file) return saveFile(reply);
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
