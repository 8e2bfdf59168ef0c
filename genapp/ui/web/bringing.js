// What comes from outside: saved PNGs and links bring a picture onto the stage of its tab.

import { floats, toBase64 } from "./files.js";
import { limits } from "./limits.js";
import { saying } from "./recipes.js";
import { Trouble, call } from "./server.js";
import { complain, toast } from "./toast.js";

/** @import { Envelope, Frame, Start } from "./types" */

const VERDICTS = { identical: "same", "within tolerance": "close", different: "different", "another model": "other" };

/**
 * @param {Start["tabs"]} tabs
 * @param {Frame} frame
 */
export function makeBringing(tabs, frame) {
  return {
    /** @param {File} file */
    async openFile(file) {
      try {
        const { megabytes } = limits;
        if (file.size > megabytes * 1e6) throw new Trouble("large", { megabytes });
        const reply = await call("reopen", { png: await toBase64(file) });
        await bring(tabs, frame, reply, "of.file");
        toast(`open.${VERDICTS[reply.verdict]}`);
      } catch (error) {
        complain(error);
      }
    },
    /** @param {string} query */
    async follow(query) {
      try {
        const reply = await call("follow", { query });
        await bring(tabs, frame, reply, "of.link");
        if (reply.verdict !== "identical") toast("open.other");
      } catch (error) {
        complain(error);
      }
    },
  };
}

/**
 * @param {Start["tabs"]} tabs
 * @param {Frame} frame
 * @param {Envelope} picture
 * @param {string} of the key of what is said of a latent
 */
async function bring(tabs, frame, { recipe, private: own }, of) {
  const { model, w, mix } = recipe;
  const tab = tabs.find((one) => one.models.some((known) => known.name === model));
  if (!tab) throw new Trouble("stranger", { model });
  if (tab.flat?.[0] === model && w) {
    const [x, y] = floats(w);
    return frame.find(tab, [x, y]);
  }
  return frame.take(tab, { recipe, private: own, said: mix ? ["of.mix"] : saying({ recipe }, of) });
}
