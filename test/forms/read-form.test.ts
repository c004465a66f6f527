/** Whole forms: fields, files in memory and on the disk, what is stored where, and that it goes away. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { type Form, type FormOptions, readForm } from "limpid/forms";
import { MediaType } from "limpid/http";
import { boundary, cut, field, file, form, formType, sourceOf } from "./multipart.ts";

const place = await mkdtemp(join(tmpdir(), "forms-test-"));
after(() => rm(place, { recursive: true }));

const read = (octets: Uint8Array, options: FormOptions = {}): Promise<Form> =>
  readForm(formType, sourceOf(...cut(octets, [7, 99, 70_000])), { temporaryFolder: place, ...options });

/** The temporary files there are. */
async function stored(): Promise<string[]> {
  const names = await readdir(place, { recursive: true });
  return names.filter((name) => /[0-9a-f]{32}$/.test(name)).map((name) => join(place, name));
}

const large = randomBytes(200_000);
const limits = { requestBytes: 1e9 };

describe("urlencoded", () => {
  const readText = (text: string | Uint8Array, parameters = ""): Promise<Form> =>
    readForm(MediaType.parse(`application/x-www-form-urlencoded${parameters}`), sourceOf(Buffer.from(text)));

  test("fields in their order, several of one name", async () => {
    const form = await readText("a=1&b=x+y%20z&a=%c3%BC&&c&=d&e==&ü=1");
    assert.deepEqual(
      [...form],
      [
        ["a", "1"],
        ["b", "x y z"],
        ["a", "ü"],
        ["c", ""],
        ["", "d"],
        ["e", "="],
        ["ü", "1"],
      ],
    );
    assert.deepEqual(form.getAll("a"), ["1", "ü"]);
    assert.throws(() => form.get("a"), { status: 400, code: "LMP_HTTP_PARAMETER_REPEATED" });
    assert.equal(form.get("missing"), undefined);
    assert.equal(form.has("c"), true);
    assert.equal(form.files.size, 0);
  });

  test("in any charset", async () => {
    assert.equal((await readText("a=%FC", "; charset=iso-8859-1")).get("a"), "ü");
    assert.equal((await readText(Buffer.from("a=\x82\xa0", "latin1"), "; charset=shift_jis")).get("a"), "あ");
    assert.equal((await readText("a=%82%a0", "; charset=shift_jis")).get("a"), "あ");
    await assert.rejects(readText("a=%FC"), { status: 400, code: "LMP_BODY_TEXT_INVALID" });
    await assert.rejects(readText("a=1", "; charset=klingon"), { status: 415 });
  });

  test("what is not percent-encoded is 400", async () => {
    for (const text of ["a=%", "a=%2", "a=%zz", "%4=1", "a=%0x", "a=%%20"]) {
      await assert.rejects(readText(text), { status: 400, code: "LMP_FORMS_URLENCODED_INVALID" }, text);
    }
  });

  test("reads what URLSearchParams writes", async () => {
    const pairs = fc.array(
      fc.tuple(fc.string({ unit: "grapheme", maxLength: 9 }), fc.string({ unit: "grapheme" })),
    );
    await fc.assert(
      fc.asyncProperty(pairs, async (sent) => {
        assert.deepEqual([...(await readText(String(new URLSearchParams(sent))))], sent);
      }),
    );
  });
});

describe("multipart", () => {
  test("what the platform writes comes back as it was", async () => {
    const name = fc
      .string({ unit: "grapheme", maxLength: 8 })
      .filter((text) => !/[\r\n\0-\x1f\x7f%]/.test(text));
    const plain = name.map((text) => text.replaceAll("\\", ""));
    const filename = fc.stringMatching(/^[a-z][a-z0-9 -]{0,9}\.[a-z]{2,4}$/);
    const type = fc.constantFrom("text/plain", "image/png", "application/octet-stream");
    const value = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
    const entry = fc.oneof(
      fc.record({ name: plain, value }),
      fc.record({ name: plain, filename, type, bytes: fc.uint8Array({ maxLength: 300 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 8 }),
        fc.array(fc.nat(3000)),
        fc.nat(200),
        async (entries, places, memoryBytes) => {
          const data = new FormData();
          for (const one of entries) {
            if ("value" in one) data.append(one.name, one.value);
            else
              data.append(one.name, new File([new Uint8Array(one.bytes)], one.filename, { type: one.type }));
          }
          const response = new Response(data);
          const sentType = MediaType.parse(response.headers.get("content-type") ?? "");
          const source = sourceOf(...cut(await response.bytes(), places));
          await using form = await readForm(sentType, source, { memoryBytes, temporaryFolder: place });
          const fields = entries.filter((one) => "value" in one);
          assert.deepEqual(
            [...form],
            fields.map((one) => [one.name, one.value]),
          );
          const files = entries.filter((one) => "bytes" in one);
          assert.equal(form.files.size, files.length);
          for (const [index, received] of [...form.files].entries()) {
            const sent = files[index]!;
            assert.deepEqual(
              [received.name, received.filename, received.type, received.size],
              [sent.name, sent.filename, sent.type, sent.bytes.length],
            );
            assert.deepEqual([...(await received.bytes())], [...sent.bytes]);
          }
        },
      ),
      { numRuns: 150 },
    );
    assert.deepEqual(await stored(), []);
  });

  test("fields and files by name", async () => {
    await using form_ = await read(
      form(field("a", "1"), file("f", "x", "X"), field("a", "2"), file("g", "y", "Y"), file("f", "z", "Z")),
    );
    assert.deepEqual(form_.getAll("a"), ["1", "2"]);
    assert.equal(await form_.files.get("g")?.text(), "Y");
    assert.throws(() => form_.files.get("f"), { status: 400, code: "LMP_HTTP_PARAMETER_REPEATED" });
    assert.deepEqual(
      form_.files.getAll("f").map(({ filename }) => filename),
      ["x", "z"],
    );
    assert.deepEqual(form_.toObject(), Object.assign(Object.create(null), { a: ["1", "2"] }));
    assert.equal(form_.has("f"), false);
    const data = await form_.toFormData();
    assert.deepEqual([...data.keys()], ["a", "a", "f", "g", "f"]);
    assert.equal(await (data.get("g") as File).text(), "Y");
  });

  test("a file input in which nothing was chosen is no file; an empty file is one", async () => {
    await using sent = await read(
      form(file("none", "", "", "application/octet-stream"), file("empty", "e.txt")),
    );
    assert.equal(sent.files.get("none"), undefined);
    assert.equal(sent.files.get("empty")?.size, 0);
    assert.deepEqual([...(await sent.files.get("empty")!.bytes())], []);
  });

  test("RFC 7578: charsets of a field and of a form", async () => {
    const latin1 = {
      head: ['Content-Disposition: form-data; name="a"', "Content-Type: text/plain; charset=iso-8859-1"],
      content: Uint8Array.of(0xfc),
    };
    assert.equal((await read(form(latin1))).get("a"), "ü");
    const all = await read(form(field("_charset_", "windows-1252"), field("a", Uint8Array.of(0x80))));
    assert.equal(all.get("a"), "€");
    await assert.rejects(read(form(field("a", Uint8Array.of(0x80)))), {
      status: 400,
      code: "LMP_BODY_TEXT_INVALID",
    });
    await assert.rejects(read(form(field("_charset_", "klingon"))), { status: 415 });
  });

  test("a name from a prototype is harmless, and refused where it would not be", async () => {
    for (const name of ["__proto__", "constructor", "prototype"]) {
      const sent = await read(form(field(name, "x")));
      assert.equal(sent.get(name), "x");
      assert.throws(() => sent.toObject(), { status: 400, code: "LMP_HTTP_PARAMETER_NAME_FORBIDDEN" });
    }
    assert.equal(Object.keys(Object.prototype).length, 0);
  });

  test("another media type is 415", async () => {
    for (const type of ["text/plain", "multipart/mixed; boundary=x", "application/json"]) {
      const source = sourceOf();
      await assert.rejects(readForm(MediaType.parse(type), source), {
        status: 415,
        code: "LMP_MEDIA_TYPE_UNSUPPORTED",
      });
      assert.equal(source.cancelled, true);
    }
    await assert.rejects(readForm(undefined, sourceOf()), { status: 415 });
    await assert.rejects(readForm(MediaType.parse("multipart/form-data"), sourceOf()), {
      code: "LMP_FORMS_BOUNDARY_INVALID",
    });
  });
});

describe("the disk", () => {
  test("CVE-2025-46653: a large file lies in a private folder under a random name, until the form is discarded", async () => {
    const sent = await read(form(file("f", "x.bin", large), file("g", "y.bin", large.subarray(0, 65_536))));
    const paths = await stored();
    assert.equal(paths.length, 1);
    const [path = ""] = paths;
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(join(path, ".."))).mode & 0o777, 0o700);
    assert.match(path, /limpid-forms\.[\w-]+\.\d+\.\d+\.\w{6}\/[0-9a-f]{32}$/);
    const f = sent.files.get("f")!;
    assert.deepEqual(Buffer.from(await f.bytes()), large);
    assert.deepEqual(Buffer.from(await new Response(f.stream()).arrayBuffer()), large);
    await sent.discard();
    assert.deepEqual(await stored(), []);
    for (const use of [
      () => f.bytes(),
      () => f.text(),
      () => f.save(join(place, "late")),
      async () => f.stream(),
    ]) {
      await assert.rejects(use, { code: "LMP_FORMS_FILE_GONE" });
    }
  });

  test("CVE-2025-47935: a form that fails leaves nothing, wherever it fails", async () => {
    const whole = form(file("f", "x", large), field("a", "1"), file("g", "y", large));
    const bad = [
      whole.subarray(0, 250_000),
      whole.subarray(0, -10),
      Buffer.concat([whole.subarray(0, 201_000), Buffer.from(`\r\n--${boundary}X`), whole]),
    ];
    for (const octets of bad) {
      const source = sourceOf(...cut(octets, [50_000, 100_000, 150_000]));
      await assert.rejects(readForm(formType, source, { temporaryFolder: place }));
      assert.equal(source.cancelled, true);
      assert.deepEqual(await stored(), []);
    }
    const pieces = [whole.subarray(0, 150_000), whole.subarray(150_000, 220_000)];
    const breaking = {
      cancel() {},
      async read() {
        const piece = pieces.shift();
        if (piece === undefined) throw new Error("gone");
        return piece;
      },
    };
    await assert.rejects(readForm(formType, breaking, { temporaryFolder: place }), { message: "gone" });
    assert.deepEqual(await stored(), []);
    await assert.rejects(read(form(file("f", "x", large)), { limits: { fileBytes: 199_999 } }), {
      code: "LMP_FORMS_FILE_TOO_LARGE",
    });
    assert.deepEqual(await stored(), []);
  });

  test("a place that cannot be written is 500, and not told to the client", async () => {
    const options = { temporaryFolder: join(place, "missing") };
    await assert.rejects(read(form(file("f", "x", large)), options), {
      status: 500,
      code: "LMP_FORMS_STORAGE_FAILED",
      expose: false,
    });
  });

  test("a folder that was cleaned away is made again", async () => {
    await (await read(form(file("f", "x", large)))).discard();
    const folders = (await readdir(place)).filter((name) => name.startsWith("limpid-forms"));
    for (const name of folders) await rm(join(place, name), { recursive: true });
    await using again = await read(form(file("f", "x", large)));
    assert.equal(again.files.get("f")?.size, large.length);
  });
});

describe("saving", () => {
  for (const [where, content] of [
    ["memory", Buffer.from("small")],
    ["disk", large],
  ] as const) {
    test(`from ${where}: whole, private, and never over another file`, async () => {
      const folder = await mkdtemp(join(place, "saved-"));
      await using sent = await read(form(file("f", "x", content)), { limits });
      const f = sent.files.get("f")!;
      const path = join(folder, "kept");
      await f.save(path);
      assert.deepEqual(await readFile(path), content);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
      await assert.rejects(f.save(path), { code: "LMP_FORMS_FILE_EXISTS" });
      await writeFile(path, "other");
      await assert.rejects(f.save(path), { code: "LMP_FORMS_FILE_EXISTS" });
      assert.equal(await readFile(path, "utf8"), "other");
      if (where === "memory") {
        await f.save(path, { overwrite: true, mode: 0o640 });
        assert.deepEqual(await readFile(path), content);
        assert.equal((await stat(path)).mode & 0o777, 0o640);
      }
      const named = await f.saveIn(folder);
      assert.match(named.slice(folder.length), /^\/[0-9a-f]{32}$/);
      await assert.rejects(f.save(join(folder, "no", "folder")), { code: "LMP_FORMS_STORAGE_FAILED" });
      await mkdir(join(folder, "taken"));
      await assert.rejects(f.save(join(folder, "taken")));
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.startsWith(".")),
        [],
      );
    });
  }

  test("what was saved outlives the request", async () => {
    const sent = await read(form(file("f", "x", large)));
    const path = await sent.files.get("f")!.saveIn(place);
    await sent.discard();
    assert.deepEqual(await readFile(path), large);
    await rm(path);
  });
});
