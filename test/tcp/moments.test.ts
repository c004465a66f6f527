/** The moments of this layer: what logs, metrics and X-Ray hear of a connection's life. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import {
  connectionClosed,
  connectionFailed,
  connectionOpened,
  connectionRefused,
  TcpServer,
} from "limpid/tcp";
import { listen } from "limpid/trace";
import { dial, gone, received, serve } from "./peers.ts";

/** The names of the moments as they come. */
function heard(t: TestContext): string[] {
  const names: string[] = [];
  t.after(listen((_data, moment) => names.push(moment.name), "tcp."));
  return names;
}

test("a server's and a connection's life, in order", async (t) => {
  const names = heard(t);
  const server = await serve(t, {}, (connection) => connection.end("bye"));
  assert.equal(await received(await dial(server)), "bye");
  await server.close();
  assert.deepEqual(names, [
    "tcp.server.listening",
    "tcp.connection.open",
    "tcp.connection.close",
    "tcp.server.close",
  ]);
});

test("close tells the reason and the bytes of both directions", async (t) => {
  const reasons: string[] = [];
  const stop = connectionClosed.listen(({ reason, bytesRead, bytesWritten, connection, error }) => {
    reasons.push(`${reason} ${bytesRead} ${bytesWritten}`);
    assert.equal(connection.closed, true);
    assert.equal(error === undefined, reason === "end" || reason === "destroyed");
  });
  t.after(stop);
  const server = await serve(t, {}, (connection) => {
    connection.on("data", (bytes) => {
      const request = Buffer.from(bytes).toString();
      if (request === "end") connection.end("over");
      if (request === "destroy") connection.destroy();
      if (request === "error") connection.destroy(new Error("no"));
      if (request === "idle") connection.setIdleTimeout(10);
      if (request === "reset") connection.write("reset me");
    });
    connection.on("end", () => connection.end());
  });
  for (const request of ["end", "destroy", "error", "idle", "reset"]) {
    const client = await dial(server);
    client.write(request);
    if (request === "reset") client.once("data", () => client.resetAndDestroy());
    await gone(client);
  }
  const last = await dial(server);
  await server.close({ grace: 30 });
  await gone(last);
  assert.deepEqual(reasons, [
    "end 3 4",
    "destroyed 7 0",
    "error 5 0",
    "idle 4 0",
    "reset 5 8",
    "stopped 0 0",
  ]);
});

test("refused and error carry the peer's address", async (t) => {
  const events: string[] = [];
  t.after(connectionRefused.listen(({ reason, remoteAddress }) => events.push(`${reason} ${remoteAddress}`)));
  t.after(connectionFailed.listen(({ source, remoteAddress }) => events.push(`${source} ${remoteAddress}`)));
  const server = await serve(t, { maxConnections: 1 }, (connection) => {
    connection.on("data", () => connection.write("reset me"));
  });
  const client = await dial(server);
  client.write("?");
  client.resume();
  await gone(connect(server.port, "127.0.0.1").on("error", () => {}));
  client.resetAndDestroy();
  while (server.connections.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(events, ["connections 127.0.0.1", "connection 127.0.0.1"]);
});

test("nobody listens, nothing is announced", () => {
  assert.equal(connectionOpened.active, false);
  assert.ok(new TcpServer());
});
