// Pictures: sheets from the server, cut into canvases; fades, and a player for walks.

import { calm } from "./helpers.js";
import { resample } from "./lanczos.js";

const LARGEST = 640; // pixels a side that a photograph is enlarged to; from there on a browser may stretch it unseen

export async function openSheet(reply) {
  const image = new Image();
  image.src = `data:image/png;base64,${reply.png}`;
  await image.decode();
  const { count, columns, width, height, crisp } = reply;
  return { image, count, columns, width, height, crisp };
}

// Pixel art keeps its pixels on the canvas, which is stretched; a photograph is drawn as large as it is shown.
export function drawCell(canvas, sheet, index, alpha = 1) {
  const { width, height, columns, crisp } = sheet;
  canvas.holds = { sheet, index, width, height, crisp };
  const [wide, high] = crisp || !canvas.large ? [width, height] : canvas.large;
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.classList.toggle("crisp", crisp);
  }
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.globalAlpha = alpha;
  const [left, top] = [(index % columns) * width, Math.floor(index / columns) * height];
  if (wide === width && high === height) pen.drawImage(sheet.image, left, top, width, height, 0, 0, width, height);
  else pen.drawImage(enlarged(canvas, sheet, left, top, wide, high), 0, 0);
}

// A picture of a sheet through Lanczos' filter; kept with its canvas, as a fade draws it again and again.
export function enlarged(canvas, sheet, left, top, wide, high) {
  const known = canvas.known;
  if (known?.sheet === sheet && known.left === left && known.top === top && known.copy.width === wide) return known.copy;
  const { width, height } = sheet;
  const small = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  small.drawImage(sheet.image, left, top, width, height, 0, 0, width, height);
  const copy = new OffscreenCanvas(wide, high);
  copy.getContext("2d").putImageData(resample(small.getImageData(0, 0, width, height).data, width, height, wide, high), 0, 0);
  canvas.known = { sheet, left, top, copy };
  return copy;
}

// The largest size within `room` CSS pixels; of pixel art one at which each pixel covers the same number of the screen's.
function fit(width, height, room, crisp) {
  const screen = window.devicePixelRatio || 1;
  const longest = Math.max(width, height);
  const times = Math.floor((room * screen) / longest);
  return times < 1 || !crisp ? room / longest : times / screen;
}

export function sizeCanvas(canvas, room) {
  const { sheet, index, width, height, crisp } = canvas.holds ?? { width: canvas.width, height: canvas.height, crisp: true };
  const times = fit(width, height, room, crisp);
  canvas.style.width = `${width * times}px`;
  canvas.style.height = `${height * times}px`;
  if (crisp || room <= 0) return;
  const screen = Math.min(times * (window.devicePixelRatio || 1), LARGEST / Math.max(width, height));
  canvas.large = [Math.round(width * screen), Math.round(height * screen)];
  if (canvas.width !== canvas.large[0]) drawCell(canvas, sheet, index);
}

export function roomIn(element) {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

// Old pictures turn into new ones, each a little after the one before.
export function fade(canvases, sheet) {
  if (calm() || document.hidden) {
    canvases.forEach((canvas, index) => drawCell(canvas, sheet, index));
    return;
  }
  const begin = performance.now();
  const token = {};
  canvases.forEach((canvas) => (canvas.fading = token));
  const step = (now) => {
    let going = false;
    canvases.forEach((canvas, index) => {
      if (canvas.fading !== token) return;
      const share = Math.min(1, Math.max(0, (now - begin - index * 9) / 170));
      if (share > 0) drawCell(canvas, sheet, index, share);
      going ||= share < 1;
    });
    if (going) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

export function paint(canvases, sheet) {
  canvases.forEach((canvas, index) => {
    canvas.fading = null;
    drawCell(canvas, sheet, index);
  });
}

// Plays a sheet's frames on a canvas: round and round where closed, else there and back.
export function makePlayer(canvas, onFrame = () => {}) {
  let beat = 50; // milliseconds a frame
  let sheet = null;
  let closed = true;
  let frame = 0;
  let way = 1;
  let running = 0;
  let onEnd = null;

  function show(index) {
    frame = index;
    canvas.fading = null;
    drawCell(canvas, sheet, frame);
    onFrame(frame);
  }

  function advance() {
    if (closed) return show((frame + 1) % sheet.count);
    if (frame + way < 0 || frame + way >= sheet.count) way = -way;
    show(frame + way);
  }

  function run(beat, step) {
    const mine = ++running;
    let last = performance.now();
    const tick = (now) => {
      if (mine !== running) return;
      if (now - last >= beat && canvas.offsetParent) {
        last = now;
        step();
      }
      if (mine === running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  return {
    get frame() {
      return frame;
    },
    playing: false,
    load(newSheet, isClosed, newBeat = 50) {
      this.pause();
      [sheet, closed, frame, way, beat] = [newSheet, isClosed, 0, 1, newBeat];
    },
    show(index) {
      this.pause();
      show(index);
    },
    play() {
      this.playing = true;
      run(beat, advance);
    },
    pause() {
      this.playing = false;
      running += 1;
      onEnd?.();
      onEnd = null;
    },
    // Once through, quickly; resolves at the end or when something else takes the stage.
    morph(newSheet) {
      this.load(newSheet, false);
      if (calm() || document.hidden) {
        show(newSheet.count - 1);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        onEnd = resolve;
        run(30, () => {
          show(frame);
          if (frame === newSheet.count - 1) this.pause();
          else frame += 1;
        });
      });
    },
  };
}

export function saveFile({ file, name, type }) {
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export async function toBase64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

export function floats(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return [...new Float32Array(bytes.buffer)];
}
