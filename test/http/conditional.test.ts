/** Preconditions in the order of RFC 9110 §13.2.2, held to a second reading of that section. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  evaluatePreconditions,
  formatHttpDate,
  Headers,
  ifRange,
  type Validators,
  type Verdict,
} from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const sample = 784111777000;
const at = (seconds: number): string => formatHttpDate(sample + seconds * 1000);
const judge = (
  method: string,
  fields: Record<string, string>,
  validators: Validators | null = { etag: '"v2"', lastModified: sample },
): Verdict => evaluatePreconditions({ method, headers: new Headers(fields) }, validators ?? undefined);

test("without a condition everything goes on", () => {
  assert.equal(judge("GET", {}), "proceed");
  assert.equal(judge("PUT", {}, null), "proceed");
});

test("If-None-Match compares weakly, and a match is 304 for reading and 412 for all else", () => {
  for (const field of ['"v2"', 'W/"v2"', '"v1", "v2"', "*"]) {
    assert.equal(judge("GET", { "If-None-Match": field }), "not-modified", field);
    assert.equal(judge("HEAD", { "If-None-Match": field }), "not-modified", field);
    assert.equal(judge("PUT", { "If-None-Match": field }), "precondition-failed", field);
  }
  assert.equal(judge("GET", { "If-None-Match": '"v1"' }), "proceed");
  assert.equal(judge("PUT", { "If-None-Match": "*" }, null), "proceed");
});

test("If-Match compares strongly", () => {
  assert.equal(judge("PUT", { "If-Match": '"v1", "v2"' }), "proceed");
  assert.equal(judge("PUT", { "If-Match": "*" }), "proceed");
  assert.equal(judge("PUT", { "If-Match": 'W/"v2"' }), "precondition-failed");
  assert.equal(judge("PUT", { "If-Match": 'W/"v2"' }, { etag: 'W/"v2"' }), "precondition-failed");
  assert.equal(judge("PUT", { "If-Match": "*" }, null), "precondition-failed");
});

test("dates count where there is no tag to compare, and what is no date does not count", () => {
  assert.equal(judge("GET", { "If-Modified-Since": at(0) }), "not-modified");
  assert.equal(judge("GET", { "If-Modified-Since": at(-1) }), "proceed");
  assert.equal(judge("GET", { "If-Modified-Since": at(0) }, { lastModified: sample + 999 }), "not-modified");
  assert.equal(judge("POST", { "If-Modified-Since": at(0) }), "proceed");
  assert.equal(judge("GET", { "If-Modified-Since": `${at(0)}, ${at(0)}` }), "proceed");
  assert.equal(judge("GET", { "If-Modified-Since": at(0), "If-None-Match": '"v1"' }), "proceed");
  assert.equal(judge("GET", { "If-Unmodified-Since": at(-1) }), "precondition-failed");
  assert.equal(judge("GET", { "If-Unmodified-Since": at(0) }), "proceed");
  assert.equal(judge("GET", { "If-Unmodified-Since": "yesterday" }), "proceed");
  assert.equal(judge("GET", { "If-Unmodified-Since": at(-1), "If-Match": '"v2"' }), "proceed");
  assert.equal(judge("GET", { "If-Unmodified-Since": at(-1) }, { etag: '"v2"' }), "proceed");
});

test("If-Range holds for the same strong tag, and for the same date once its second is over", () => {
  const holds = (field: string, validators: Validators, now?: number): boolean =>
    ifRange({ method: "GET", headers: new Headers({ "If-Range": field }) }, validators, now);
  assert.equal(ifRange({ method: "GET", headers: new Headers() }, {}), true);
  assert.equal(holds('"v2"', { etag: '"v2"' }), true);
  assert.equal(holds('W/"v2"', { etag: 'W/"v2"' }), false);
  assert.equal(holds('"v1"', { etag: '"v2"', lastModified: sample }), false);
  assert.equal(holds('"v1", "v2"', { etag: '"v2"' }), false);
  assert.equal(holds(at(0), { lastModified: sample + 500 }), true);
  assert.equal(holds(at(0), { lastModified: sample + 500 }, sample + 999), false);
  assert.equal(holds(at(1), { lastModified: sample }), false);
  assert.equal(holds("tomorrow", { lastModified: sample }), false);
});

test("any combination of fields is judged as the five steps of §13.2.2 say", () => {
  const tags = fc.constantFrom('"v1"', '"v2"', 'W/"v2"', '"v1", W/"v2"', "*", "v2", "");
  const dates = fc.constantFrom(at(-1), at(0), at(1), "soon");
  const fields = fc.record(
    { "If-Match": tags, "If-Unmodified-Since": dates, "If-None-Match": tags, "If-Modified-Since": dates },
    { requiredKeys: [] },
  );
  const etag = fc.constantFrom('"v2"', 'W/"v2"');
  fc.assert(
    fc.property(fc.constantFrom("GET", "HEAD", "PUT"), fields, etag, (method, given, tag) => {
      const validators = { etag: tag, lastModified: sample };
      const found = judge(method, given as Record<string, string>, validators);
      assert.equal(found, stepByStep(method, given, tag));
    }),
    { numRuns: 2000 },
  );
});

interface Conditions {
  "If-Match"?: string;
  "If-Unmodified-Since"?: string;
  "If-None-Match"?: string;
  "If-Modified-Since"?: string;
}

/** The section again, for a file last modified at `sample`. */
function stepByStep(method: string, fields: Conditions, etag: string): Verdict {
  const match = fields["If-Match"];
  const unmodified = fields["If-Unmodified-Since"];
  const none = fields["If-None-Match"];
  const modified = fields["If-Modified-Since"];
  if (match !== undefined) {
    const strong = !etag.startsWith("W/") && match.split(", ").includes(etag);
    if (match !== "*" && !strong) return "precondition-failed";
  } else if (unmodified === at(-1)) return "precondition-failed";
  if (none !== undefined) {
    const weak = none.split(", ").some((one) => one.replace("W/", "") === '"v2"');
    if (none !== "*" && !weak) return "proceed";
    return method === "PUT" ? "precondition-failed" : "not-modified";
  }
  const fresh = modified === at(0) || modified === at(1);
  return fresh && method !== "PUT" ? "not-modified" : "proceed";
}

test("no text in a field is an error", () => {
  fc.assert(
    fc.property(hostileText(30), (text) => {
      const headers = { get: () => text };
      const validators = { etag: '"v2"', lastModified: sample };
      assert.ok(
        ["proceed", "not-modified", "precondition-failed"].includes(
          evaluatePreconditions({ method: "GET", headers }, validators),
        ),
      );
      assert.equal(typeof ifRange({ method: "GET", headers }, validators), "boolean");
    }),
  );
});
