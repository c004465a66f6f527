/** Streams through `compress` over a socket: prompt, with back-pressure, and freed when the client goes away. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { createGunzip } from "node:zlib";
import { App, compress, Response } from "limpid";

let port = 0;
let produced = 0;
let freed = 0;
/** What a handler waits for until the test lets it go on. */
let gate = Promise.withResolvers<void>();
let closed = Promise.withResolvers<void>();
const plain = { headers: { "Content-Type": "text/plain" } };
const noise = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(12_288))).toString("base64");

const app = new App().use(compress({ events: true }));
app.get("/slow", () =>
  Response.stream(
    (async function* () {
      yield "first ";
      await gate.promise;
      yield "second";
    })(),
    plain,
  ),
);
app.get("/events", () =>
  Response.events(
    (async function* () {
      yield { data: "one" };
      await gate.promise;
      yield { data: "two" };
    })(),
  ),
);
app.get("/endless", () =>
  Response.stream(
    (async function* () {
      try {
        for (;;) {
          produced++;
          yield noise();
        }
      } finally {
        freed++;
        closed.resolve();
      }
    })(),
    plain,
  ),
);
app.get("/waits", () => {
  const content = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from("begun")),
    cancel: () => {
      freed++;
      closed.resolve();
    },
  });
  return new Response(content, plain);
});
app.get("/breaks", () =>
  Response.stream(
    (async function* () {
      yield noise();
      throw new Error("The source broke.");
    })(),
    plain,
  ),
);
app.get("/nonsense", () => Response.stream([1, 2] as unknown as string[], plain));

before(async () => {
  const server = await app.listen({ host: "127.0.0.1", port: 0 });
  port = Number(new URL(server.url).port);
});
after(() => app.close({ grace: 0 }));

async function open(path: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`);
  return socket;
}

/** What has come so far, decoded, until it holds the text. */
async function until(socket: Socket, wanted: string): Promise<string> {
  const decoder = createGunzip();
  let received = Buffer.alloc(0);
  let used = 0;
  let text = "";
  decoder.on("data", (bytes: Buffer) => {
    text += String(bytes);
    decoder.emit("more");
  });
  const feed = (): void => {
    const begin = received.indexOf("\r\n\r\n");
    if (begin === -1) return;
    if (used === 0) used = begin + 4;
    for (;;) {
      const line = received.indexOf("\r\n", used);
      if (line === -1) return;
      const size = Number.parseInt(received.toString("latin1", used, line), 16);
      if (received.length < line + 4 + size) return;
      if (size > 0) decoder.write(received.subarray(line + 2, line + 2 + size));
      used = line + 4 + size;
    }
  };
  socket.on("data", (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    feed();
  });
  while (!text.includes(wanted)) await once(decoder, "more");
  decoder.destroy();
  return text;
}

for (const [path, first, last] of [
  ["/slow", "first ", "second"],
  ["/events", "data: one\n\n", "data: two\n\n"],
] as const) {
  test(`${path}: what has come leaves before the next piece does`, async () => {
    gate = Promise.withResolvers();
    const socket = await open(path);
    const whole = until(socket, last);
    // It arrives while the handler waits: nothing else will open the gate.
    assert.equal(await until(socket, first), first);
    gate.resolve();
    assert.equal(await whole, first + last);
    socket.destroy();
  });
}

test("a client that does not read stops the source, and going away frees it", async () => {
  produced = 0;
  freed = 0;
  closed = Promise.withResolvers();
  const socket = await open("/endless");
  await once(socket, "data");
  socket.pause();
  // Back-pressure holds when the number of pieces no longer grows.
  let before = -1;
  while (before !== produced) {
    before = produced;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  assert.ok(produced < 2000, `${produced} pieces of 16 KiB`);
  socket.destroy();
  await closed.promise;
  assert.equal(freed, 1);
});

test("a source that waits is freed when the client goes away", async () => {
  freed = 0;
  closed = Promise.withResolvers();
  const socket = await open("/waits");
  await until(socket, "begun");
  socket.resetAndDestroy();
  await closed.promise;
  assert.equal(freed, 1);
});

for (const path of ["/breaks", "/nonsense"]) {
  test(`${path}: content that fails on the way is never taken for the whole`, async () => {
    const socket = await open(path);
    let received = "";
    socket.on("data", (bytes: Buffer) => {
      received += bytes.toString("latin1");
    });
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("close", resolve));
    assert.doesNotMatch(received, /0\r\n\r\n$/);
  });
}

test("HEAD to a compressed page has no length and no content", async () => {
  app.get("/page", () => "x".repeat(5000));
  const socket = connect(port, "127.0.0.1");
  socket.end("HEAD /page HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n");
  let received = "";
  for await (const bytes of socket) received += String(bytes);
  assert.match(received, /^Content-Encoding: br\r?$/m);
  assert.doesNotMatch(received, /^Content-Length/im);
  assert.ok(received.endsWith("\r\n\r\n"));
});
