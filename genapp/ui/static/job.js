// What takes the server a while: started, watched, given up, and in the end a file to keep.

// `idle` gives its place to `busy`, which holds the progress and the button to cancel, as long as there is work.
function makeJob({ idle, busy, progress, cancel }) {
  let ticket = null;

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
    if (ticket) call("cancel", { ticket }).catch(complain);
    ticket = null;
  });

  return {
    async run(name, request) {
      try {
        showing(0);
        const mine = (await call(name, request)).ticket;
        ticket = mine;
        while (ticket === mine) {
          await new Promise((resolve) => setTimeout(resolve, 350));
          if (ticket !== mine) break;
          const reply = await call("watch", { ticket: mine }).catch(waitIfBusy);
          showing(reply.done / reply.total);
          if (!reply.file) continue;
          saveFile(reply);
          ticket = null;
        }
      } catch (error) {
        ticket = null;
        complain(error);
      } finally {
        showing(null);
      }
    },
  };
}
