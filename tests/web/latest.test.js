import assert from "node:assert/strict";
import { test } from "node:test";

import { latest } from "../../genapp/ui/web/latest.js";

/** Work that waits until it is told to go on, and the requests that it has begun. */
function slowWork() {
  const begun = [];
  const waiting = [];
  const work = latest((...request) => {
    begun.push(request);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  });
  const next = () => waiting.shift();
  return { begun, work, next };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("works at once where nothing else is going on", async () => {
  const { begun, work, next } = slowWork();
  work(1, "a");
  assert.deepEqual(begun, [[1, "a"]]);
  next().resolve();
  await settled();
  work(2, "b");
  assert.deepEqual(begun, [[1, "a"], [2, "b"]]);
});

test("of what comes meanwhile only the last is done, and after what is going on", async () => {
  const { begun, work, next } = slowWork();
  for (const number of [1, 2, 3, 4]) work(number);
  assert.deepEqual(begun, [[1]]);
  next().resolve();
  await settled();
  assert.deepEqual(begun, [[1], [4]]);
  next().resolve();
  await settled();
  assert.deepEqual(begun, [[1], [4]]);
});

test("whoever waits, waits until nothing is left to do", async () => {
  const { work, next } = slowWork();
  let done = false;
  work(1).then(() => (done = true));
  work(2);
  next().resolve();
  await settled();
  assert.equal(done, false);
  next().resolve();
  await settled();
  assert.equal(done, true);
});

test("an error that no visitor can be told of is thrown on, and the next request works again", async () => {
  const { begun, work, next } = slowWork();
  const failing = work(1);
  next().reject(new TypeError("a defect"));
  await assert.rejects(failing, TypeError);
  work(2);
  assert.deepEqual(begun, [[1], [2]]);
});
