/** Large files: flat memory, descriptors that are given back, and connections that break rather than lie. */
import assert from "node:assert/strict";
import { readdirSync, readlinkSync, truncateSync } from "node:fs";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { App, files, Request } from "limpid";
import { type LendsPieces, lentPieces } from "limpid/message";
import { ask, folderOf, serveFolder } from "./served.ts";

const MIB = 1_048_576;
const linux = process.platform === "linux";
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** How many descriptors of this process are open below a folder. */
function openBelow(root: string): number {
  return readdirSync("/proc/self/fd").filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(`${root}/`);
    } catch {
      return false;
    }
  }).length;
}

async function noneOpen(root: string): Promise<void> {
  for (let turns = 0; openBelow(root) > 0; turns++) {
    assert.ok(turns < 2000, `${openBelow(root)} files are still open`);
    if (turns % 100 === 99) collect();
    await new Promise(setImmediate);
  }
}

/** A client that reads a little and then no more. */
async function lazyClient(t: TestContext, port: number, target: string) {
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write(`GET ${target} HTTP/1.1\r\nHost: h\r\n\r\n`);
  await new Promise((resolve) => socket.once("readable", resolve));
  return socket;
}

test("clients that do not read hold a few pieces each, not a file", { skip: !linux }, async (t) => {
  const root = folderOf(t, { "big.bin": Buffer.alloc(64 * MIB, 1) });
  const { port } = await serveFolder(t, root);
  await ask(port, "/static/big.bin", { Range: "bytes=0-9" });
  collect();
  const before = process.memoryUsage().arrayBuffers;
  const clients = await Promise.all(Array.from({ length: 8 }, () => lazyClient(t, port, "/static/big.bin")));
  // Until the system takes no more, pieces come and go.
  let grown = Number.POSITIVE_INFINITY;
  for (let turns = 0; turns < 2000 && grown >= 8 * MIB; turns++) {
    await new Promise(setImmediate);
    if (turns % 50 === 49) collect();
    grown = process.memoryUsage().arrayBuffers - before;
  }
  assert.ok(grown < 8 * MIB, `${Math.round(grown / MIB)} MiB`);
  assert.equal(openBelow(root), 8);
  for (const client of clients) client.destroy();
  await noneOpen(root);
});

test("a file is closed at the end, after HEAD, after 304 and when the client goes", {
  skip: !linux,
}, async (t) => {
  const root = folderOf(t, { "big.bin": Buffer.alloc(8 * MIB, 1) });
  const { port } = await serveFolder(t, root);
  const whole = await ask(port, "/static/big.bin");
  assert.equal(whole.body.length, 8 * MIB);
  await ask(port, "/static/big.bin", {}, "HEAD");
  await ask(port, "/static/big.bin", { "If-None-Match": whole.fields.get("etag") ?? "" });
  await ask(port, "/static/big.bin", { Range: "bytes=5-9,7000000-7000009" });
  for (let n = 0; n < 50; n++) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET /static/big.bin HTTP/1.1\r\nHost: h\r\n\r\n");
    if (n % 2 === 0) await new Promise((resolve) => socket.once("readable", resolve));
    socket.destroy();
  }
  await noneOpen(root);
});

test("a response that nobody sends gives its file back too", { skip: !linux }, async (t) => {
  const root = folderOf(t, { "big.bin": Buffer.alloc(4 * MIB, 1) });
  const folder = files(root);
  const begin = async (): Promise<void> => {
    const body = (await folder(new Request("/big.bin"))).body;
    const reader = body?.getReader();
    assert.equal((await reader?.read())?.done, false);
    assert.equal(openBelow(root), 1);
    await reader?.cancel();
  };
  await begin();
  await noneOpen(root);
  const forget = async (): Promise<void> => {
    await folder(new Request("/big.bin"));
    assert.equal(openBelow(root), 1);
  };
  await forget();
  await noneOpen(root);
});

test("a file that becomes shorter while it is sent breaks the connection", async (t) => {
  const root = folderOf(t, { "big.bin": Buffer.alloc(64 * MIB, 1) });
  const { port } = await serveFolder(t, root);
  const socket = await lazyClient(t, port, "/static/big.bin");
  truncateSync(`${root}/big.bin`, MIB);
  let received = 0;
  const error = await new Promise<Error | undefined>((resolve) => {
    socket.on("error", resolve);
    socket.on("end", () => resolve(undefined));
    socket.on("data", (bytes: Buffer) => {
      received += bytes.length;
    });
  });
  assert.ok(received < 64 * MIB);
  assert.ok(error !== undefined || received > 0);
});

test("other requests are answered while large files are read", async (t) => {
  const root = folderOf(t, { "big.bin": Buffer.alloc(32 * MIB, 1) });
  const app = new App();
  app.get("/static/*", files(root));
  app.get("/ping", () => "pong");
  const server = await app.listen({ host: "127.0.0.1", port: 0 });
  t.after(() => app.close({ grace: 0 }));
  const port = server.address?.port ?? 0;
  let finished = false;
  const downloads = Promise.all(Array.from({ length: 4 }, () => ask(port, "/static/big.bin"))).then(
    (answers) => {
      finished = true;
      return answers;
    },
  );
  let pings = 0;
  while (!finished) {
    assert.equal(String((await ask(port, "/ping")).body), "pong");
    pings++;
  }
  for (const { body } of await downloads) assert.equal(body.length, 32 * MIB);
  assert.ok(pings > 1, `${pings} answers in between`);
});

test("lent pieces are the file too, in two buffers, for who is through with one before asking for the next", async (t) => {
  const bytes = Buffer.from(
    Uint8Array.from({ length: 3 * MIB + 5 }, (_, at) => Math.imul(at, 2_654_435_761) >>> 13),
  );
  const folder = files(folderOf(t, { "big.bin": bytes }));
  const { content } = await folder(new Request("/big.bin"));
  assert.ok(content !== null && typeof content === "object" && lentPieces in content);
  const memory = new Set<ArrayBufferLike>();
  const copies: Buffer[] = [];
  for await (const piece of (content as LendsPieces)[lentPieces]()) {
    if (piece.length === 262_144) memory.add(piece.buffer);
    copies.push(Buffer.from(piece));
  }
  assert.ok(Buffer.concat(copies).equals(bytes));
  assert.equal(memory.size, 2);
  const kept = await folder(new Request("/big.bin"));
  assert.ok(bytes.equals(await kept.bytes()));
});
