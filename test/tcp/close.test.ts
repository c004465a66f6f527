/** `close`: no new connections, time for the old ones, and an end in any case. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { dial, gone, received, serve } from "./peers.ts";

test("R-10: work that is begun is finished, new connections are refused", async (t) => {
  const server = await serve(t, {}, async (connection) => {
    for await (const _ of connection) {
      await delay(80);
      connection.end("finished");
      return;
    }
  });
  const client = await dial(server);
  const { port } = server;
  client.write("work");
  await delay(20);
  const closing = server.close({ grace: 5_000 });
  assert.equal(server.stopping, true);
  // What had come is still accepted; then this process listens no longer.
  while (process.getActiveResourcesInfo().includes("TCPServerWrap")) await new Promise(setImmediate);
  const late = connect(port, "127.0.0.1");
  const [refused] = await once(late, "error");
  assert.equal(refused.code, "ECONNREFUSED");
  assert.equal(await received(client), "finished");
  await closing;
  assert.equal(server.stopping, false);
  assert.equal(server.connections.size, 0);
});

test("R-10: connections that wait in the system to be accepted are served", async (t) => {
  const server = await serve(t, {}, async (connection) => {
    for await (const bytes of connection) connection.end(bytes);
  });
  const clients = Array.from({ length: 20 }, () => connect(server.port, "127.0.0.1"));
  for (const client of clients) client.write("work");
  const answers = clients.map(received);
  // The system has connected them, and the event loop has not had a turn to accept one.
  await new Promise((resolve) => process.nextTick(resolve));
  await Promise.all([server.close({ grace: 5_000 }), ...answers]);
  for (const answer of answers) assert.equal(await answer, "work");
});

test("an idle connection hears of it by stopping and ends itself", async (t) => {
  const server = await serve(t, {}, (connection) => {
    connection.on("stopping", () => {
      assert.equal(connection.stopping, true);
      connection.end("goodbye");
    });
    connection.write("hello ");
  });
  const client = await dial(server);
  const text = received(client);
  await once(client, "data");
  const began = performance.now();
  await server.close({ grace: 5_000 });
  assert.equal(await text, "hello goodbye");
  assert.ok(performance.now() - began < 1_000);
});

test("what has not ended after the grace is destroyed, and the connection is told why", async (t) => {
  const closed = Promise.withResolvers<Error | undefined>();
  const opened = Promise.withResolvers<void>();
  const server = await serve(t, {}, (connection) => {
    connection.on("close", closed.resolve);
    opened.resolve();
  });
  const client = await dial(server);
  await opened.promise;
  const began = performance.now();
  await server.close({ grace: 100 });
  const took = performance.now() - began;
  assert.ok(took >= 90 && took < 3_000, `${took} ms`);
  const error = await closed.promise;
  assert.equal(error && "code" in error && error.code, "LMP_TCP_SERVER_CLOSED");
  await gone(client);
});

test("a second close waits for the same end and can shorten the grace, not lengthen it", async (t) => {
  const opened = Promise.withResolvers<void>();
  const server = await serve(t, {}, () => opened.resolve());
  await dial(server);
  await opened.promise;
  const began = performance.now();
  const first = server.close({ grace: 60_000 });
  const second = server.close({ grace: 50 });
  const third = server.close();
  await Promise.all([first, second, third]);
  assert.ok(performance.now() - began < 1_000);
});

test("grace 0 destroys at once, refused connections that are still being told included", async (t) => {
  const refuse = (): string => "full";
  const server = await serve(t, { maxConnections: 1, refuse });
  const inside = await dial(server);
  const outside = await dial(server);
  outside.allowHalfOpen = true;
  assert.equal(await received(outside), "full");
  await server.close({ grace: 0 });
  await Promise.all([gone(inside), gone(outside.end())]);
});

test("close may be called from a stopping listener", async (t) => {
  let stops = 0;
  const opened = Promise.withResolvers<void>();
  const server = await serve(t, {}, (connection) => {
    connection.on("stopping", () => {
      stops += 1;
      assert.equal(server.stopping, true);
      void server.close({ grace: 0 });
    });
    opened.resolve();
  });
  const client = await dial(server);
  await opened.promise;
  await server.close();
  await gone(client);
  assert.equal(stops, 1);
});
