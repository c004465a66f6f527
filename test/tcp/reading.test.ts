/** `data`, `end`, `pause`, `for await`: nothing is lost, nothing piles up. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import type { Connection } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

test("bytes that arrive before the consumer attaches are not lost", async (t) => {
  const server = await serve(t, {}, async (connection) => {
    await delay(30);
    let text = "";
    connection.on("data", (bytes) => {
      text += Buffer.from(bytes).toString("latin1");
    });
    connection.on("end", () => connection.end(`got ${text}`));
  });
  const client = await dial(server);
  client.end("early bird");
  assert.equal(await received(client), "got early bird");
});

test("property: however the bytes are cut, the same bytes are read", async (t) => {
  const server = await serve(t, {}, async (connection) => {
    const chunks: Uint8Array[] = [];
    for await (const bytes of connection) chunks.push(bytes);
    connection.end(Buffer.concat(chunks));
  });
  const pieces = fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 8 });
  const cut = async (parts: Uint8Array[]): Promise<void> => {
    const client = await dial(server);
    for (const part of parts) client.write(part);
    client.end();
    const answer: Buffer[] = [];
    for await (const bytes of client) answer.push(bytes);
    assert.deepEqual(Buffer.concat(answer), Buffer.concat(parts));
  };
  await fc.assert(fc.asyncProperty(pieces, cut), { numRuns: 60 });
});

test("a consumer can hand over to another without losing a byte", async (t) => {
  const seen: string[] = [];
  const server = await serve(t, {}, async (connection) => {
    const [first] = await once(connection, "data");
    seen.push(String(first));
    connection.write("1");
    await delay(20);
    for await (const bytes of connection) {
      seen.push(Buffer.from(bytes).toString());
      break;
    }
    connection.write("2");
    connection.on("data", (bytes) => seen.push(Buffer.from(bytes).toString()));
    connection.on("end", () => connection.end("3"));
  });
  const client = await dial(server);
  client.write("one");
  assert.equal(String((await once(client, "data"))[0]), "1");
  client.write("two");
  assert.equal(String((await once(client, "data"))[0]), "2");
  client.end("three");
  assert.equal(await received(client), "3");
  assert.deepEqual(seen, ["one", "two", "three"]);
});

test("a server that does not read makes the client wait, in bounded memory", async (t) => {
  const opened: Connection[] = [];
  const server = await serve(t, {}, (connection) => void opened.push(connection));
  const client = await dial(server);
  const chunk = Buffer.alloc(1 << 20);
  // The systems' buffers at both ends fill up; 64 MiB is far more than they hold.
  while (client.write(chunk) || (await settled(client))) assert.ok(client.bytesWritten < 64 << 20);
  const [connection] = opened;
  assert.ok(connection);
  assert.equal(connection.bytesRead, 0);
  let read = 0;
  connection.on("data", (bytes) => {
    read += bytes.length;
  });
  client.end();
  await once(connection, "end");
  assert.equal(read, client.bytesWritten);
});

/** Whether the client's queue empties within a moment. */
async function settled(client: NodeJS.EventEmitter): Promise<boolean> {
  const stop = AbortSignal.timeout(100);
  return once(client, "drain", { signal: stop }).then(
    () => true,
    () => false,
  );
}

test("for await waits for its consumer: what is not asked for stays in the system", async (t) => {
  const total = 32 << 20;
  let most = 0;
  const server = await serve(t, {}, async (connection) => {
    let read = 0;
    for await (const bytes of connection) {
      read += bytes.length;
      if (read < 2 << 20) await delay(1);
      most = Math.max(most, connection.bytesRead - read);
    }
    connection.end(String(read));
  });
  const client = await dial(server);
  client.end(Buffer.alloc(total));
  assert.equal(await received(client), String(total));
  assert.ok(most <= 512 << 10, `${most} bytes were waiting in memory`);
});

test("pause stops data, resume brings it back", async (t) => {
  const opened = Promise.withResolvers<Connection>();
  const server = await serve(t, {}, (connection) => opened.resolve(connection));
  const client = await dial(server);
  const connection = await opened.promise;
  const seen: string[] = [];
  connection.pause();
  connection.on("data", (bytes) => seen.push(Buffer.from(bytes).toString()));
  client.write("one");
  await delay(30);
  assert.deepEqual(seen, []);
  connection.resume();
  await once(connection, "data");
  assert.deepEqual(seen, ["one"]);
});

test("for await throws what broke the connection instead of taking half a message for a whole", async (t) => {
  const ways = [
    { byPeer: false, code: "LMP_TCP_CONNECTION_CLOSED" },
    { byPeer: true, code: "LMP_TCP_CONNECTION_RESET" },
  ];
  for (const { byPeer, code } of ways) {
    const begun = Promise.withResolvers<void>();
    const failed = Promise.withResolvers<unknown>();
    const server = await serve(t, {}, async (connection) => {
      try {
        for await (const _ of connection) {
          if (!byPeer) connection.destroy();
          begun.resolve();
        }
        failed.resolve("nothing was thrown");
      } catch (error) {
        failed.resolve(error);
      }
    });
    const client = await dial(server);
    client.write("half");
    await begun.promise;
    if (byPeer) client.resetAndDestroy();
    const error = await failed.promise;
    assert.equal(error instanceof Error && "code" in error && error.code, code);
    await gone(client);
  }
});

test("for await on a closed connection throws, on an ended one is empty", async (t) => {
  const results: string[] = [];
  const done = Promise.withResolvers<void>();
  const server = await serve(t, {}, async (connection) => {
    for await (const bytes of connection) results.push(Buffer.from(bytes).toString());
    for await (const _ of connection) results.push("more after the end");
    connection.destroy();
    if (!connection.closed) await once(connection, "close");
    try {
      for await (const _ of connection) results.push("more after the close");
    } catch (error) {
      results.push(error instanceof Error && "code" in error ? String(error.code) : String(error));
    }
    done.resolve();
  });
  (await dial(server)).end("all");
  await done.promise;
  assert.deepEqual(results, ["all", "LMP_TCP_CONNECTION_CLOSED"]);
});
