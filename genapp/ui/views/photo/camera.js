// The webcam: a preview in a <video>, and stills of it.

import { Trouble } from "../../web/server.js";
import { makePhoto } from "./photos.js";

const CAMERA_TROUBLES = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none" };

export function makeCamera(video) {
  let stream = null;
  let asked = 0; // permission may come when nobody wants it any more

  function stop() {
    asked += 1;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) video.dispatchEvent(new Event("ended"));
  });

  return {
    get on() {
      return Boolean(stream);
    },
    // True once there is a picture. Throws Trouble where there is no camera, or it may not be used.
    async start() {
      stop();
      const mine = asked;
      if (!navigator.mediaDevices?.getUserMedia) throw new Trouble("camera.insecure"); // only https and localhost have it
      let found;
      try {
        found = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } } });
      } catch (error) {
        throw new Trouble(`camera.${CAMERA_TROUBLES[error.name] ?? "busy"}`);
      }
      if (mine !== asked) {
        found.getTracks().forEach((track) => track.stop());
        return false;
      }
      stream = found;
      stream.getTracks().forEach((track) => track.addEventListener("ended", () => video.dispatchEvent(new Event("ended"))));
      video.srcObject = stream;
      await video.play().catch(() => {}); // it was stopped meanwhile
      return mine === asked;
    },
    async snap(mirror) {
      return makePhoto(await createImageBitmap(video), { mirror });
    },
    stop,
  };
}
