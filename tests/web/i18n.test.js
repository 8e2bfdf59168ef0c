import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { has, language, learn, speakIn, t } from "../../genapp/ui/web/i18n.js";

beforeEach(() => {
  learn({
    en: { plain: "Hello", one: "Picture {number}", two: "{a} and {b}, {a} again", braces: "{} {not this} {name}" },
    de: { plain: "Hallo", one: "Bild {number}" },
  });
  speakIn("en");
});

test("a text without places stays as it is", () => {
  assert.equal(t("plain"), "Hello");
  assert.equal(t("plain", { number: 3 }), "Hello");
});

test("places are filled in, as often as they come", () => {
  assert.equal(t("one", { number: 3 }), "Picture 3");
  assert.equal(t("two", { a: "x", b: "y" }), "x and y, x again");
});

test("nothing is said of what is not known; zero is a value", () => {
  assert.equal(t("one"), "Picture ");
  assert.equal(t("one", { number: 0 }), "Picture 0");
});

test("only a word in braces is a place", () => {
  assert.equal(t("braces", { name: "n" }), "{} {not this} n");
});

test("a value that looks like a place stays a value", () => {
  assert.equal(t("two", { a: "{b}", b: "y" }), "{b} and y, {b} again");
});

test("another language speaks from the next text on, and has its own keys", () => {
  assert.ok(has("two"));
  speakIn("de");
  assert.equal(language(), "de");
  assert.equal(t("one", { number: 3 }), "Bild 3");
  assert.ok(!has("two"));
});
