// Calls to the server.

/** @import { Replies, Server, Values } from "./types" */

/** @type {{ server: Server, root: HTMLElement | null, waiting: number }} */
const connection = { server: {}, root: null, waiting: 0 };

/**
 * @param {Server} server has a function for each call
 * @param {HTMLElement} root shows when one takes long
 */
export function connect(server, root) {
  Object.assign(connection, { server, root });
}

/** What the visitor is told of: `code` is a key below "error." in locales/en.json. */
export class Trouble extends Error {
  /**
   * @param {string} code
   * @param {Values} [values]
   */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * Asks the server. Throws Trouble.
 * @template {keyof Replies} Name
 * @param {Name} name
 * @param {object} request
 * @returns {Promise<Replies[Name]>}
 */
export async function call(name, request) {
  wait(1);
  const slow = setTimeout(() => connection.root?.classList.add("waiting"), 300);
  let reply;
  try {
    reply = await connection.server[name](request);
  } catch {
    reply = null;
  } finally {
    clearTimeout(slow);
    wait(-1);
  }
  if (!reply) throw new Trouble("offline"); // Gradio's client tells of a lost connection in either way
  const { error, ...values } = /** @type {{ error?: string }} */ (reply);
  if (error) throw new Trouble(error, values);
  return /** @type {Replies[Name]} */ (reply);
}

/** @param {1 | -1} more */
function wait(more) {
  connection.waiting += more;
  if (!connection.root) return;
  connection.root.ariaBusy = String(connection.waiting > 0);
  if (!connection.waiting) connection.root.classList.remove("waiting");
}
