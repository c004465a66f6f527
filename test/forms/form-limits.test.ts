/** Every limit of a form: what is just within it is read, what is one beyond is 413 with the code of the limit. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultFormLimits, type FormLimits, MultipartParser, readForm } from "limpid/forms";
import { MediaType } from "limpid/http";
import { boundary, feed, feedEveryWay, field, file, form, sourceOf, type WirePart } from "./multipart.ts";

const times = <Value>(count: number, value: Value): Value[] => Array<Value>(count).fill(value);
const headed = (extra: string[]): WirePart => ({
  head: ['Content-Disposition: form-data; name="a"', ...extra],
});

interface Case {
  limits: Partial<FormLimits>;
  within: Buffer;
  beyond: Buffer;
  code: string;
}

const disposition = 'Content-Disposition: form-data; name="a"'.length;
const cases: Record<
  keyof Omit<FormLimits, "boundaryBytes" | "params" | "paramNameBytes" | "urlencodedBytes">,
  Case
> = {
  parts: {
    limits: { parts: 3 },
    within: form(...times(3, field("a"))),
    beyond: form(...times(4, field("a"))),
    code: "LMP_FORMS_PARTS_TOO_MANY",
  },
  fields: {
    limits: { fields: 2 },
    within: form(...times(2, field("a")), file("f", "f")),
    beyond: form(...times(3, field("a"))),
    code: "LMP_FORMS_FIELDS_TOO_MANY",
  },
  files: {
    limits: { files: 2 },
    within: form(...times(2, file("a", "f")), field("a")),
    beyond: form(...times(3, file("a", "f"))),
    code: "LMP_FORMS_FILES_TOO_MANY",
  },
  nameBytes: {
    limits: { nameBytes: 6 },
    within: form(field("üüü")),
    beyond: form(field("üüüx")),
    code: "LMP_FORMS_NAME_TOO_LONG",
  },
  fieldBytes: {
    limits: { fieldBytes: 5 },
    within: form(field("a", "12345"), file("f", "f", "123456")),
    beyond: form(field("a", "123456")),
    code: "LMP_FORMS_FIELD_TOO_LARGE",
  },
  fieldsBytes: {
    limits: { fieldsBytes: 5 },
    within: form(field("a", "123"), file("f", "f", "1234567"), field("b", "45")),
    beyond: form(field("a", "123"), field("b", "456")),
    code: "LMP_FORMS_FIELDS_TOO_LARGE",
  },
  fileBytes: {
    limits: { fileBytes: 5 },
    within: form(file("f", "f", "12345"), field("a", "1234567")),
    beyond: form(file("f", "f", "123456")),
    code: "LMP_FORMS_FILE_TOO_LARGE",
  },
  requestBytes: {
    limits: { requestBytes: form(field("a", "12")).length },
    within: form(field("a", "12")),
    beyond: form(field("a", "123")),
    code: "LMP_FORMS_REQUEST_TOO_LARGE",
  },
  headLines: {
    limits: { headLines: 3 },
    within: form(headed(["X: 1", "Y: 2"])),
    beyond: form(headed(["X: 1", "Y: 2", "Z: 3"])),
    code: "LMP_FORMS_PART_HEAD_TOO_LARGE",
  },
  headBytes: {
    limits: { headBytes: disposition + 10 },
    within: form(headed(["X: 45678"])),
    beyond: form(headed(["X: 456789"])),
    code: "LMP_FORMS_PART_HEAD_TOO_LARGE",
  },
  preambleBytes: {
    limits: { preambleBytes: 4 },
    within: Buffer.concat([Buffer.from("1234\r\n"), form(field("a"))]),
    beyond: Buffer.concat([Buffer.from("12345\r\n"), form(field("a"))]),
    code: "LMP_FORMS_PREAMBLE_TOO_LARGE",
  },
  epilogueBytes: {
    limits: { epilogueBytes: 4 },
    within: Buffer.concat([form(field("a")), Buffer.from("1234")]),
    beyond: Buffer.concat([form(field("a")), Buffer.from("12345")]),
    code: "LMP_FORMS_EPILOGUE_TOO_LARGE",
  },
};

describe("multipart", () => {
  for (const [limit, { limits, within, beyond, code }] of Object.entries(cases)) {
    test(`${limit}: +1 is 413 ${code}, whatever the fragmentation`, () => {
      assert.equal(feedEveryWay(within, limits).code, undefined);
      const outcome = feedEveryWay(beyond, limits);
      assert.deepEqual([outcome.status, outcome.code], [413, code]);
    });
  }

  test("boundaryBytes: +1 is 400", () => {
    new MultipartParser("12345", { boundaryBytes: 5 });
    assert.throws(() => new MultipartParser("123456", { boundaryBytes: 5 }), {
      code: "LMP_FORMS_BOUNDARY_INVALID",
    });
  });

  test("the defaults", () => {
    const { parts, files } = defaultFormLimits;
    assert.equal(feed([form(...times(parts, field("a")))]).code, undefined);
    assert.equal(feed([form(...times(parts + 1, field("a")))]).code, "LMP_FORMS_PARTS_TOO_MANY");
    assert.equal(feed([form(...times(files + 1, file("a", "b")))]).code, "LMP_FORMS_FILES_TOO_MANY");
    assert.equal(feed([form(field("a", "x".repeat(65_536)))]).code, undefined);
    assert.equal(feed([form(field("a", "x".repeat(65_537)))]).code, "LMP_FORMS_FIELD_TOO_LARGE");
    assert.equal(feed([form(file("a", "b", Buffer.alloc(10_485_760)))]).code, undefined);
    assert.equal(feed([form(file("a", "b", Buffer.alloc(10_485_761)))]).code, "LMP_FORMS_FILE_TOO_LARGE");
    assert.equal(feed([form(field("x".repeat(101)))]).code, "LMP_FORMS_NAME_TOO_LONG");
  });

  test("CVE-2026-5079: a field name nested 10,000 times is too long, at once", () => {
    assert.equal(feed([form(field(`a${"[b]".repeat(2000)}`))]).code, "LMP_FORMS_NAME_TOO_LONG");
    assert.equal(feed([form(field(`a${"[b]".repeat(10_000)}`))]).code, "LMP_FORMS_PART_HEAD_TOO_LARGE");
  });

  test("Rack 2025: preamble, head, field and epilogue without end are cut off at their limits", () => {
    const endless: Record<string, [string, string]> = {
      preamble: ["", "LMP_FORMS_PREAMBLE_TOO_LARGE"],
      head: [`--${boundary}\r\nX: `, "LMP_FORMS_PART_HEAD_TOO_LARGE"],
      field: [
        `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n`,
        "LMP_FORMS_FIELD_TOO_LARGE",
      ],
      epilogue: [`--${boundary}--\r\n`, "LMP_FORMS_EPILOGUE_TOO_LARGE"],
    };
    const filler = Buffer.alloc(65_536, 0x78);
    for (const [where, [begin, code]] of Object.entries(endless)) {
      const outcome = feed(endlessly(Buffer.from(begin), filler, 1024));
      assert.equal(outcome.code, code, where);
    }
  });

  test("a limit that is no integer is a mistake of the application", () => {
    for (const limits of [
      { parts: -1 },
      { fileBytes: Number.POSITIVE_INFINITY },
      { fields: 1.5 },
      { files: Number.NaN },
    ]) {
      assert.throws(() => new MultipartParser("b", limits), { code: "LMP_FORMS_LIMIT_INVALID" });
    }
  });
});

describe("urlencoded", () => {
  const type = MediaType.parse("application/x-www-form-urlencoded");
  const read = (text: string, limits?: Partial<FormLimits>) =>
    readForm(type, sourceOf(Buffer.from(text)), { limits });

  test("CVE-2024-45590, CVE-2025-13466: +1 of 1,000 fields is 413, and a megabyte of separators is no work", async () => {
    assert.equal([...(await read("a=&".repeat(1000)))].length, 1000);
    await assert.rejects(read("a=&".repeat(1001)), { status: 413, code: "LMP_FORMS_PARAMS_TOO_MANY" });
    const begun = performance.now();
    await assert.rejects(read("a=&".repeat(349_000)), { code: "LMP_FORMS_PARAMS_TOO_MANY" });
    assert.deepEqual([...(await read("&".repeat(1_000_000)))], []);
    assert.ok(performance.now() - begun < 1000);
  });

  test("paramNameBytes and urlencodedBytes: +1 is 413", async () => {
    assert.equal((await read(`${"ü".repeat(128)}=1`)).get("ü".repeat(128)), "1");
    await assert.rejects(read(`${"ü".repeat(128)}x=1`), { status: 413, code: "LMP_FORMS_NAME_TOO_LONG" });
    await assert.rejects(read(`${"%61".repeat(257)}=1`), { status: 413, code: "LMP_FORMS_NAME_TOO_LONG" });
    assert.equal((await read("a=345", { urlencodedBytes: 5 })).get("a"), "345");
    await assert.rejects(read("a=3456", { urlencodedBytes: 5 }), {
      status: 413,
      code: "LMP_FORMS_URLENCODED_TOO_LARGE",
    });
  });
});

function* endlessly(begin: Buffer, filler: Buffer, pieces: number): Generator<Buffer> {
  yield begin;
  for (let count = 0; count < pieces; count++) yield filler;
}
