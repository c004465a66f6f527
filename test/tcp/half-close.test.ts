/** The two directions end apart; and a connection that was ended always goes away. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Connection, ConnectionHandler } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

test("after the peer's end one may still write", async (t) => {
  const server = await serve(t, {}, (connection) => {
    connection.on("data", () => {});
    connection.on("end", async () => {
      assert.equal(connection.readable, false);
      assert.equal(connection.writable, true);
      await delay(20);
      connection.write("late ");
      connection.end("answer");
    });
  });
  const client = await dial(server);
  client.end("question");
  assert.equal(await received(client), "late answer");
});

test("after our end the peer may still send, and a consumer reads it", async (t) => {
  const read = Promise.withResolvers<string>();
  const server = await serve(t, { lingerTimeout: 20 }, async (connection) => {
    connection.end("speak now");
    let text = "";
    for await (const bytes of connection) text += Buffer.from(bytes).toString();
    read.resolve(text);
  });
  const client = await dial(server);
  client.allowHalfOpen = true;
  assert.equal(await received(client), "speak now");
  client.write("some ");
  await delay(60);
  client.end("time later");
  assert.equal(await read.promise, "some time later");
});

const farewells: { name: string; handler: ConnectionHandler }[] = [
  { name: "end and nothing else", handler: (connection) => connection.end("Hello") },
  {
    name: "end after a write",
    handler: (connection) => {
      connection.write("Hel");
      connection.end("lo");
    },
  },
  {
    name: "close in the middle of reading",
    handler: (connection) => {
      connection.once("data", () => {
        connection.pause();
        connection.close("Hello");
      });
    },
  },
  {
    name: "end after leaving for await",
    handler: async (connection) => {
      for await (const _ of connection) break;
      connection.end("Hello");
    },
  },
];

for (const { name, handler } of farewells) {
  test(`${name}: a client that goes on sending and never ends reads all, and the connection goes away`, async (t) => {
    const closed = Promise.withResolvers<Connection>();
    const server = await serve(t, { lingerTimeout: 150 }, (connection) => {
      connection.on("close", () => closed.resolve(connection));
      return handler(connection);
    });
    const client = await dial(server);
    client.allowHalfOpen = true;
    client.write(Buffer.alloc(256 << 10));
    const sending = setInterval(() => client.write("more"), 10);
    t.after(() => clearInterval(sending));
    assert.equal(await received(client), "Hello");
    const connection = await closed.promise;
    assert.equal(server.connections.size, 0);
    assert.ok(connection.bytesRead >= 256 << 10);
  });
}

test("close after end, with a consumer that would have read on, still goes away", async (t) => {
  const server = await serve(t, { lingerTimeout: 30 }, async (connection) => {
    connection.on("data", () => assert.fail("nothing is read after close"));
    connection.end("bye");
    await delay(60);
    connection.close();
  });
  const client = await dial(server);
  client.allowHalfOpen = true;
  assert.equal(await received(client), "bye");
  const patience = AbortSignal.timeout(3_000);
  while (server.connections.size > 0 && !patience.aborted) await delay(5);
  assert.equal(server.connections.size, 0);
  client.destroy();
});

test("a long answer reaches a slow reader whole although it never stops sending", async (t) => {
  const answer = Buffer.alloc(8 << 20, "a");
  const server = await serve(t, { lingerTimeout: 2_000 }, (connection) => connection.end(answer));
  const client = await dial(server);
  client.write("unread bytes that would turn a plain close into a reset");
  await delay(100);
  let read = 0;
  client.on("data", (bytes) => {
    read += bytes.length;
    client.write("x");
  });
  await once(client, "end");
  assert.equal(read, answer.length);
  await gone(client);
});

test("end is announced once and after the last byte", async (t) => {
  const events: string[] = [];
  const closed = Promise.withResolvers<void>();
  const server = await serve(t, {}, (connection) => {
    connection.on("data", (bytes) => events.push(`data ${bytes.length}`));
    connection.on("end", () => {
      events.push("end");
      connection.end();
    });
    connection.on("close", (error) => {
      events.push(`close ${error}`);
      closed.resolve();
    });
  });
  const client = await dial(server);
  client.end("12345");
  await closed.promise;
  assert.deepEqual(events, ["data 5", "end", "close undefined"]);
});
