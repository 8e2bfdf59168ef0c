// Calls to the server.

const connection = { server: null, root: null, waiting: 0 };

// `server` has a function for each call; `root` is the element that shows when one takes long.
export function connect(server, root) {
  Object.assign(connection, { server, root });
}

export class Trouble extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

// Asks the server. Throws Trouble, whose code is a key below "error." in locales/en.json.
export async function call(name, request) {
  connection.waiting += 1;
  connection.root.ariaBusy = "true";
  const slow = setTimeout(() => connection.root.classList.add("waiting"), 300);
  let reply;
  try {
    reply = await connection.server[name](request);
  } catch {
    reply = null;
  } finally {
    clearTimeout(slow);
    connection.waiting -= 1;
    if (!connection.waiting) {
      connection.root.ariaBusy = "false";
      connection.root.classList.remove("waiting");
    }
  }
  if (!reply) throw new Trouble("offline"); // Gradio's client tells of a lost connection in either way
  if (reply.error) throw new Trouble(reply.error, reply);
  return reply;
}
