/** The header lines of a part: what browsers and other clients write, and what nobody may. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MultipartParser } from "limpid/forms";
import { boundary, feed, form, type Outcome } from "./multipart.ts";

const read = (...head: string[]): Outcome => feed([form({ head, content: "x" })]);
const disposition = (rest: string): Outcome => read(`Content-Disposition: form-data; ${rest}`);
const invalid = "LMP_FORMS_PART_INVALID";

describe("names", () => {
  const names: Record<string, [string, string]> = {
    "Chrome and Firefox": ['name="a%22b%0D%0Ac"', 'a"b\r\nc'],
    "percent signs of the user's own": ['name="100%25"', "100%25"],
    "lower-case escapes": ['name="a%0d%0a"', "a\r\n"],
    "UTF-8": ['name="für €"', "für €"],
    "a quoted-pair": ['name="a\\"b\\\\c"', 'a"b\\c'],
    "a backslash that escapes nothing": ['name="a\\b"', "a\\b"],
    "a token": ["name=abc", "abc"],
    empty: ['name=""', ""],
    "a name with semicolons": ['name="a; filename=x"', "a; filename=x"],
    "a semicolon at the end": ['name="a";', "a"],
    "other parameters": ['size=3; name="a"', "a"],
    capitals: ['NAME="a"', "a"],
  };
  for (const [what, [rest, expected]] of Object.entries(names)) {
    test(what, () => assert.equal(disposition(rest).parts[0]?.name, expected));
  }

  test("CVE-2026-21710: names from a prototype are names like any other", () => {
    for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then"]) {
      assert.equal(disposition(`name="${name}"`).parts[0]?.name, name);
    }
    assert.equal(Reflect.get({}, "x"), undefined);
  });

  test("in the charset of the form", () => {
    const parser = new MultipartParser(boundary, {}, "iso-8859-1");
    parser.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="\xfc"\r\n\r\n`, "latin1"),
    );
    const event = parser.next();
    assert.equal(event?.kind === "part" && event.head.name, "ü");
    assert.throws(() => new MultipartParser(boundary, {}, "klingon"), { status: 415 });
  });
});

describe("file names", () => {
  const names: Record<string, [string, string]> = {
    plain: ['filename="a.txt"', "a.txt"],
    "a quote, as browsers write it": ['filename="a%22b.txt"', "a_b.txt"],
    "a path of Windows": ['filename="C:\\Users\\ada\\a.txt"', "a.txt"],
    "an escaped path of Windows": ['filename="C:\\\\Users\\\\a.txt"', "a.txt"],
    "RFC 8187": ["filename*=UTF-8''f%C3%BCr%20%e2%82%ac.txt", "für €.txt"],
    "RFC 8187 with a language": ["filename*=utf-8'de'a.txt", "a.txt"],
    "RFC 8187 in Latin-1": ["filename*=iso-8859-1''f%FCr.txt", "für.txt"],
    "both, the extended one last": ["filename=\"a.txt\"; filename*=UTF-8''b.txt", "b.txt"],
    "both, the extended one first": ["filename*=UTF-8''b.txt; filename=\"a.txt\"", "b.txt"],
    "a percent sign that was encoded": ["filename*=UTF-8''100%25.txt", "100%.txt"],
    "an encoded path": ["filename*=UTF-8''..%2f..%2Fetc%2Fpasswd", "passwd"],
    "a line end": ['filename="a%0D%0Ab.txt"', "ab.txt"],
  };
  for (const [what, [rest, expected]] of Object.entries(names)) {
    test(what, () => {
      const { parts, code } = disposition(`name="f"; ${rest}`);
      assert.deepEqual([parts[0]?.filename, code], [expected, undefined]);
    });
  }

  const refused = {
    "CVE-2026-28356: a broken percent-encoding": "filename*=UTF-8''%zz",
    "half a percent-encoding": "filename*=UTF-8''a%2",
    "bytes that are no UTF-8": "filename*=UTF-8''%ff",
    "another charset": "filename*=utf-16''a",
    "no quotes": "filename*=UTF-8a",
    "one quote": "filename*=UTF-8'a",
    "three quotes": "filename*=UTF-8'''a'",
    "a space": "filename*=UTF-8''a b",
    "a quoted string": "filename*=\"UTF-8''a\"; x*=y",
    "a continuation": 'filename*0="a"; filename*1="b"',
    "an encoded continuation": "filename*0*=UTF-8''a",
    "two names": 'filename="a"; filename="b"',
    "two extended names": "filename*=UTF-8''a; filename*=UTF-8''b",
  };
  for (const [what, rest] of Object.entries(refused)) {
    test(what, () => {
      const { code, status } = disposition(`name="f"; ${rest}`);
      assert.equal(status, 400);
      assert.ok(code === invalid || code === "LMP_BODY_TEXT_INVALID", String(code));
    });
  }
});

describe("lines that are refused", () => {
  const good = 'Content-Disposition: form-data; name="a"';
  const refused: Record<string, string[]> = {
    "no Content-Disposition": ["Content-Type: text/plain"],
    "another disposition": ['Content-Disposition: attachment; name="a"'],
    "no disposition": ['Content-Disposition: name="a"'],
    "an empty one": ["Content-Disposition:"],
    "no name": ["Content-Disposition: form-data"],
    "no name, but a file name": ['Content-Disposition: form-data; filename="a"'],
    "two names": ['Content-Disposition: form-data; name="a"; name="b"'],
    "an extended name": ["Content-Disposition: form-data; name*=UTF-8''a"],
    "a name without end": ['Content-Disposition: form-data; name="a'],
    "a name without value": ["Content-Disposition: form-data; name"],
    "text behind a name": ['Content-Disposition: form-data; name="a"x'],
    "two dispositions": [good, good],
    "two types": [good, "Content-Type: a/b", "Content-Type: c/d"],
    "a malformed type": [good, "Content-Type: text"],
    "a line without colon": [good, "hello"],
    "a space before the colon": [good, "X : y"],
    "a folded line": [good, " folded"],
    "a name that is no token": [good, "X(: y"],
    NUL: [good, "X: a\0b"],
    "a bare CR": [good, "X: a\rb"],
    "a bare LF": [good, "X: a\nContent-Type: text/html"],
    "a form in a part": [good, "Content-Type: multipart/mixed; boundary=x"],
    "multipart of any kind": [good, "Content-Type: Multipart/Form-Data; boundary=x"],
  };
  for (const [what, head] of Object.entries(refused)) {
    test(what, () => {
      const { code, status, parts } = read(...head);
      assert.deepEqual([status, code, parts.length], [400, invalid, 0]);
    });
  }

  test("an encoding of the content is 415", () => {
    assert.equal(read(good, "Content-Transfer-Encoding: binary").code, undefined);
    for (const encoding of ["base64", "quoted-printable", "8bit, base64", ""]) {
      const { status, code } = read(good, `Content-Transfer-Encoding: ${encoding}`);
      assert.deepEqual([status, code], [415, "LMP_FORMS_ENCODING_UNSUPPORTED"]);
    }
  });
});

describe("variants", () => {
  test("CVE-2026-8159, CVE-2026-8162: 8 KiB of anything in a Content-Disposition are read in linear time", () => {
    const pieces = [
      '\\"',
      "\\",
      '"',
      ";",
      "=",
      "%",
      "%22",
      "filename=",
      'name="a"',
      " ",
      "\t",
      "a",
      "'",
      "*",
      "*=UTF-8''",
      "%zz",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (unit, quoted) => {
          const text = unit
            .join("")
            .repeat(Math.ceil(7500 / unit.join("").length))
            .slice(0, 7500);
          const begun = performance.now();
          const { status } = disposition(quoted ? `name="a"; filename="${text}` : `name="a"; ${text}`);
          assert.ok(status === undefined || (status >= 400 && status < 500));
          assert.ok(performance.now() - begun < 250, text.slice(0, 60));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("what a client may write as a name comes back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (name) => {
        const wire = name
          .replaceAll(/\r\n?|\n/g, "\r\n")
          .replaceAll("\r", "%0D")
          .replaceAll("\n", "%0A");
        const quoted = wire.replaceAll('"', "%22").replaceAll("\\", "\\\\");
        const { parts, code } = disposition(`name="${quoted}"`);
        if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(name)) assert.equal(code, invalid);
        else if (!/%(?:22|0[da])/i.test(name)) {
          assert.equal(parts[0]?.name, name.replaceAll(/\r\n?|\n/g, "\r\n"));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
