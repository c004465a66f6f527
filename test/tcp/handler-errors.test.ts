/** Nothing the application does in a handler or a listener ends the process or harms another connection. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Connection, type ConnectionFailed, connectionFailed, type TcpServer } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

const failure = new Error("the application's own mistake");

function fails(): never {
  throw failure;
}

async function rejects(): Promise<never> {
  throw failure;
}

const mistakes: { name: string; make: (connection: Connection) => void | Promise<void> }[] = [
  { name: "the handler throws", make: fails },
  { name: "the handler rejects", make: rejects },
  { name: "the handler rejects late", make: async () => delay(20).then(fails) },
  { name: "a data listener throws", make: (connection) => void connection.on("data", fails) },
  { name: "a data listener rejects", make: (connection) => void connection.on("data", rejects) },
  {
    name: "an end listener throws",
    make: (connection) => void connection.on("data", () => {}).on("end", fails),
  },
  {
    name: "an end listener rejects",
    make: (connection) => void connection.on("data", () => {}).on("end", rejects),
  },
  {
    name: "a timeout listener throws",
    make: (connection) => {
      connection.on("timeout", fails);
      connection.setIdleTimeout(10);
    },
  },
  {
    name: "a drain listener throws",
    make: (connection) => {
      connection.on("drain", fails);
      while (connection.write(Buffer.alloc(1 << 20)));
    },
  },
  {
    name: "a close listener throws",
    make: (connection) => {
      connection.on("close", fails);
      connection.destroy();
    },
  },
  {
    name: "an error listener throws",
    make: (connection) => {
      connection.on("error", fails);
      connection.destroy(new Error("something else"));
    },
  },
  {
    name: "a for await consumer throws",
    make: async (connection) => {
      for await (const _ of connection) fails();
    },
  },
];

for (const { name, make } of mistakes) {
  test(`R-21: ${name}: its connection is destroyed, the error is announced, the server goes on`, async (t) => {
    let first = true;
    const server = await serve(t, {}, (connection) => {
      if (!first) return connection.end("fine");
      first = false;
      return make(connection);
    });
    const announced = once(server, "handlerError");
    const client = await dial(server);
    client.resume().end("bytes and an end");
    const [error, connection] = await announced;
    assert.equal(error, failure);
    await gone(client);
    if (!connection.closed) await new Promise((resolve) => connection.on("close", resolve));
    assert.equal(await received(await dial(server)), "fine");
  });
}

test("a connection listener that throws or rejects is a handler's mistake as well", async (t) => {
  const server = await serve(t);
  for (const listener of [fails, rejects]) {
    server.once("connection", listener);
    const announced = once(server, "handlerError");
    await gone(await dial(server));
    assert.equal((await announced)[0], failure);
  }
});

test("without a listener the mistake becomes a process warning with its stack", async (t) => {
  const server = await serve(t, {}, fails);
  const warned = once(process, "warning");
  await gone(await dial(server));
  const [warning] = await warned;
  assert.equal(warning.name, "TcpHandlerWarning");
  assert.equal(warning.message, failure.message);
  assert.match(warning.detail, /handler-errors\.test/);
});

test("with a trace listener the moment carries it, and it is not said twice", async (t) => {
  const heard: ConnectionFailed[] = [];
  t.after(connectionFailed.listen((data) => heard.push(data)));
  const warn = (warning: Error): void => assert.fail(warning);
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const server = await serve(t, {}, rejects);
  await gone(await dial(server));
  await delay(10);
  assert.equal(heard.length, 1);
  assert.equal(heard[0]?.source, "handler");
  assert.equal(heard[0]?.error, failure);
  assert.equal(heard[0]?.remoteAddress, "127.0.0.1");
});

test("what broke the connection is not the handler's mistake, although a handler that reads or waits throws it", async (t) => {
  const seen: unknown[] = [];
  const settled = Promise.withResolvers<void>();
  let running = 2;
  const server = await serve(t, {}, async (connection) => {
    try {
      for await (const _ of connection) {
        while (connection.write(Buffer.alloc(1 << 20)));
        await connection.drained();
      }
    } finally {
      running -= 1;
      if (running === 0) settled.resolve();
    }
  });
  server.on("handlerError", (error) => seen.push(error));
  for (const bytes of ["", "write to me"]) {
    const client = await dial(server);
    client.write(bytes);
    await delay(20);
    client.resetAndDestroy();
  }
  await settled.promise;
  await delay(20);
  assert.deepEqual(seen, []);
  assert.equal(server.connections.size, 0);
});

test("listeners of the server that throw or reject are warnings", async (t) => {
  const warnings: string[] = [];
  const warn = (warning: Error): void => void warnings.push(warning.message);
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const server: TcpServer = await serve(t, { maxConnections: 1 }, fails);
  server.on("handlerError", fails);
  server.on("refused", rejects);
  server.on("close", fails);
  await gone(await dial(server));
  await server.close();
  await delay(10);
  assert.deepEqual(warnings, [failure.message, failure.message]);
});
