/** a 5 GB upload to disk grows the server by at most 64 MB and arrives as it was; 2,000 aborted ones leave nothing. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { statfsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { sleep } from "./apparatus/statistics.ts";

const MEGABYTE = 1_048_576;
const head =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\nContent-Type: application/octet-stream\r\n\r\n';
const tail = "\r\n--b--\r\n";

await script({ gigabytes: 5, aborts: 2000 }, async (run) => {
  const { gigabytes, aborts } = run.options;
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < (gigabytes + 2) * 1e9)
    throw new Error("There is not enough room for temporary files.");
  using server = new Program("servers/uploads", { core: 0 });
  const port = await server.ask<number>("listen", {});
  try {
    await upload(port, MEGABYTE);
    await server.ask("clear");
    await abortUploads(port, 20);
    await server.ask("collectGarbage");
    const idle = await server.ask<number>("residentBytes");
    const descriptors = await server.ask<number>("descriptors");

    let most = idle;
    const watching = setInterval(() => {
      void server.ask<number>("residentBytes").then((bytes) => {
        most = Math.max(most, bytes);
      });
    }, 50);
    const begun = performance.now();
    const sent = await upload(port, gigabytes * 1e9);
    const seconds = (performance.now() - begun) / 1000;
    clearInterval(watching);
    run.shown("took", seconds, "s");
    run.atMost("RSS above idle", (most - idle) / MEGABYTE, 64, "MiB");
    run.exactly("bytes that arrived", sent.size, gigabytes * 1e9, "bytes");
    const digest = await server.ask<string>("digest", sent.path);
    run.exactly("SHA-256 that differ", digest === sent.digest ? 0 : 1, 0, "files");
    await server.ask("clear");

    await abortUploads(port, aborts);
    const broken = performance.now();
    while ((await server.ask<number>("files")) > 0 && performance.now() - broken < 20_000) await sleep(50);
    run.atMost("until the last file had gone", (performance.now() - broken) / 1000, 5, "s");
    await sleep(200);
    run.exactly("files left by aborted uploads", await server.ask<number>("files"), 0, "files");
    run.atMost(
      "descriptors above idle",
      (await server.ask<number>("descriptors")) - descriptors,
      0,
      "descriptors",
    );
    await server.ask("collectGarbage");
    run.shown(
      "RSS above idle in the end",
      ((await server.ask<number>("residentBytes")) - idle) / MEGABYTE,
      "MiB",
    );
  } finally {
    await server.ask("remove");
  }
});

interface Sent {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
}

/** A megabyte of noise again and again, each time with its number in front. */
async function upload(port: number, size: number): Promise<Sent> {
  const socket = connect({ port, host: "127.0.0.1" });
  await begin(socket, size);
  const hash = createHash("sha256");
  const piece = noise(MEGABYTE);
  for (let sent = 0, count = 0; sent < size; count++) {
    const bytes = Buffer.from(piece.subarray(0, Math.min(MEGABYTE, size - sent)));
    if (bytes.length >= 4) bytes.writeUInt32LE(count);
    hash.update(bytes);
    sent += bytes.length;
    if (!socket.write(bytes)) await once(socket, "drain");
  }
  socket.write(tail);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  const text = String(answer);
  return { ...JSON.parse(text.slice(text.indexOf("\r\n\r\n"))), digest: hash.digest("hex") };
}

/** Uploads of a megabyte that break off anywhere, twenty at a time. */
async function abortUploads(port: number, count: number): Promise<void> {
  const piece = noise(MEGABYTE);
  for (let begun = 0; begun < count; begun += 20) {
    await Promise.all(
      Array.from({ length: Math.min(20, count - begun) }, async (_, index) => {
        const socket = connect({ port, host: "127.0.0.1" });
        socket.on("error", () => {});
        await begin(socket, MEGABYTE);
        const cut = ((begun + index) * 523) % MEGABYTE;
        await new Promise<void>((resolve) => socket.write(piece.subarray(0, cut), () => resolve()));
        if (index % 2 === 0) socket.resetAndDestroy();
        else socket.destroy();
        if (!socket.closed) await once(socket, "close");
      }),
    );
  }
}

async function begin(socket: Socket, size: number): Promise<void> {
  await once(socket, "connect");
  const length = head.length + size + tail.length;
  socket.write(
    `POST /disk HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n${head}`,
  );
}

function noise(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0, seed = 1; at < bytes; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    buffer[at] = seed >>> 16;
  }
  return buffer;
}
