/** Parts while they arrive: in turn, once, skipped where they are not read, and bounded. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type FormPart, readParts } from "limpid/forms";
import { MediaType } from "limpid/http";
import { cut, field, file, form, formType, sourceOf } from "./multipart.ts";

const big = Buffer.alloc(300_000, 0x61);
const octets = form(
  field("a", "1"),
  file("f", "../x.txt", big, "text/plain; charset=utf-8"),
  field("b", "2"),
);
const pieces = cut(octets, [1, 50, 200, 1000, 99_999, 250_000]);

describe("parts", () => {
  test("each knows what it is and gives its bytes", async () => {
    const seen: unknown[] = [];
    for await (const part of readParts(formType, sourceOf(...pieces))) {
      const { length } = await part.bytes();
      seen.push([part.name, part.filename, part.type, length, part.headers.get("content-type")]);
    }
    assert.deepEqual(seen, [
      ["a", undefined, "text/plain", 1, null],
      ["f", "x.txt", "text/plain; charset=utf-8", 300_000, "text/plain; charset=utf-8"],
      ["b", undefined, "text/plain", 1, null],
    ]);
  });

  test("what is not read, or half, is skipped", async () => {
    const names: string[] = [];
    for await (const part of readParts(formType, sourceOf(...pieces))) {
      names.push(part.name);
      if (part.name === "f") for await (const _ of part) break;
    }
    assert.deepEqual(names, ["a", "f", "b"]);
  });

  test("content is pulled only as it is asked for", async () => {
    const source = sourceOf(...pieces);
    let reads = 0;
    const read = () => {
      reads++;
      return source.read();
    };
    const counting = { ...source, read };
    const parts = readParts(formType, counting);
    await parts.next();
    const before = reads;
    const { value: part } = await parts.next();
    assert.ok(reads <= before + 3, `${reads} reads`);
    const iterator = (part as FormPart)[Symbol.asyncIterator]();
    await iterator.next();
    assert.ok(reads < pieces.length);
    await parts.return();
    assert.equal(counting.cancelled, true);
  });

  test("a part is read once and in its turn", async () => {
    const held: FormPart[] = [];
    for await (const part of readParts(formType, sourceOf(...pieces))) {
      held.push(part);
      if (part.name !== "b") continue;
      await assert.rejects(held[0]!.text(), { code: "LMP_FORMS_PART_USED" });
      assert.equal(await part.text(), "2");
      await assert.rejects(part.text(), { code: "LMP_FORMS_PART_USED" });
    }
  });

  test("as a web stream, and text in its charset", async () => {
    const latin1 = {
      head: ['Content-Disposition: form-data; name="a"', "Content-Type: text/plain; charset=latin1"],
      content: Uint8Array.of(0xfc),
    };
    for await (const part of readParts(formType, sourceOf(...pieces))) {
      assert.ok((await new Response(part.stream()).text()).length > 0);
    }
    for await (const part of readParts(formType, sourceOf(form(latin1))))
      assert.equal(await part.text(), "ü");
  });

  test("limits hold for what is skipped too", async () => {
    const reading = async (): Promise<void> => {
      for await (const _ of readParts(formType, sourceOf(...pieces), { limits: { fileBytes: 299_999 } }));
    };
    await assert.rejects(reading, { status: 413, code: "LMP_FORMS_FILE_TOO_LARGE" });
  });

  test("whatever ends the loop, the rest of the content is not wanted", async () => {
    const leave = async (octets: Uint8Array, type = formType): Promise<boolean> => {
      const source = sourceOf(octets);
      try {
        for await (const _ of readParts(type, source)) break;
      } catch {}
      return source.cancelled;
    };
    assert.equal(await leave(octets), true);
    assert.equal(await leave(Buffer.from("nothing")), true);
    assert.equal(await leave(octets, MediaType.parse("text/plain")), true);
  });
});
