/** HTTP dates: one form written, three read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { formatHttpDate, parseHttpDate } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

/** The example of RFC 9110 §5.6.7. */
const sample = 784111777000;
const firstYear = Date.UTC(2000, 0) - 2000 * 365.2425 * 86_400_000;
const anyDate = fc.date({
  min: new Date(firstYear),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

test("a date is written as IMF-fixdate", () => {
  assert.equal(formatHttpDate(sample), "Sun, 06 Nov 1994 08:49:37 GMT");
  assert.equal(formatHttpDate(new Date(sample + 999)), "Sun, 06 Nov 1994 08:49:37 GMT");
});

test("a date that cannot be written is refused", () => {
  for (const date of [Number.NaN, new Date(Number.NaN), 8.64e15, -8.64e15, Number.POSITIVE_INFINITY]) {
    assert.throws(
      () => formatHttpDate(date),
      (error) => error instanceof LimpidError && error.code === "LMP_HTTP_DATE_INVALID",
    );
  }
});

test("the three forms of RFC 9110 §5.6.7 are read", () => {
  for (const text of [
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  ]) {
    assert.equal(parseHttpDate(text)?.getTime(), sample, text);
  }
  assert.equal(parseHttpDate("Wed Nov 16 08:49:37 1994")?.toISOString(), "1994-11-16T08:49:37.000Z");
});

test("a two-digit year more than 50 years ahead lies in the past", () => {
  const read = (year: string, now: string) =>
    parseHttpDate(`Sunday, 06-Nov-${year} 08:49:37 GMT`, Date.parse(now))?.getUTCFullYear();
  assert.equal(read("94", "2026-01-01"), 1994);
  assert.equal(read("75", "2026-01-01"), 2075);
  assert.equal(read("76", "2026-01-01"), 1976, "ten months beyond the 50 years");
  assert.equal(read("76", "2026-12-01"), 2076);
  assert.equal(read("10", "1999-01-01"), 2010);
  assert.equal(read("49", "1999-01-01"), 1949);
  assert.equal(parseHttpDate("Sunday, 06-Nov-69 08:49:37 GMT")?.getUTCFullYear(), 2069);
  assert.equal(parseHttpDate("Sunday, 06-Nov-70 08:49:37 GMT")?.getUTCFullYear(), 1970);
});

test("a leap second is the first second of the next minute", () => {
  assert.equal(parseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT")?.toISOString(), "2017-01-01T00:00:00.000Z");
});

test("everything else is no date", () => {
  for (const text of [
    "",
    "0",
    "784111777",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "sun, 06 nov 1994 08:49:37 gmt",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06  Nov 1994 08:49:3 GMT",
    "Sun, 06-Nov-1994 08:49:37 GMT",
    "Xyz, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Wed, 29 Feb 2023 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT",
    "Sun, 06 Nov 1994 08:60:37 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 06 Nov 1994 08.49.37 GMT",
    "Sun, +6 Nov 1994 08:49:37 GMT",
    "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT",
    "Sunday, 31-Nov-94 08:49:37 GMT",
    "Someday, 06-Nov-94 08:49:37 GMT",
    "Sun, 06-Nov-94 08:49:37 GMT",
    "Sunday 06-Nov-94 08:49:37 GMT, ",
    "Sun Nov 6 08:49:37 1994 ",
    "Sun Nov  0 08:49:37 1994",
    "Sun Nov  6 08:49:37 94  ",
    " Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT ",
  ]) {
    assert.equal(parseHttpDate(text), undefined, JSON.stringify(text));
  }
});

test("property: a date is read back as it was written, to the second", () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const text = formatHttpDate(date);
      assert.equal(text.length, 29);
      assert.equal(parseHttpDate(text)?.getTime(), Math.floor(date.getTime() / 1000) * 1000);
    }),
    { numRuns: 1000 },
  );
});

test("property: the obsolete forms give the same date", () => {
  const recent = fc.date({ min: new Date(0), max: new Date("2069-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(recent, (date) => {
      const [, day, month, year, time] = formatHttpDate(date).split(" ") as [
        string,
        string,
        string,
        string,
        string,
      ];
      const expected = Math.floor(date.getTime() / 1000) * 1000;
      assert.equal(
        parseHttpDate(`Monday, ${day}-${month}-${year.slice(2)} ${time} GMT`)?.getTime(),
        expected,
      );
      assert.equal(
        parseHttpDate(`Mon ${month} ${day.replace(/^0/, " ")} ${time} ${year}`)?.getTime(),
        expected,
      );
    }),
  );
});

test("property: no text makes it throw, and what it reads is a valid date", () => {
  const damaged = fc.tuple(fc.nat(28), hostileText(2)).map(([place, text]) => {
    const whole = "Sun, 06 Nov 1994 08:49:37 GMT";
    return whole.slice(0, place) + text + whole.slice(place + text.length);
  });
  fc.assert(
    fc.property(damaged, (text) => {
      const date = parseHttpDate(text);
      assert.ok(date === undefined || !Number.isNaN(date.getTime()));
    }),
    { numRuns: 1000 },
  );
});
