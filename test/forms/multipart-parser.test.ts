/** The multipart parser: the same parts and the same errors, whatever the fragmentation. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MultipartParser } from "limpid/forms";
import { boundary, comparable, cut, feed, feedEveryWay, field, file, form } from "./multipart.ts";

const line = `--${boundary}`;
const invalid = "LMP_FORMS_MULTIPART_INVALID";

describe("what is read", () => {
  test("fields, files, empty ones, and several of one name", () => {
    const { parts, ended, code } = feedEveryWay(
      form(
        field("a", "1"),
        field("a", "2"),
        field("empty"),
        file("f", "x.txt", "hi\r\nthere", "text/plain"),
        file("g", "e", ""),
      ),
    );
    assert.equal(code, undefined);
    assert.equal(ended, true);
    assert.deepEqual(
      parts.map(({ name, filename, type, content }) => [name, filename, type, content]),
      [
        ["a", undefined, undefined, "1"],
        ["a", undefined, undefined, "2"],
        ["empty", undefined, undefined, ""],
        ["f", "x.txt", "text/plain", "hi\r\nthere"],
        ["g", "e", undefined, ""],
      ],
    );
    assert.ok(parts.every(({ complete }) => complete));
  });

  test("a form without parts", () => {
    assert.deepEqual(feedEveryWay(Buffer.from(`${line}--\r\n`)).parts, []);
  });

  test("what looks like a boundary and is none is content", () => {
    const almost = [
      `\r\n--${boundary.slice(0, -1)}`,
      `--${boundary}`,
      `x--${boundary}\r\n`,
      "\r\n--",
      "\r\r\n",
      "\r",
      "\n",
      "\n--",
    ];
    for (const content of [...almost, almost.join("x"), `${almost.join("")}\r`]) {
      assert.equal(feedEveryWay(form(file("f", "f", `x${content}`))).parts[0]?.content, `x${content}`);
    }
  });

  test("preamble and epilogue mean nothing", () => {
    const body = form(field("a", "1"));
    for (const before of ["", "\r\n", "This is a MIME message.\r\n", `--${boundary.slice(3)}\r\n`]) {
      for (const behind of ["", "\r\n", "more\r\nand more", "--"]) {
        const { parts, code } = feedEveryWay(Buffer.concat([Buffer.from(before), body, Buffer.from(behind)]));
        assert.deepEqual([parts.length, code], [1, undefined], JSON.stringify([before, behind]));
      }
    }
    const end = `${line}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n${line}--`;
    assert.equal(feedEveryWay(Buffer.from(end)).code, undefined);
  });

  test("a view is handed out where it lies, and little is held back", () => {
    const body = form(file("f", "f", Buffer.alloc(100_000, 0x61)));
    const parser = new MultipartParser(boundary);
    parser.push(body.subarray(0, 90_000));
    parser.next();
    const event = parser.next();
    assert.equal(event?.kind === "data" && event.bytes.buffer === body.buffer, true);
    assert.equal(event?.kind === "data" && event.bytes.length > 89_000, true);
  });
});

describe("what is refused", () => {
  const head = 'Content-Disposition: form-data; name="a"\r\n\r\n';
  const refused: Record<string, [string, string]> = {
    "no boundary at all": ["hello", "LMP_FORMS_INCOMPLETE"],
    nothing: ["", "LMP_FORMS_INCOMPLETE"],
    "no last boundary": [`${line}\r\n${head}1\r\n`, "LMP_FORMS_INCOMPLETE"],
    "a last boundary without its second hyphen": [`${line}\r\n${head}1\r\n${line}-`, "LMP_FORMS_INCOMPLETE"],
    "an end within a head": [`${line}\r\nContent-Disposition: form-data`, "LMP_FORMS_INCOMPLETE"],
    "a boundary that goes on": [`${line}\r\n${head}1\r\n${line}X\r\n${head}2\r\n${line}--`, invalid],
    "padding behind a boundary": [`${line} \r\n${head}1\r\n${line}--`, invalid],
    "LF behind a boundary": [`${line}\n${head}1\r\n${line}--`, invalid],
    "LF before a boundary": [`${line}\r\n${head}1\n${line}--\r\n`, invalid],
    "LF before the first boundary": [`x\n${line}\r\n${head}1\r\n${line}--\r\n`, invalid],
    "a boundary joined to a head": [`${line}\r\n${head}${line}--\r\n`, invalid],
    "another form behind the end": [`${line}--\r\n${line}\r\n${head}2\r\n${line}--`, invalid],
    "a boundary behind LF behind the end": [`${line}--\r\nx\n${line}`, invalid],
    "text at once behind the end": [`${line}--x`, invalid],
    "half a line end behind the end": [`${line}--\r`, invalid],
    "LF alone behind the end": [`${line}--\n`, invalid],
    "no head": [`${line}\r\n\r\n1\r\n${line}--`, "LMP_FORMS_PART_INVALID"],
    "LF in a head": [
      `${line}\r\nContent-Disposition: form-data; name="a"\nX: y\r\n\r\n1\r\n${line}--`,
      "LMP_FORMS_PART_INVALID",
    ],
    "a head with LF alone": [
      `${line}\r\nContent-Disposition: form-data; name="a"\n\n1\r\n${line}--`,
      "LMP_FORMS_INCOMPLETE",
    ],
  };
  for (const [what, [text, code]] of Object.entries(refused)) {
    test(what, () => {
      const outcome = feedEveryWay(Buffer.from(text));
      assert.deepEqual([outcome.code, outcome.status], [code, 400]);
    });
  }

  test("boundaries that RFC 2046 does not permit", () => {
    for (const bad of ["", "x".repeat(71), "a\r\nb", "ü", "a;b", "end ", '"', "a\0"]) {
      assert.throws(() => new MultipartParser(bad), { status: 400, code: "LMP_FORMS_BOUNDARY_INVALID" }, bad);
    }
    for (const good of ["x", "x".repeat(70), "a b", "'()+_,-./:=?"]) new MultipartParser(good);
  });

  test("a parser that has thrown is dead", () => {
    const parser = new MultipartParser(boundary);
    parser.push(Buffer.from(`${line}x\r\n`));
    assert.throws(() => parser.next());
    parser.push(form(field("a")));
    assert.equal(parser.next(), undefined);
  });
});

describe("properties", () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const hostile = fc
    .array(fc.constantFrom("\r", "\n", "\r\n", "-", "--", boundary.slice(0, 9), "x", "\r\n--", "\0"), {
      maxLength: 20,
    })
    .map((pieces) => Buffer.from(pieces.join("")));
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const part = fc.record({ name, isFile: fc.boolean(), content: fc.oneof(bytes, hostile) });

  test("any split gives the parts that were written", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.array(fc.nat(5000), { maxLength: 12 }),
        (parts, places) => {
          const octets = form(
            ...parts.map(({ name: label, isFile, content }) =>
              isFile ? file(label, "n", content) : field(label, content),
            ),
          );
          const outcome = feed(cut(octets, places));
          assert.equal(outcome.code, undefined);
          assert.deepEqual(
            outcome.parts.map(({ name: label, content }) => [label, content]),
            parts.map(({ name: label, content }) => [label, Buffer.from(content).toString("latin1")]),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("CVE-2022-24434: damaged forms end in a value or an HttpError, the same for every split", () => {
    const base = form(field("a", "1"), file("f", "x", "content\r\n--", "text/plain"), field("b"));
    const damage = fc.record({
      at: fc.nat(base.length - 1),
      remove: fc.nat(8),
      insert: fc.oneof(
        fc.constantFrom(
          "\r\n",
          "\n",
          "\r",
          "--",
          ":",
          ";",
          '"',
          "\0",
          `\r\n--${boundary}`,
          "\r\n\r\n",
          "%",
          "\\",
          "é",
        ),
        fc.string({ maxLength: 6 }),
      ),
    });
    const runs = Number(process.env.FUZZ_RUNS ?? 4000);
    fc.assert(
      fc.property(
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(600), { maxLength: 8 }),
        (damages, places) => {
          let octets: Buffer = base;
          for (const { at, remove, insert } of damages) {
            octets = Buffer.concat([
              octets.subarray(0, at),
              Buffer.from(insert),
              octets.subarray(at + remove),
            ]);
          }
          const whole = feed([octets]);
          assert.ok(whole.code === undefined || whole.code.startsWith("LMP_"));
          assert.equal(comparable(feed(cut(octets, places))), comparable(whole));
        },
      ),
      { numRuns: runs },
    );
  });
});
