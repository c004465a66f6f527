/** `MediaType`: the one reader of `Content-Type`; `mediaTypeOf`: the type of a file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MediaType, mediaTypeOf } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9a-z-]{1,12}$/);

test("type, subtype and parameters are read, names in lower case", () => {
  const type = MediaType.parse('Multipart/Form-Data;\tBoundary="a b\\"c" ; charset=UTF-8;');
  assert.equal(type?.essence, "multipart/form-data");
  assert.equal(type?.type, "multipart");
  assert.equal(type?.subtype, "form-data");
  assert.equal(type?.charset, "utf-8");
  assert.deepEqual(
    [...type!.parameters],
    [
      ["boundary", 'a b"c'],
      ["charset", "UTF-8"],
    ],
  );
  assert.equal(String(type), 'multipart/form-data; boundary="a b\\"c"; charset=UTF-8');
});

test("CVE-2025-32442, CVE-2026-25223, CVE-2026-33806: every spelling of one type is that type", () => {
  for (const text of [
    "application/json",
    "Application/JSON",
    " application/json",
    "\tapplication/json\t",
    "application/json;",
    "application/json ;",
    "application/json\t;charset=utf-8",
    "application/json; charset=utf-8; ;",
    'application/json;charset="utf-8"',
  ]) {
    assert.equal(MediaType.parse(text)?.essence, "application/json", JSON.stringify(text));
  }
});

test("CVE-2025-32442, CVE-2026-25223, CVE-2026-33806: what is malformed is no type at all", () => {
  for (const text of [
    "",
    "json",
    "application",
    "application/",
    "/json",
    "application /json",
    "application/ json",
    "application/json charset=utf-8",
    "application/json, text/plain",
    "application/json; charset",
    "application/json; charset=",
    "application/json; =utf-8",
    "application/json; charset =utf-8",
    "application/json; charset= utf-8",
    'application/json; charset="utf-8',
    'application/json; charset="utf-8" x',
    'application/json; a="\n"',
    "application/json\x0b",
    "application/json\xa0",
    "\xa0application/json",
    "application/json\0",
    "application/json/x",
    "аpplication/json",
  ]) {
    assert.equal(MediaType.parse(text), undefined, JSON.stringify(text));
  }
});

test("a parameter given twice could be read two ways and is refused", () => {
  assert.equal(MediaType.parse("multipart/form-data; boundary=a; BOUNDARY=b"), undefined);
  assert.equal(MediaType.parse("text/plain; charset=utf-8; charset=utf-8"), undefined);
});

test("more than 16 parameters are refused", () => {
  const parameters = (count: number) => Array.from({ length: count }, (_, index) => `;p${index}=x`).join("");
  assert.equal(MediaType.parse(`a/b${parameters(16)}`)?.parameters.size, 16);
  assert.equal(MediaType.parse(`a/b${parameters(17)}`), undefined);
});

test("CVE-2026-21710: parameters may have the names of object members", () => {
  const type = MediaType.parse("a/b; __proto__=x; constructor=y");
  assert.equal(type?.parameters.get("__proto__"), "x");
  assert.equal(MediaType.parse("a/b")?.parameters.get("constructor"), undefined);
});

test("patterns match an essence, a whole type, a suffix or everything", () => {
  const type = MediaType.parse("application/problem+json; charset=utf-8")!;
  for (const pattern of ["application/problem+json", "Application/*", "*/*", "+json"]) {
    assert.ok(type.matches(pattern), pattern);
  }
  for (const pattern of ["application/json", "text/*", "+xml", "json", "*", "app/*", "", "*/problem+json"]) {
    assert.ok(!type.matches(pattern), pattern);
  }
  assert.ok(!MediaType.parse("application/json")!.matches("+json"));
});

test("property: a type is read back as it was written", () => {
  const value = fc.string({ maxLength: 12 });
  const pairs = fc.uniqueArray(fc.tuple(token, fc.oneof(token, value)), {
    selector: ([name]) => name,
    maxLength: 5,
  });
  fc.assert(
    fc.property(token, token, pairs, (type, subtype, parameters) => {
      const quoted = parameters
        .map(([name, text]) => `;${name}="${text.replace(/["\\]/g, "\\$&")}"`)
        .join("");
      const read = MediaType.parse(`${type}/${subtype}${quoted}`);
      assert.deepEqual([...read!.parameters], parameters);
      assert.deepEqual(MediaType.parse(String(read)), read);
    }),
  );
});

test("property: 10,000 mutated Content-Types are the type they look like or none", () => {
  const damage = fc.tuple(fc.nat(16), fc.nat(2), hostileText(3));
  fc.assert(
    fc.property(damage, ([place, removed, text]) => {
      const source = "application/json";
      const mutant = source.slice(0, place) + text + source.slice(place + removed);
      const type = MediaType.parse(mutant);
      if (type === undefined) return;
      assert.equal(MediaType.parse(String(type))?.essence, type.essence);
      assert.ok(
        mutant
          .toLowerCase()
          .replace(/^[ \t]+/, "")
          .startsWith(type.essence),
        JSON.stringify(mutant),
      );
    }),
    { numRuns: 10_000 },
  );
});

test("a file has the type of its extension, text with its charset", () => {
  const types = {
    "index.html": "text/html; charset=utf-8",
    "/a/b.c/style.CSS": "text/css; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    json: "application/json",
    "photo.jpeg": "image/jpeg",
    "font.woff2": "font/woff2",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  };
  for (const [name, type] of Object.entries(types)) assert.equal(mediaTypeOf(name), type, name);
});

test("an unknown extension has no type, whatever it is called", () => {
  for (const name of [
    "",
    "README",
    "a/b",
    "x.unknown",
    "x.__proto__",
    "constructor",
    "toString",
    "dir.html/file",
  ]) {
    assert.equal(mediaTypeOf(name), undefined, name);
  }
});
