/** `acceptsEncoding`: the content coding a client can undo. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptsEncoding } from "limpid/http";

const codings = ["br", "gzip", "identity"];

test("the best coding the client names is taken, the server's order among equals", () => {
  assert.equal(acceptsEncoding("gzip, deflate, br, zstd", codings), "br");
  assert.equal(acceptsEncoding("gzip;q=1, br;q=0.9", codings), "gzip");
  assert.equal(acceptsEncoding("GZIP", codings), "gzip");
  assert.equal(acceptsEncoding("x-gzip", codings), "gzip");
});

test("without the field nothing is encoded", () => {
  for (const header of [null, undefined, ""]) {
    assert.equal(acceptsEncoding(header, codings), "identity");
    assert.equal(acceptsEncoding(header, ["br", "gzip"]), undefined);
  }
});

test("identity is acceptable until it is excluded (RFC 9110 §12.5.3)", () => {
  assert.equal(acceptsEncoding("compress", codings), "identity");
  assert.equal(acceptsEncoding("gzip;q=0", codings), "identity");
  assert.equal(acceptsEncoding("identity;q=0", codings), undefined);
  assert.equal(acceptsEncoding("*;q=0", codings), undefined);
  assert.equal(acceptsEncoding("*;q=0, identity", codings), "identity");
  assert.equal(acceptsEncoding("gzip;q=0.001", ["identity", "gzip"]), "gzip");
});

test("a star stands for the codings that are not named", () => {
  assert.equal(acceptsEncoding("*", codings), "br");
  assert.equal(acceptsEncoding("br;q=0, *;q=0.5", codings), "gzip");
  assert.equal(acceptsEncoding("gzip;q=0.5, *;q=0.1", codings), "gzip");
});

test("a coding is never applied to please a field that is too long to be read", () => {
  assert.equal(acceptsEncoding("gzip,".repeat(101), codings), "identity");
});
