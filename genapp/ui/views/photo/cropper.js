// A photo with a frame on it that can be moved, sized and turned: by mouse, finger, two fingers, wheel and keys.

import { within } from "./photos.js";

const HANDLE = 26; // CSS pixels around a handle that count as the handle
const MARGIN = 16;
const EYES = { y: 0.33, left: 0.33, right: 0.67 }; // where they lie in pictures that models learn from, by the frame's side
const OVAL = { x: 0.5, y: 0.5, wide: 0.355, high: 0.45 };

// `begin()` hears of a gesture before it changes anything; `move(frame)` of every frame; `choose(index)` of a click on
// another face's frame.
export function makeCropper(canvas, { begin, move, choose }) {
  const pen = canvas.getContext("2d");
  let photo = null;
  let frame = null;
  let others = []; // frames of other faces
  let gesture = null;
  const fingers = new Map();
  let burst = null; // { kind, timer } while wheel or keys go on

  // --- where things are: photo to canvas and back, in CSS pixels ----------------------------------------------------

  function place() {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const times = Math.min((width - 2 * MARGIN) / photo.width, (height - 2 * MARGIN) / photo.height);
    return { times, left: (width - photo.width * times) / 2, top: (height - photo.height * times) / 2 };
  }

  function spot(event) {
    const box = canvas.getBoundingClientRect();
    const { times, left, top } = place();
    return { x: (event.clientX - box.left - left) / times, y: (event.clientY - box.top - top) / times };
  }

  // From the frame's own coordinates, in sides from its centre, to the photo's; and back.
  function outward({ x, y, side, turn }, across, down) {
    const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    return { x: x + side * (across * cosine - down * sine), y: y + side * (across * sine + down * cosine) };
  }

  function inward({ x, y, side, turn }, at) {
    const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const [across, down] = [(at.x - x) / side, (at.y - y) / side];
    return { across: across * cosine + down * sine, down: down * cosine - across * sine };
  }

  const holds = (one, at) => {
    const { across, down } = inward(one, at);
    return Math.max(Math.abs(across), Math.abs(down)) < 0.5;
  };
  const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const corners = () => [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]].map((corner) => outward(frame, ...corner));

  // The handle to turn by: above the frame, or wherever else the canvas shows it.
  function turner() {
    const { times, left, top } = place();
    const away = 28 / (times * frame.side);
    const seen = ({ x, y }) => {
      const [across, down] = [left + x * times, top + y * times];
      return Math.min(across, down) > 10 && across < canvas.clientWidth - 10 && down < canvas.clientHeight - 10;
    };
    const places = [-0.5 - away, 0.5 + away, -0.5 + away].map((down) => outward(frame, 0, down));
    return places.find(seen) ?? places[2];
  }

  function grip(at) {
    const reach = HANDLE / place().times;
    if (distance(at, turner()) < reach) return "turn";
    if (corners().some((corner) => distance(at, corner) < reach)) return "size";
    return holds(frame, at) ? "move" : "outside";
  }

  // --- drawing ------------------------------------------------------------------------------------------------------

  function draw() {
    const screen = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return;
    if (canvas.width !== Math.round(width * screen)) [canvas.width, canvas.height] = [width * screen, height * screen].map(Math.round);
    pen.setTransform(screen, 0, 0, screen, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (!photo) return;
    const { times, left, top } = place();
    pen.imageSmoothingQuality = "high";
    pen.drawImage(photo.image, left, top, photo.width * times, photo.height * times);
    if (!frame) return;
    const around = ({ x, y, turn }) => {
      pen.save();
      pen.translate(left + x * times, top + y * times);
      pen.rotate((turn * Math.PI) / 180);
    };
    const side = frame.side * times;

    pen.beginPath();
    pen.rect(left, top, photo.width * times, photo.height * times);
    corners().forEach(({ x, y }, index) => pen[index ? "lineTo" : "moveTo"](left + x * times, top + y * times));
    pen.closePath();
    pen.fillStyle = "rgb(12 12 16 / 55%)";
    pen.fill("evenodd");
    for (const other of others) {
      around(other);
      stroke(() => pen.strokeRect((-other.side * times) / 2, (-other.side * times) / 2, other.side * times, other.side * times), 0.8, [3, 4]);
      pen.restore();
    }
    around(frame);
    stroke(() => pen.strokeRect(-side / 2, -side / 2, side, side), 1);
    guide(side);
    pen.restore();
    handles(left, top, times);
  }

  // Light on dark, so that it is seen on every photo.
  function stroke(shape, alpha, dash = []) {
    pen.setLineDash(dash);
    for (const [colour, width] of [["rgb(0 0 0 / 45%)", 4], [`rgb(255 255 255 / ${alpha * 100}%)`, 2]]) {
      Object.assign(pen, { strokeStyle: colour, lineWidth: width });
      shape();
    }
    pen.setLineDash([]);
  }

  function guide(side) {
    const at = (share) => (share - 0.5) * side;
    stroke(() => {
      pen.beginPath();
      pen.ellipse(at(OVAL.x), at(OVAL.y), OVAL.wide * side, OVAL.high * side, 0, 0, 2 * Math.PI);
      pen.stroke();
    }, 0.75, [6, 5]);
    stroke(() => {
      pen.beginPath();
      pen.moveTo(at(OVAL.x - OVAL.wide), at(EYES.y));
      pen.lineTo(at(OVAL.x + OVAL.wide), at(EYES.y));
      for (const eye of [EYES.left, EYES.right]) {
        pen.moveTo(at(eye), at(EYES.y - 0.03));
        pen.lineTo(at(eye), at(EYES.y + 0.03));
      }
      pen.stroke();
    }, 0.75, [6, 5]);
  }

  function handles(left, top, times) {
    Object.assign(pen, { lineWidth: 2, strokeStyle: "rgb(0 0 0 / 50%)", fillStyle: "#fff" });
    const dot = ({ x, y }, radius) => {
      pen.beginPath();
      pen.arc(left + x * times, top + y * times, radius, 0, 2 * Math.PI);
      pen.stroke();
      pen.fill();
    };
    corners().forEach((corner) => dot(corner, 6));
    pen.fillStyle = getComputedStyle(canvas).getPropertyValue("--accent");
    dot(turner(), 8);
  }

  // --- gestures -----------------------------------------------------------------------------------------------------

  function change(wish, begun) {
    const next = within(photo, { ...frame, ...wish });
    if (["x", "y", "side", "turn"].every((key) => next[key] === frame[key])) return begun;
    if (!begun) begin();
    frame = next;
    draw();
    move(frame);
    return true;
  }

  // Wheel and keys: those of a kind that follow each other quickly are one gesture.
  function nudge(event, wish) {
    const kind = `${event.type} ${Object.keys(wish)}`;
    if (!change(wish, burst?.kind === kind)) return;
    settleBurst();
    burst = { kind, timer: setTimeout(settleBurst, 600) };
  }

  function settleBurst() {
    clearTimeout(burst?.timer);
    burst = null;
  }

  function start() {
    const points = [...fingers.values()];
    gesture = { frame, from: points, grip: points.length > 1 ? "pinch" : grip(points[0]), begun: gesture?.begun ?? false };
  }

  const angle = (one, other) => (Math.atan2(other.y - one.y, other.x - one.x) * 180) / Math.PI;
  const turnBy = (degrees) => ((degrees + 540) % 360) - 180;

  const drags = {
    move: ({ frame: was, from: [first] }, [at]) => ({ x: was.x + at.x - first.x, y: was.y + at.y - first.y }),
    outside: (...drag) => drags.move(...drag),
    size: ({ frame: was, from: [first] }, [at]) => ({ side: (was.side * distance(at, was)) / distance(first, was) }),
    turn: ({ frame: was, from: [first] }, [at]) => ({ turn: was.turn + turnBy(angle(was, at) - angle(was, first)) }),
    pinch({ frame: was, from: [one, two] }, [first, second]) {
      const middle = (a, b, axis) => (a[axis] + b[axis]) / 2;
      return {
        x: was.x + middle(first, second, "x") - middle(one, two, "x"),
        y: was.y + middle(first, second, "y") - middle(one, two, "y"),
        side: (was.side * distance(first, second)) / Math.max(1e-6, distance(one, two)),
        turn: was.turn + turnBy(angle(first, second) - angle(one, two)),
      };
    },
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!frame || event.button || fingers.size > 1) return;
    canvas.setPointerCapture(event.pointerId);
    settleBurst();
    fingers.set(event.pointerId, spot(event));
    start();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!frame) return;
    if (!fingers.has(event.pointerId)) return void (canvas.dataset.grip = grip(spot(event)));
    fingers.set(event.pointerId, spot(event));
    const points = [...fingers.values()];
    const moved = Math.max(...points.map((point, index) => distance(point, gesture.from[index]))) * place().times;
    if (!gesture.moved && moved < 3) return; // a click
    gesture.moved = true;
    gesture.begun = change(drags[gesture.grip](gesture, points), gesture.begun);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (!fingers.has(event.pointerId)) return;
      const clicked = end === "pointerup" && gesture.grip === "outside" && !gesture.moved && spot(event);
      fingers.delete(event.pointerId);
      if (fingers.size) return start();
      gesture = null;
      const chosen = clicked ? others.findIndex((other) => holds(other, clicked)) : -1;
      if (chosen >= 0) choose(others[chosen]);
    });
  }
  canvas.addEventListener("wheel", (event) => {
    if (!frame || !holds(frame, spot(event))) return; // beside it the page scrolls
    event.preventDefault();
    const amount = Math.max(-100, Math.min(100, event.deltaY || event.deltaX));
    if (event.shiftKey) nudge(event, { turn: frame.turn + amount / 25 });
    else nudge(event, { side: frame.side * Math.exp(-amount / 1000) });
  }, { passive: false });

  canvas.addEventListener("keydown", (event) => {
    if (!frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = frame.side * (event.shiftKey ? 0.1 : 0.02);
    const wishes = {
      ArrowLeft: { x: frame.x - step },
      ArrowRight: { x: frame.x + step },
      ArrowUp: { y: frame.y - step },
      ArrowDown: { y: frame.y + step },
      "+": { side: frame.side * 1.04 },
      "=": { side: frame.side * 1.04 },
      "-": { side: frame.side / 1.04 },
      "[": { turn: frame.turn - 1 },
      "]": { turn: frame.turn + 1 },
    };
    if (!wishes[event.key]) return;
    event.preventDefault();
    nudge(event, wishes[event.key]);
  });
  new ResizeObserver(draw).observe(canvas);

  return {
    draw,
    // Another photo, or another frame: of undo, a slider, a found face.
    set(nextPhoto, nextFrame, nextOthers = []) {
      settleBurst();
      fingers.clear();
      gesture = null;
      [photo, frame, others] = [nextPhoto, nextFrame, nextOthers];
      draw();
    },
  };
}
