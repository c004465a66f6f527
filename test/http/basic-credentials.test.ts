/** `parseBasicCredentials`: user name and password of `Authorization: Basic`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseBasicCredentials } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text as string).toString("base64")}`;

test("the samples of RFC 7617", () => {
  assert.deepEqual(parseBasicCredentials("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), {
    username: "Aladdin",
    password: "open sesame",
  });
  assert.deepEqual(parseBasicCredentials("Basic dGVzdDoxMjPCow=="), { username: "test", password: "123£" });
});

test("the scheme has no case, and more than one space may follow it", () => {
  assert.ok(parseBasicCredentials("BASIC dGVzdDoxMjPCow=="));
  assert.ok(parseBasicCredentials("basic   dGVzdDoxMjPCow=="));
});

test("the name ends at the first colon; either part may be empty", () => {
  assert.deepEqual(parseBasicCredentials(basic("a:b:c")), { username: "a", password: "b:c" });
  assert.deepEqual(parseBasicCredentials(basic(":")), { username: "", password: "" });
});

test("everything else holds no credentials", () => {
  for (const header of [
    null,
    undefined,
    "",
    "Basic",
    "Basic ",
    "Bearer dGVzdDoxMjPCow==",
    "Basicx dGVzdDoxMjPCow==",
    "Basic\tdGVzdDoxMjPCow==",
    " Basic dGVzdDoxMjPCow==",
    "Basic dGVzdDoxMjPCow=",
    "Basic dGVzdDoxMjPCow",
    "Basic dGVzdDoxMjPCow==x",
    "Basic dGVz dDoxMjPCow==",
    "Basic dGVzdDoxMjPCow==, Basic eDp5",
    "Basic dGVzdDoxMjPCox==",
    "Basic _-8=",
    basic("no colon"),
    basic("a:b\n"),
    basic("a\0:b"),
    basic("a:b\t"),
    basic(Buffer.from([0x61, 0x3a, 0xff])),
  ]) {
    assert.equal(parseBasicCredentials(header), undefined, String(header));
  }
});

test("property: what was encoded is read back", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((value) => !/[\0-\x1f\x7f]/.test(value));
  fc.assert(
    fc.property(text, text, (name, password) => {
      const username = name.replaceAll(":", "");
      assert.deepEqual(parseBasicCredentials(basic(`${username}:${password}`)), { username, password });
    }),
  );
});

test("property: no text makes it throw", () => {
  fc.assert(fc.property(hostileText(30), (text) => void parseBasicCredentials(`Basic ${text}`)));
});
