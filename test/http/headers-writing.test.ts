/** `Headers`: writing, and refusing what could end a line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Headers, parseRequest } from "limpid/http";

const start = "GET / HTTP/1.1\r\nHost: a\r\n";

test("set replaces every line of a name by one, at the first one's place", () => {
  const headers = new Headers([
    ["A", "1"],
    ["B", "2"],
    ["a", "3"],
    ["C", "4"],
    ["A", "5"],
  ]);
  headers.set("a", "new");
  assert.deepEqual(
    [...headers.lines()],
    [
      ["a", "new"],
      ["B", "2"],
      ["C", "4"],
    ],
  );
  headers.set("D", 6);
  assert.deepEqual([...headers.lines()].at(-1), ["D", "6"]);
});

test("append adds a line, delete removes every line of a name", () => {
  const headers = new Headers({ A: "1" });
  headers.append("a", "2");
  headers.append("B", 3);
  assert.equal(headers.get("A"), "1, 2");
  headers.delete("A");
  headers.delete("missing");
  assert.deepEqual([...headers.lines()], [["B", "3"]]);
});

test("parsed headers can be written too, and keep what was not written", () => {
  const { headers } = parseRequest(`${start}A: 1\r\nB: 2\r\na: 3\r\n\r\n`);
  const copy = headers.clone();
  headers.set("A", "x");
  assert.deepEqual(
    [...headers.lines()],
    [
      ["Host", "a"],
      ["A", "x"],
      ["B", "2"],
    ],
  );
  headers.append("C", "4");
  headers.delete("host");
  assert.deepEqual(
    [...headers.lines()],
    [
      ["A", "x"],
      ["B", "2"],
      ["C", "4"],
    ],
  );
  assert.deepEqual(
    [...copy.lines()],
    [
      ["Host", "a"],
      ["A", "1"],
      ["B", "2"],
      ["a", "3"],
    ],
  );
});

test("a copy and its original change apart", () => {
  const original = new Headers({ A: "1" });
  const copy = original.clone();
  copy.set("A", "2");
  copy.append("B", "3");
  assert.deepEqual([...original.lines()], [["A", "1"]]);
  original.append("C", "4");
  assert.equal(copy.has("C"), false);
});

test("a value is trimmed of SP and HTAB, and of nothing else", () => {
  const headers = new Headers({ A: " \tv w\t " });
  assert.equal(headers.get("A"), "v w");
  assert.equal(new Headers({ A: "\xa0v\xa0" }).get("A"), "\xa0v\xa0");
  assert.equal(new Headers({ A: " \t " }).get("A"), "");
});

const writers: [name: string, write: (headers: Headers, name: string, value: string) => void][] = [
  ["set", (headers, name, value) => headers.set(name, value)],
  ["append", (headers, name, value) => headers.append(name, value)],
  ["new Headers", (_, name, value) => new Headers([[name, value]])],
];

for (const [writer, write] of writers) {
  test(`CVE-2018-12116: every control byte in a value is refused before anything is stored (${writer})`, () => {
    for (let code = 0; code < 256; code++) {
      const headers = new Headers({ A: "1" });
      const value = `a${String.fromCharCode(code)}b`;
      if (code === 0x09 || (code >= 0x20 && code !== 0x7f)) {
        write(headers, "A", value);
        continue;
      }
      assert.throws(() => write(headers, "A", value), { code: "LMP_HTTP_HEADER_VALUE_INVALID" });
      assert.deepEqual([...headers.lines()], [["A", "1"]]);
    }
  });

  test(`CVE-2018-12116: a code point whose low byte is CR or LF is refused, as every one above U+00FF (${writer})`, () => {
    for (const character of [
      "\u010a",
      "\u010d",
      "\u560a",
      "\u560d",
      "\u{1f40a}",
      "\u0100",
      "\u2028",
      "\ud800",
    ]) {
      assert.throws(() => write(new Headers(), "A", `a${character}b`), {
        code: "LMP_HTTP_HEADER_VALUE_INVALID",
      });
    }
  });

  test(`CVE-2018-12116: a name that is not a token is refused (${writer})`, () => {
    for (let code = 0; code < 256; code++) {
      const character = String.fromCharCode(code);
      if (/[A-Za-z0-9!#$%&'*+\-.^_`|~]/.test(character)) {
        write(new Headers(), `A${character}`, "v");
      } else {
        assert.throws(() => write(new Headers(), `A${character}`, "v"), {
          code: "LMP_HTTP_HEADER_NAME_INVALID",
        });
      }
    }
    for (const name of ["", " ", "A:", "A B", "A\u010a", "\u212aeep-Alive", "A\r\nB"]) {
      assert.throws(() => write(new Headers(), name, "v"), { code: "LMP_HTTP_HEADER_NAME_INVALID" });
    }
  });
}

test("the error names the character and its place, and not the value around it", () => {
  assert.throws(
    () => new Headers({ "Set-Cookie": "secret\nInjected: 1" }),
    (error: Error & { found?: string }) => {
      assert.equal(error.found, "U+000A at position 6");
      return !error.message.includes("secret");
    },
  );
});

test("a name or value that is no string is refused or written as text, never executed", () => {
  assert.throws(() => new Headers([[1 as unknown as string, "v"]]), { code: "LMP_HTTP_HEADER_NAME_INVALID" });
  const headers = new Headers({ A: 5 as unknown as string });
  assert.equal(headers.get("A"), "5");
});

test("any sequence of writes leaves what a list of lines would hold", () => {
  const name = fc.constantFrom("A", "a", "B", "Set-Cookie", "c");
  const value = fc.stringMatching(/^[a-z]{0,4}$/);
  const write = fc.record({ kind: fc.constantFrom("set", "append", "delete"), name, value });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), fc.boolean(), (writes, fromParser) => {
      const headers = fromParser
        ? parseRequest(`${start}A: 1\r\n\r\n`).headers
        : new Headers({ Host: "a", A: "1" });
      let model: [string, string][] = [
        ["Host", "a"],
        ["A", "1"],
      ];
      for (const { kind, name, value } of writes) {
        const isOther = ([other]: [string, string]): boolean => other.toLowerCase() !== name.toLowerCase();
        if (kind === "append") {
          headers.append(name, value);
          model.push([name, value]);
        } else if (kind === "delete") {
          headers.delete(name);
          model = model.filter(isOther);
        } else {
          headers.set(name, value);
          const place = model.findIndex((line) => !isOther(line));
          if (place === -1) model.push([name, value]);
          else
            model = model
              .map((line, at) => (at === place ? [name, value] : line))
              .filter((line, at) => at === place || isOther(line as [string, string])) as [string, string][];
        }
      }
      assert.deepEqual([...headers.lines()], model);
    }),
    { numRuns: 1000 },
  );
});
