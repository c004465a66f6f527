/** `accepts`: the media type a client wants most of those offered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { accepts } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const pages = ["text/html", "application/json"];

function picks(header: string | null, offers: string[], expected: string | undefined): void {
  assert.equal(accepts(header, offers), expected, `${header} of ${offers.join(", ")}`);
}

test("without a preference the first offer is taken", () => {
  for (const header of [null, "", " ", ",,", "*/*", "*", ";q=1", "nonsense/"])
    picks(header, pages, "text/html");
  assert.equal(accepts(undefined, pages), "text/html");
  picks("*/*", [], undefined);
});

test("the highest quality wins", () => {
  picks("text/html;q=0.8, application/json;q=0.9", pages, "application/json");
  picks("text/html;q=0.9, application/json;q=0.8", pages, "text/html");
  picks("text/html;q=0.001", pages, "text/html");
});

test("what no range fits, or only one of quality 0, is not acceptable", () => {
  picks("image/png", pages, undefined);
  picks("text/html;q=0", ["text/html"], undefined);
  picks("*/*;q=0", pages, undefined);
  picks("text/html;q=0, */*", pages, "application/json");
});

test("the most specific range gives the quality (RFC 9110 §12.5.1)", () => {
  const header =
    "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
  picks(header, ["text/plain;format=fixed", "image/jpeg"], "image/jpeg");
  picks(header, ["image/jpeg", "text/plain"], "text/plain");
  picks(header, ["text/plain", "text/plain;format=flowed"], "text/plain;format=flowed");
  picks(header, ["text/html", "image/jpeg"], "image/jpeg");
});

test("of equal qualities the more specific range wins, then the server's order", () => {
  picks("application/json, text/plain, */*", pages, "application/json");
  picks("text/*, application/json", pages, "application/json");
  picks("application/json, text/html", pages, "text/html");
});

test("what browsers and libraries send", () => {
  const chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
  picks(chromium, ["application/json", "text/html"], "text/html");
  picks(chromium, ["application/json"], "application/json");
  picks("application/json, text/plain, */*", ["text/html", "application/json"], "application/json");
  const java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
  picks(java, ["application/json"], "application/json");
  picks(java, ["application/json", "text/html"], "text/html");
});

test("case and whitespace do not matter, and the offer comes back as it was given", () => {
  picks("TEXT/HTML ; Q=0.5 ,\tApplication/JSON", ["Application/Json"], "Application/Json");
  picks('text/html;level="A,b\\"c;" , image/png', ["image/png"], "image/png");
});

test("a range that asks for UTF-8 asks for nothing more", () => {
  picks("application/json;charset=utf-8", ["application/json"], "application/json");
  picks("application/json;charset=iso-8859-1", ["application/json"], undefined);
  picks("text/html", ["text/html; charset=utf-8"], "text/html; charset=utf-8");
});

test("an element outside the grammar expresses no wish", () => {
  for (const broken of [
    "text/html;q=2",
    "text/html;q=1.001",
    "text/html;q=0.1234",
    "text/html;q=",
    "text/html;q=-1",
    "text/html;q=1e0",
    "text/html q=1",
    "text/html;q=.",
    "text/html;q=00",
    'text/html;a="b',
    "text /html",
    "/html",
  ]) {
    picks(`application/json;q=0.1, ${broken}`, pages, "application/json");
  }
  picks("text/html;;q=0.2;, application/json;q=0.1", pages, "text/html");
});

test("an offer that is no media type is the caller's mistake", () => {
  for (const offer of ["json", "", "text/", "*", "text/html, a/b"]) {
    assert.throws(
      () => accepts("*/*", [offer]),
      (error) =>
        error instanceof LimpidError && error.code === "LMP_HTTP_OFFER_INVALID" && error.fix !== undefined,
    );
  }
});

test("property: whatever the field, one of the offers or nothing is picked, and nothing is thrown", () => {
  fc.assert(
    fc.property(hostileText(60), (header) => {
      const picked = accepts(header, pages);
      assert.ok(picked === undefined || pages.includes(picked));
    }),
    { numRuns: 1000 },
  );
});

test("property: with a quality for each type, the best one is picked", () => {
  const offers = ["a/a", "b/b", "c/c", "d/d"];
  const qualities = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(qualities, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (levels, order) => {
      const header = order
        .map((index) => `${offers[index]};q=${(levels[index]! / 1000).toFixed(3)}`)
        .join(", ");
      const best = Math.max(...levels);
      assert.equal(accepts(header, offers), best === 0 ? undefined : offers[levels.indexOf(best)]);
    }),
  );
});
