// The webcam: a preview in a <video>, and stills of it.

import { Trouble } from "../../web/server.js";
import { makePhoto } from "./photos.js";

/** @type {Record<string, string>} */
const TROUBLES = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
};

/**
 * Once the camera ends of itself, the video hears "ended".
 * @param {HTMLVideoElement} video
 */
export function makeCamera(video) {
  /** @type {MediaStream | null} */
  let stream = null;
  let asked = 0; // permission may come when nobody wants it any more

  const tellEnded = () => video.dispatchEvent(new Event("ended"));

  function stop() {
    asked += 1;
    if (stream) stopTracks(stream);
    stream = null;
    video.srcObject = null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) tellEnded();
  });

  return {
    get on() {
      return Boolean(stream);
    },
    // True once there is a picture. Throws Trouble where there is no camera, or it may not be used.
    async start() {
      stop();
      const mine = asked;
      const found = await openStream();
      if (mine !== asked) {
        stopTracks(found);
        return false;
      }
      stream = found;
      found.getTracks().forEach((track) => track.addEventListener("ended", tellEnded));
      video.srcObject = found;
      await video.play().catch(() => {}); // it was stopped meanwhile
      return mine === asked;
    },
    /** @param {boolean} mirror */
    async snap(mirror) {
      return makePhoto(await createImageBitmap(video), { mirror });
    },
    stop,
  };
}

/** Throws Trouble where there is no camera, or it may not be used. */
async function openStream() {
  const devices = /** @type {MediaDevices | undefined} */ (navigator.mediaDevices);
  if (!devices?.getUserMedia) throw new Trouble("camera.insecure"); // only https and localhost have it
  try {
    return await devices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } } });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new Trouble(`camera.${TROUBLES[name] ?? "busy"}`);
  }
}

/** @param {MediaStream} stream */
function stopTracks(stream) {
  stream.getTracks().forEach((track) => track.stop());
}
