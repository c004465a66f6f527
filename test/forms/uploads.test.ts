/** Uploads over a socket: what clients write, what goes away with the request, and what is left when one breaks off. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { App, createLogger, type FormFile } from "limpid";
import { field, file, form } from "./multipart.ts";

const place = await mkdtemp(join(tmpdir(), "forms-upload-"));
const settled: Promise<unknown>[] = [];
let kept: FormFile | undefined;
const app = new App({ log: createLogger({ level: "silent" }) });
const options = { temporaryFolder: place, memoryBytes: 100 };

app.post("/form", (request) => {
  const reading = request.form(options);
  settled.push(reading.catch(() => undefined));
  return reading.then(async (sent) => {
    const files = await Promise.all(
      Array.from(sent.files, async (one) => [one.name, one.filename, one.type, digest(await one.bytes())]),
    );
    kept = sent.files.getAll("f")[0];
    return { fields: [...sent], files, stored: (await stored()).length };
  });
});
app.post("/parts", async (request) => {
  const parts: unknown[] = [];
  for await (const part of request.parts()) {
    const hash = createHash("sha256");
    if (part.name !== "skip") for await (const piece of part) hash.update(piece);
    parts.push([part.name, part.filename, hash.digest("hex")]);
  }
  return parts;
});
app.post("/unread", () => "did not look");
app.post("/late", async (request) => {
  const { files } = await request.form(options);
  kept = files.get("f");
  throw new Error("after the form");
});

let port = 0;
before(async () => {
  const server = await app.listen({ port: 0, host: "127.0.0.1" });
  port = Number(new URL(server.url).port);
});
after(async () => {
  await app.close({ grace: 100 });
  await rm(place, { recursive: true });
});

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const large = randomBytes(300_000);

async function stored(): Promise<string[]> {
  return (await readdir(place, { recursive: true })).filter((name) => /[0-9a-f]{32}$/.test(name));
}

/** Waits until nothing is stored; a removal runs behind the answer. */
async function nothingStored(): Promise<void> {
  const end = performance.now() + 5000;
  while ((await stored()).length > 0) {
    assert.ok(performance.now() < end, "temporary files are left behind");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function send(path: string, body: FormData): Promise<{ status: number; json: never }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body });
  return { status: response.status, json: (await response.json()) as never };
}

/** A request as curl writes one, whole or broken off after `bytes`. */
function raw(path: string, body: Uint8Array, type: string): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nHost: h\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\nContent-Length: ${body.length}\r\nContent-Type: ${type}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

async function exchange(octets: Uint8Array): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(octets);
  const pieces: Buffer[] = [];
  socket.on("data", (bytes: Buffer) => pieces.push(bytes));
  await once(socket, "close");
  return Buffer.concat(pieces).toString();
}

describe("what clients write", () => {
  test("fetch, through form()", async () => {
    const data = new FormData();
    data.append("title", "Tides");
    data.append("f", new File([large], "tides.bin", { type: "application/x-tides" }));
    data.append("f", new File(["small"], "small.txt", { type: "text/plain" }));
    const { json } = await send("/form", data);
    assert.deepEqual(json, {
      fields: [["title", "Tides"]],
      files: [
        ["f", "tides.bin", "application/x-tides", digest(large)],
        ["f", "small.txt", "text/plain", digest(Buffer.from("small"))],
      ],
      stored: 1,
    });
    await nothingStored();
    await assert.rejects(async () => kept?.bytes(), { code: "LMP_FORMS_FILE_GONE" });
  });

  test("fetch, through parts()", async () => {
    const data = new FormData();
    data.append("skip", new File([large], "skip"));
    data.append("f", new File([large], "f.bin"));
    const { json } = await send("/parts", data);
    assert.deepEqual(json, [
      ["skip", "skip", digest(Buffer.alloc(0))],
      ["f", "f.bin", digest(large)],
    ]);
  });

  const written: Record<string, [string, string, string[]]> = {
    curl: [
      "------------------------d74496d66958873e",
      'Content-Disposition: form-data; name="f"; filename="a \\"b\\".txt"\r\nContent-Type: text/plain',
      ["f", "a _b_.txt", "text/plain"],
    ],
    Firefox: [
      "----geckoformboundary6a3f1d2b",
      'Content-Disposition: form-data; name="f"; filename="für%22.txt"\r\nContent-Type: text/plain',
      ["f", "für_.txt", "text/plain"],
    ],
    Safari: [
      "----WebKitFormBoundaryqJ9kT2",
      'Content-Disposition: form-data; name="f"; filename="IMG_1.HEIC"\r\nContent-Type: image/heic',
      ["f", "IMG_1.HEIC", "image/heic"],
    ],
    "python-requests": [
      "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
      "Content-Disposition: form-data; name=\"f\"; filename*=utf-8''f%C3%BCr.txt",
      ["f", "für.txt", "application/octet-stream"],
    ],
    Java: [
      "Boundary_1_12345_1700000000",
      'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: form-data; name="f"; filename="a"; size=1\r\nContent-Length: 1',
      ["f", "a", "application/octet-stream"],
    ],
  };
  for (const [client, [own, head, expected]] of Object.entries(written)) {
    test(client, async () => {
      const body = Buffer.from(`--${own}\r\n${head}\r\n\r\nx\r\n--${own}--\r\n`);
      const text = await exchange(raw("/form", body, `multipart/form-data; boundary=${own}`));
      const { files } = JSON.parse(text.slice(text.indexOf("\r\n\r\n")));
      assert.deepEqual(files[0].slice(0, 3), expected);
    });
  }
});

describe("what goes wrong", () => {
  const type = "multipart/form-data; boundary=----WebKitFormBoundaryAbC123";

  test("an error behind the form, an error in it, and content that nobody reads leave nothing", async () => {
    const body = form(file("f", "x", large), field("a", "1"));
    assert.match(await exchange(raw("/late", body, type)), /^HTTP\/1\.1 500/);
    await nothingStored();
    await assert.rejects(async () => kept?.bytes(), { code: "LMP_FORMS_FILE_GONE" });
    assert.match(
      await exchange(raw("/form", body.subarray(0, -20), type)),
      /^HTTP\/1\.1 400[\s\S]*LMP_FORMS_INCOMPLETE/,
    );
    assert.match(await exchange(raw("/unread", body, type)), /^HTTP\/1\.1 200/);
    await nothingStored();
  });

  test("GHSA-92vj-g62v-jqhh: content beyond 16 MiB is 413 by its announcement; a bodyLimit holds for forms too", async () => {
    const head = raw("/form", Buffer.alloc(0), type)
      .toString()
      .replace("Content-Length: 0", "Content-Length: 16777217");
    assert.match(await exchange(Buffer.from(head)), /^HTTP\/1\.1 413/);
    const body = form(file("f", "x", large));
    const limited = new App({ log: createLogger({ level: "silent" }) });
    limited.post("/", { bodyLimit: 1000 }, async (request) => `${(await request.form()).files.size}`);
    const { Request } = await import("limpid");
    const response = await limited.handle(
      new Request("/", { method: "POST", body, headers: { "Content-Type": type } }),
    );
    assert.equal(response.status, 413);
  });

  test("CVE-2025-47944, CVE-2026-2359, CVE-2026-3304: broken off at any byte, nothing is left and nobody waits", async () => {
    const body = form(
      field("a", "1"),
      file("f", "x.bin", randomBytes(800)),
      file("g", "y.bin", randomBytes(400)),
    );
    const octets = raw("/form", body, type);
    const stride = Number(process.env.ABORT_STRIDE ?? 7);
    const offsets = Array.from({ length: Math.ceil(octets.length / stride) }, (_, index) => index * stride);
    settled.length = 0;
    while (offsets.length > 0) {
      await Promise.all(
        offsets.splice(0, 20).map(async (offset) => {
          const socket = connect(port, "127.0.0.1");
          socket.on("error", () => {});
          await once(socket, "connect");
          // Some end in good order, some are torn off.
          if (offset % 3 > 0) socket.end(octets.subarray(0, offset));
          else socket.write(octets.subarray(0, offset), () => socket.resetAndDestroy());
          socket.resume();
          await once(socket, "close");
        }),
      );
    }
    await exchange(octets);
    await Promise.all(settled);
    assert.ok(settled.length > 10);
    await nothingStored();
  });
});
