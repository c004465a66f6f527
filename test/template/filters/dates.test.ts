/** The filter that writes dates and times. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, check, checkRefused, named } from "./apply.ts";

const moment = new Date("2025-06-01T22:30:00Z");

test("date writes ISO 8601, or as people do", () => {
  check([
    [[moment, "date"], "2025-06-01T22:30:00.000Z"],
    [["2025-06-01", "date"], "2025-06-01T00:00:00.000Z"],
    [[0, "date"], "1970-01-01T00:00:00.000Z"],
    [[moment, "date", "long"], "June 1, 2025"],
    [[moment, "date", "short", "de"], "01.06.25"],
    [[moment, "date", "full", named({ locale: "fr", timeZone: "Europe/Berlin" })], "lundi 2 juin 2025"],
    [[moment.toISOString(), "date", named({ format: "medium" })], "Jun 1, 2025"],
  ]);
  const time = apply([moment, "date", named({ format: "none", time: "short", timeZone: "Asia/Tokyo" })]);
  assert.match(String(time), /^7:30\sAM$/);
  const both = apply([moment, "date", named({ format: "short", time: "short", locale: "de" })]);
  assert.equal(both, "01.06.25, 22:30");
});

test("what is no date, and wrong arguments, are refused", () => {
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    ["yesterday", "date"],
    ["1", "date"],
    [new Date(Number.NaN), "date"],
    [null, "date"],
    [1e20, "date"],
  ]);
  checkRefused("LMP_TEMPLATE_UNDEFINED", [[undefined, "date"]]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [moment, "date", "YYYY"],
    [moment, "date", "long", "x-"],
    [moment, "date", "long", "en", "Mars/Base"],
    [moment, "date", "none"],
    [moment, "date", "long", "en", "UTC", "soon"],
  ]);
});

test("many locales and time zones do not pile up", () => {
  for (let index = 0; index < 1000; index++) {
    assert.equal(apply([1, "number", `en-x-a${index}`]), "1");
  }
});
