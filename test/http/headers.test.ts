/** `Headers`: reading, from written lines and from a parsed block alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Headers, parseRequest } from "limpid/http";

const pairs = [
  ["Host", "a"],
  ["Accept", "text/html"],
  ["X-Name", "one"],
  ["accept", "text/plain"],
  ["Set-Cookie", "a=1"],
  ["x-name", "two"],
  ["set-cookie", "b=2, c"],
  ["Cookie", "d=3"],
  ["cookie", "e=4"],
  ["X-Empty", ""],
] as const;

function parsed(): Headers {
  const lines = pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return parseRequest(`GET / HTTP/1.1\r\n${lines}\r\n`).headers;
}

/** Every property must hold for both kinds, and for a copy of each. */
function everyKind(): [kind: string, headers: Headers][] {
  return [
    ["written", new Headers(pairs)],
    ["parsed", parsed()],
    ["copy of written", new Headers(new Headers(pairs))],
    ["copy of parsed", parsed().clone()],
  ];
}

for (const [kind, headers] of everyKind()) {
  test(`get joins the lines of a name, whatever its case (${kind})`, () => {
    assert.equal(headers.get("host"), "a");
    assert.equal(headers.get("HOST"), "a");
    assert.equal(headers.get("Accept"), "text/html, text/plain");
    assert.equal(headers.get("X-Name"), "one, two");
    assert.equal(headers.get("X-Empty"), "");
    assert.equal(headers.get("missing"), null);
    assert.equal(headers.get("Hos"), null);
    assert.equal(headers.get("Hostt"), null);
    assert.equal(headers.get(""), null);
  });

  test(`get joins the lines of Cookie by a semicolon, which is how cookies are separated (${kind})`, () => {
    assert.equal(headers.get("cookie"), "d=3; e=4");
  });

  test(`getAll and getSetCookie keep the lines apart (${kind})`, () => {
    assert.deepEqual(headers.getAll("ACCEPT"), ["text/html", "text/plain"]);
    assert.deepEqual(headers.getAll("missing"), []);
    assert.deepEqual(headers.getSetCookie(), ["a=1", "b=2, c"]);
  });

  test(`has and size (${kind})`, () => {
    assert.equal(headers.has("x-NAME"), true);
    assert.equal(headers.has("y-name"), false);
    assert.equal(headers.size, pairs.length);
  });

  test(`iteration gives each name once, in lower case and in order; Set-Cookie once a line (${kind})`, () => {
    const expected = [
      ["host", "a"],
      ["accept", "text/html, text/plain"],
      ["x-name", "one, two"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2, c"],
      ["cookie", "d=3; e=4"],
      ["x-empty", ""],
    ];
    assert.deepEqual([...headers], expected);
    assert.deepEqual([...headers.entries()], expected);
    assert.deepEqual(
      [...headers.keys()],
      expected.map(([name]) => name),
    );
    assert.deepEqual(
      [...headers.values()],
      expected.map(([, value]) => value),
    );
    const seen: string[][] = [];
    headers.forEach((value, name, all) => {
      assert.equal(all, headers);
      seen.push([name, value]);
    });
    assert.deepEqual(seen, expected);
  });

  test(`lines and serialize give the lines as they were written (${kind})`, () => {
    assert.deepEqual([...headers.lines()], pairs);
    assert.equal(headers.serialize(), pairs.map(([name, value]) => `${name}: ${value}\r\n`).join(""));
  });

  test(`console.log shows the lines (${kind})`, () => {
    assert.match(inspect(headers), /'Host', 'a'/);
  });

  test(`only ASCII letters have a case: no other name is found (${kind})`, () => {
    // K (Kelvin sign) and ſ (long s) become k and s by Unicode's rules.
    assert.equal(headers.has("coo\u212aie"), false);
    assert.equal(headers.has("ho\u017ft"), false);
    assert.equal(headers.has("host\0"), false);
    assert.equal(headers.has("\uff28ost"), false);
  });

  test(`CVE-2026-21710: __proto__ and the like are absent, and harmless to ask for (${kind})`, () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "then"]) {
      assert.equal(headers.get(name), null);
      assert.equal(headers.has(name), false);
      assert.deepEqual(headers.getAll(name), []);
    }
  });
}

test("names that differ in one octet's case bit only, and are not letters, are different names", () => {
  // ^ and ~ are both token characters, 0x20 apart.
  for (const headers of [
    new Headers({ "x^": "1" }),
    parseRequest("GET / HTTP/1.0\r\nx^: 1\r\n\r\n").headers,
  ]) {
    assert.equal(headers.get("x^"), "1");
    assert.equal(headers.get("x~"), null);
  }
});

test("a Headers is made of a record, pairs, another Headers, the platform's, or nothing", () => {
  assert.equal(new Headers().size, 0);
  assert.equal(new Headers(undefined).size, 0);
  assert.deepEqual(
    [...new Headers({ A: "1", b: ["2", "3"] }).lines()],
    [
      ["A", "1"],
      ["b", "2"],
      ["b", "3"],
    ],
  );
  assert.deepEqual([...new Headers(new Map([["A", "1"]])).lines()], [["A", "1"]]);
  const platform = new globalThis.Headers([
    ["B", "2"],
    ["Set-Cookie", "x"],
    ["Set-Cookie", "y"],
  ]);
  assert.deepEqual(new Headers(platform).getSetCookie(), ["x", "y"]);
  assert.equal(new Headers(platform).get("b"), "2");
  assert.deepEqual([...new globalThis.Headers([...new Headers({ A: "1" })])], [["a", "1"]]);
});

test("a record without prototype, or with a key __proto__, is taken as it is", () => {
  const record = JSON.parse('{"__proto__":"evil","A":"1"}') as Record<string, string>;
  assert.deepEqual(
    [...new Headers(record).lines()],
    [
      ["__proto__", "evil"],
      ["A", "1"],
    ],
  );
  assert.deepEqual([...new Headers(Object.assign(Object.create(null), { A: "1" })).lines()], [["A", "1"]]);
});
