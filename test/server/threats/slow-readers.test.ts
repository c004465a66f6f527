/** Clients that ask and do not read: what they get is held back, costs next to nothing, and is given up in time. */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Response } from "limpid/message";
import { open } from "../raw-client.ts";
import { serve } from "./sockets.ts";

const clients = 40;
const piece = new Uint8Array(65_536);

/** Asks on so many connections and reads nothing. */
function ask(port: number): Socket[] {
  return Array.from({ length: clients }, () => {
    const socket = open(port);
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    return socket;
  });
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use, in the heap and beside it. Buffers are freed some time after they were found to be garbage. */
async function used(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let times = 0; times < 5; times++) {
    collect();
    await delay(20);
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}

/** Waits until the count does not change any more. */
async function settled(count: () => number): Promise<number> {
  for (let before = -1, now = count(); now !== before || now === 0; now = count()) {
    before = now;
    await delay(200);
  }
  return count();
}

const sources: Record<string, (produced: () => void, ended: () => void) => unknown> = {
  "an async iterable": (produced, ended) =>
    Response.stream(
      (async function* () {
        try {
          for (;;) {
            produced();
            yield piece;
          }
        } finally {
          ended();
        }
      })(),
    ),
  "a web stream": (produced, ended) =>
    new ReadableStream({
      pull: (controller) => {
        produced();
        controller.enqueue(piece);
      },
      cancel: ended,
    }),
};

for (const [name, source] of Object.entries(sources)) {
  test(`CVE-2026-25224: ${name} without an end is held back by ${clients} clients that do not read, then given up`, async (t) => {
    let pieces = 0;
    let ends = 0;
    const handler = (): unknown =>
      source(
        () => pieces++,
        () => ends++,
      );
    const { port } = await serve(t, handler, { responseStallTimeout: 1500 });
    const before = await used();
    const sockets = ask(port);
    await settled(() => pieces);
    const grown = (await used()) - before;
    assert.ok(grown < clients << 20, `${grown} bytes for ${clients} clients`);
    // No more has been made than the system's buffers hold.
    assert.ok(pieces * piece.length < clients * (16 << 20), `${pieces} pieces were made`);
    const patience = performance.now() + 8_000;
    while (ends < clients && performance.now() < patience) await delay(50);
    assert.equal(ends, clients, "every source is told that nobody reads it");
    for (const socket of sockets) socket.destroy();
  });
}

test("class: slow read: a large response is not copied for those who do not read it, and they are reset", async (t) => {
  const content = new Uint8Array(50_000_000);
  let closed = 0;
  const { port } = await serve(t, () => new Response(content), { responseStallTimeout: 1000 });
  const before = await used();
  const sockets = ask(port);
  for (const socket of sockets) {
    socket.on("close", () => closed++);
    // Only who reads or writes learns of a reset.
    const poke = setInterval(() => socket.write("x"), 300);
    socket.on("close", () => clearInterval(poke));
  }
  await delay(700);
  const grown = (await used()) - before;
  assert.ok(grown < clients << 20, `${grown} bytes for ${clients} clients`);
  const patience = performance.now() + 8_000;
  while (closed < clients && performance.now() < patience) await delay(50);
  assert.equal(closed, clients);
});
