import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  cornersOf,
  dragged,
  fitInto,
  fromCanvas,
  gripAt,
  holds,
  inward,
  keyed,
  middleOf,
  outward,
  sameFrame,
  shareOf,
  sideAt,
  sidesOf,
  toCanvas,
  turnBy,
  turnerOf,
  wheeled,
  within,
} from "../../genapp/ui/views/photo/crop_geometry.js";

const PHOTO = { width: 800, height: 600 };
const FRAME = { x: 400, y: 300, side: 200, turn: 0 };
const LEANING = { x: 400, y: 300, side: 200, turn: 30 };

/** All numbers of one object are those of another, but for rounding. */
function near(found, wanted) {
  assert.deepEqual(Object.keys(found).toSorted(), Object.keys(wanted).toSorted());
  for (const [key, value] of Object.entries(wanted)) {
    assert.ok(Math.abs(found[key] - value) < 1e-9, `${key} is ${found[key]}, not ${value}`);
  }
}

describe("a photo on its canvas", () => {
  test("fills it but for a margin, in the middle", () => {
    near(fitInto(PHOTO, { width: 432, height: 432 }), { times: 0.5, left: 16, top: 66 });
    near(fitInto({ width: 600, height: 800 }, { width: 432, height: 432 }), { times: 0.5, left: 66, top: 16 });
  });

  test("places go there and back", () => {
    const fit = fitInto(PHOTO, { width: 500, height: 400 });
    near(toCanvas(fit, { x: 400, y: 300 }), { x: 250, y: 200 });
    near(fromCanvas(fit, toCanvas(fit, { x: 123, y: 45 })), { x: 123, y: 45 });
  });
});

describe("a frame", () => {
  test("turns clockwise: its right edge goes down", () => {
    near(outward({ ...FRAME, turn: 90 }, 0.5, 0), { x: 400, y: 400 });
    near(outward(FRAME, -0.5, 0.5), { x: 300, y: 400 });
  });

  test("its own coordinates go there and back", () => {
    near(inward(LEANING, outward(LEANING, 0.2, -0.4)), { across: 0.2, down: -0.4 });
  });

  test("has four corners, from the left top on clockwise", () => {
    near(cornersOf(FRAME)[0], { x: 300, y: 200 });
    near(cornersOf(FRAME)[1], { x: 500, y: 200 });
    near(cornersOf(FRAME)[2], { x: 500, y: 400 });
    near(cornersOf(FRAME)[3], { x: 300, y: 400 });
    near(cornersOf({ ...FRAME, turn: 90 })[0], { x: 500, y: 200 });
  });

  test("holds what is inside, as it is turned", () => {
    assert.ok(holds(FRAME, { x: 499, y: 399 }));
    assert.ok(!holds(FRAME, { x: 501, y: 300 }));
    assert.ok(!holds({ ...FRAME, turn: 45 }, { x: 499, y: 399 })); // beyond the edge that is there now
    assert.ok(holds({ ...FRAME, turn: 45 }, { x: 530, y: 300 })); // its corner reaches to 541
  });

  test("is the middle of a photo without a face", () => {
    near(middleOf(PHOTO), { x: 400, y: 300, side: 420, turn: 0 });
  });

  test("is kept near the photo, neither tiny nor huge nor upside down", () => {
    assert.deepEqual(within(PHOTO, { x: -50, y: 900, side: 1, turn: 80 }), { x: 0, y: 600, side: 20, turn: 45 });
    assert.deepEqual(within(PHOTO, { x: 900, y: -1, side: 5000, turn: -80 }), { x: 800, y: 0, side: 1200, turn: -45 });
    assert.deepEqual(within(PHOTO, LEANING), LEANING);
  });

  test("is the same as one with the same numbers", () => {
    assert.ok(sameFrame(FRAME, { ...FRAME }));
    const keys = ["x", "y", "side", "turn"];
    for (const key of keys) assert.ok(!sameFrame(FRAME, { ...FRAME, [key]: FRAME[key] + 1 }), key);
  });

  test("its slider goes from the smallest to the largest, evenly by factors", () => {
    const [least, most] = sidesOf(PHOTO);
    near({ share: shareOf(PHOTO, least), side: sideAt(PHOTO, 1) }, { share: 0, side: most });
    near({ side: sideAt(PHOTO, 0.5) }, { side: Math.sqrt(least * most) });
    near({ side: sideAt(PHOTO, shareOf(PHOTO, 200)) }, { side: 200 });
  });
});

describe("what lies under a finger", () => {
  const room = { width: 832, height: 632 };
  const fit = fitInto(PHOTO, room); // one CSS pixel is one of the photo's
  const grip = (x, y, frame = FRAME) => gripAt(frame, { x, y }, fit, room);

  test("is a corner, the handle to turn by, the frame, or nothing of it", () => {
    assert.equal(grip(300, 200), "size");
    assert.equal(grip(490, 390), "size");
    assert.equal(grip(400, 172), "turn");
    assert.equal(grip(400, 300), "move");
    assert.equal(grip(400, 450), "outside");
  });

  test("a handle is as large for the finger in a large photo as in a small one", () => {
    assert.equal(grip(320, 215), "size"); // 25 pixels from the corner
    assert.equal(grip(320, 220), "move"); // 28
    const half = fitInto({ width: 1600, height: 1200 }, room);
    assert.equal(gripAt(FRAME, { x: 340, y: 230 }, half, room), "size"); // half of 50
  });

  test("the handle to turn by stands above, else below, else inside", () => {
    near(turnerOf(FRAME, fit, room), { x: 400, y: 172 });
    near(turnerOf({ ...FRAME, y: 90 }, fit, room), { x: 400, y: 218 }); // above is beyond the canvas
    near(turnerOf({ ...FRAME, side: 700 }, fit, room), { x: 400, y: -22 }); // so is below
  });

  test("the handle goes with a frame that is turned", () => {
    near(turnerOf({ ...FRAME, turn: 90 }, fit, room), { x: 528, y: 300 });
  });
});

describe("a drag", () => {
  const drag = (grip, from, points, frame = FRAME) => dragged({ frame, grip, from }, points);

  test("moves the frame as far as the finger, from inside and from beside it", () => {
    for (const grip of ["move", "outside"]) {
      assert.deepEqual(drag(grip, [{ x: 10, y: 10 }], [{ x: 30, y: 5 }]), { x: 420, y: 295 });
    }
  });

  test("of a corner sizes it about its centre", () => {
    near(drag("size", [{ x: 500, y: 400 }], [{ x: 450, y: 350 }]), { side: 100 });
  });

  test("of the handle turns it, the short way round", () => {
    near(drag("turn", [{ x: 400, y: 172 }], [{ x: 528, y: 300 }]), { turn: 90 });
    // From a little below to a little above the left, where angles jump from 180 to -180.
    near(drag("turn", [{ x: 300, y: 310 }], [{ x: 300, y: 290 }]), { turn: 2 * (Math.atan2(10, 100) * 180) / Math.PI });
  });

  test("of two fingers moves, sizes and turns at once", () => {
    const from = [{ x: 300, y: 300 }, { x: 500, y: 300 }];
    near(drag("pinch", from, [{ x: 310, y: 320 }, { x: 510, y: 320 }]), { ...FRAME, x: 410, y: 320 });
    near(drag("pinch", from, [{ x: 350, y: 300 }, { x: 450, y: 300 }]), { ...FRAME, side: 100 });
    near(drag("pinch", from, [{ x: 400, y: 200 }, { x: 400, y: 400 }], LEANING), { ...LEANING, turn: 120 });
  });

  test("of two fingers at one place does not divide by nothing", () => {
    const at = { x: 400, y: 300 };
    assert.ok(Number.isFinite(drag("pinch", [at, at], [at, { x: 410, y: 300 }]).side));
  });

  test("half a turn is as short one way as the other", () => {
    assert.equal(turnBy(190), -170);
    assert.equal(turnBy(-190), 170);
    assert.equal(turnBy(10), 10);
    assert.equal(Math.abs(turnBy(180)), 180);
  });
});

describe("keys and wheel", () => {
  test("arrows move by a share of the side, with shift further", () => {
    assert.deepEqual(keyed(FRAME, "ArrowLeft", false), { x: 396 });
    assert.deepEqual(keyed(FRAME, "ArrowRight", true), { x: 420 });
    assert.deepEqual(keyed(FRAME, "ArrowUp", false), { y: 296 });
    assert.deepEqual(keyed(FRAME, "ArrowDown", true), { y: 320 });
  });

  test("plus and minus undo each other, as do the brackets", () => {
    const larger = { ...FRAME, ...keyed(FRAME, "+", false) };
    assert.equal(larger.side, 208);
    near(keyed(larger, "-", false), { side: 200 });
    assert.deepEqual(keyed(FRAME, "=", false), keyed(FRAME, "+", false)); // the same key, without shift
    assert.deepEqual(keyed(FRAME, "]", false), { turn: 1 });
    assert.deepEqual(keyed(FRAME, "[", false), { turn: -1 });
  });

  test("other keys are none of the frame's", () => {
    for (const key of ["a", "Enter", "Tab", "Home"]) assert.equal(keyed(FRAME, key, false), null);
  });

  test("the wheel sizes, or turns, by no more than a notch at once", () => {
    near(wheeled(FRAME, 100, false), { side: 200 * Math.exp(-0.1) });
    assert.deepEqual(wheeled(FRAME, -50, true), { turn: -2 });
    assert.deepEqual(wheeled(FRAME, 5000, false), wheeled(FRAME, 100, false));
    assert.deepEqual(wheeled(FRAME, -5000, true), wheeled(FRAME, -100, true));
  });
});
