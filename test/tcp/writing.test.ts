/** `write`, `drained`, `end`, `destroy`, `reset`: what leaves, in which encoding, and when one has to wait. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

test("strings are UTF-8 unless latin1 is asked for, bytes go as they are", async (t) => {
  const server = await serve(t, {}, (connection) => {
    connection.write("é");
    connection.write("é", "latin1");
    connection.write(new Uint8Array([0, 255]));
    connection.end("ÿ", "latin1");
  });
  const client = await dial(server);
  const chunks: Buffer[] = [];
  for await (const bytes of client) chunks.push(bytes);
  assert.equal(Buffer.concat(chunks).toString("hex"), "c3a9e900ffff");
});

test("a client that does not read makes write false and drained wait; nothing is lost when it reads", async (t) => {
  const total = 24 << 20;
  const chunk = Buffer.alloc(64 << 10, "x");
  let most = 0;
  let waits = 0;
  const server = await serve(t, {}, async (connection) => {
    for (let sent = 0; sent < total; sent += chunk.length) {
      const room = connection.write(chunk);
      most = Math.max(most, connection.writableLength);
      if (room) continue;
      waits += 1;
      await connection.drained();
    }
    connection.end();
  });
  const client = await dial(server);
  await delay(50);
  const before = waits;
  let read = 0;
  for await (const bytes of client) read += bytes.length;
  assert.equal(read, total);
  assert.ok(waits > before, "the writer had to wait for the reader");
  assert.ok(most <= 256 << 10, `${most} bytes were queued`);
});

test("drained resolves at once where there is room, drain is an event too", async (t) => {
  const opened = Promise.withResolvers<Connection>();
  const server = await serve(t, {}, (connection) => opened.resolve(connection));
  const client = await dial(server);
  const connection = await opened.promise;
  await connection.drained();
  while (connection.write(Buffer.alloc(1 << 20)));
  assert.ok(connection.writableLength > 0);
  client.resume();
  await once(connection, "drain");
  assert.equal(connection.writableLength, 0);
});

test("a connection that dies rejects drained, and nobody has to listen", async (t) => {
  const opened = Promise.withResolvers<Connection>();
  const server = await serve(t, {}, (connection) => opened.resolve(connection));
  const client = await dial(server);
  const connection = await opened.promise;
  while (connection.write(Buffer.alloc(1 << 20)));
  void connection.drained();
  const waiting = connection.drained();
  client.resetAndDestroy();
  await assert.rejects(waiting, { code: "LMP_TCP_CONNECTION_CLOSED" });
  await assert.rejects(connection.drained(), { code: "LMP_TCP_CONNECTION_CLOSED" });
  assert.equal(connection.closed, true);
});

test("R-21: writing and ending late is harmless and says false", async (t) => {
  const opened = Promise.withResolvers<Connection>();
  const server = await serve(t, {}, (connection) => opened.resolve(connection));
  const client = await dial(server);
  const connection = await opened.promise;
  connection.end("bye");
  assert.equal(connection.write("late"), false);
  connection.end("later");
  assert.equal(await received(client), "bye");
  client.destroy();
  await once(connection, "close");
  assert.equal(connection.write("far too late"), false);
  connection.end();
  connection.close();
  connection.destroy();
  connection.reset();
  connection.pause();
  connection.resume();
  connection.setIdleTimeout(1);
});

test("the counts are the bytes of both directions", async (t) => {
  const closed = Promise.withResolvers<Connection>();
  const server = await serve(t, {}, async (connection) => {
    connection.on("close", () => closed.resolve(connection));
    for await (const bytes of connection) connection.write(Buffer.concat([bytes, bytes]));
    connection.end();
  });
  const client = await dial(server);
  client.end("12345");
  assert.equal(await received(client), "1234512345");
  const connection = await closed.promise;
  assert.equal(connection.bytesRead, 5);
  assert.equal(connection.bytesWritten, 10);
});

test("destroy closes now, its error reaches error and close", async (t) => {
  const events: unknown[] = [];
  const closed = Promise.withResolvers<void>();
  const failure = new Error("enough");
  const server = await serve(t, {}, (connection) => {
    connection.on("error", (error) => events.push(error));
    connection.on("close", (error) => {
      events.push(error);
      closed.resolve();
    });
    connection.destroy(failure);
    connection.destroy(new Error("only the first counts"));
  });
  await gone(await dial(server));
  await closed.promise;
  assert.deepEqual(events, [failure, failure]);
});

test("reset is seen by the peer as ECONNRESET", async (t) => {
  const server = await serve(t, {}, (connection) => {
    connection.on("data", () => connection.reset());
  });
  const client = await dial(server);
  const failed = once(client, "error");
  client.resume().write("?");
  const [error] = await failed;
  assert.equal(error.code, "ECONNRESET");
});
