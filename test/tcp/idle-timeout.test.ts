/** `idleTimeout` and `timeout`: a connection on which nothing moves does not stay. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { dial, gone, received, serve } from "./peers.ts";

test("CVE-2019-5739: an idle connection is closed at the idle timeout", async (t) => {
  const closed = Promise.withResolvers<Error | undefined>();
  const server = await serve(t, { idleTimeout: 100 }, (connection) => {
    connection.on("data", () => {}).on("close", closed.resolve);
  });
  const began = performance.now();
  await gone(await dial(server));
  const took = performance.now() - began;
  assert.ok(took > 80 && took < 3_000, `${took} ms`);
  const error = await closed.promise;
  assert.equal(error && "code" in error && error.code, "LMP_TCP_IDLE_TIMEOUT");
});

test("a byte in either direction keeps it open", async (t) => {
  const server = await serve(t, { idleTimeout: 120 }, async (connection) => {
    connection.on("data", () => {});
    for (let i = 0; i < 5; i += 1) {
      await delay(50);
      connection.write(".");
    }
    connection.end("done");
  });
  assert.equal(await received(await dial(server)), ".....done");
});

test("class: slow read. A client that never reads is closed at the idle timeout", async (t) => {
  const closed = Promise.withResolvers<Error | undefined>();
  const server = await serve(t, { idleTimeout: 150 }, (connection) => {
    connection.on("close", closed.resolve);
    connection.end(Buffer.alloc(64 << 20));
  });
  const client = await dial(server);
  const error = await closed.promise;
  assert.equal(error && "code" in error && error.code, "LMP_TCP_IDLE_TIMEOUT");
  client.destroy();
});

test("a timeout listener decides instead", async (t) => {
  const server = await serve(t, { idleTimeout: 50 }, (connection) => {
    connection.on("timeout", () => connection.end("too slow"));
  });
  assert.equal(await received(await dial(server)), "too slow");
});

test("setIdleTimeout changes it for one connection, 0 turns it off", async (t) => {
  const server = await serve(t, { idleTimeout: 60 }, async (connection) => {
    connection.setIdleTimeout(0);
    await delay(150);
    assert.equal(connection.closed, false);
    connection.write("alive ");
    connection.setIdleTimeout(40);
  });
  assert.equal(await received(await dial(server)), "alive ");
});

test("without an idle timeout a connection can still get one of its own", async (t) => {
  const server = await serve(t, { idleTimeout: 0 }, (connection) => {
    connection.setIdleTimeout(0);
    connection.setIdleTimeout(30);
    connection.on("timeout", () => connection.end("timeout"));
  });
  assert.equal(await received(await dial(server)), "timeout");
});
