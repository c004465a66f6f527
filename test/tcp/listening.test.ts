/** `listen`, `address`, `port` and `close`: where a server can be reached, and how often. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { TcpServer } from "limpid/tcp";
import { dial, received, serve } from "./peers.ts";

const noIpv6 = Object.values(networkInterfaces()).every((entries) =>
  entries?.every(({ address }) => address !== "::1"),
)
  ? "this machine has no ::1"
  : false;

test("DESIGN §5: telnet to the server prints the greeting", async (t) => {
  const server = await serve(t, { port: 0 }, (connection) => connection.end("Hello from server!\n"));
  assert.equal(await received(await dial(server)), "Hello from server!\n");
});

test("IPv4: the address names host, port and family", async (t) => {
  const server = await serve(t, { host: "127.0.0.1" });
  const { port } = server;
  assert.ok(port > 0);
  assert.deepEqual(server.address, { host: "127.0.0.1", port, family: 4, url: `tcp://127.0.0.1:${port}` });
});

test("IPv6: the address is bracketed in the url", { skip: noIpv6 }, async (t) => {
  const server = await serve(t, { host: "::1" }, (connection) => connection.end(connection.remoteAddress));
  assert.deepEqual(server.address, {
    host: "::1",
    port: server.port,
    family: 6,
    url: `tcp://[::1]:${server.port}`,
  });
  assert.equal(await received(await dial(server)), "::1");
});

test("without a host, IPv4 and IPv6 both arrive, and IPv4 addresses are unmapped", {
  skip: noIpv6,
}, async (t) => {
  const server = new TcpServer({}, (connection) => connection.end(connection.remoteAddress));
  await server.listen();
  t.after(() => server.close({ grace: 0 }));
  assert.equal(server.address?.url, `tcp://localhost:${server.port}`);
  assert.equal(await received(await dial(server)), "127.0.0.1");
});

test("unix socket: served, permissions as asked, and the file is gone after close", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "limpid-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "app.sock");
  const server = await serve(t, { path, mode: 0o660 }, (connection) => {
    assert.equal(connection.remoteAddress, "");
    assert.equal(connection.remotePort, undefined);
    connection.end("over a file");
  });
  assert.deepEqual(server.address, { path, url: `unix:${path}` });
  assert.equal(statSync(path).mode & 0o777, 0o660);
  assert.equal(await received(await dial(server)), "over a file");
  await server.close();
  assert.equal(existsSync(path), false);
});

test("a server listens once at a time, and again after close", async (t) => {
  const server = await serve(t);
  const { port } = server;
  await assert.rejects(server.listen(), {
    code: "LMP_TCP_ALREADY_LISTENING",
    found: `tcp://127.0.0.1:${port}`,
  });
  await server.close();
  assert.equal(server.address, undefined);
  assert.throws(() => server.port, { code: "LMP_TCP_NOT_LISTENING" });
  await server.listen();
  assert.ok(server.port > 0);
});

test("listening and close are events, and the port is free at once after close", async (t) => {
  const server = new TcpServer({ host: "127.0.0.1" });
  t.after(() => server.close());
  const listening = once(server, "listening");
  await server.listen();
  assert.deepEqual(await listening, [server.address]);
  const { port } = server;
  const closed = once(server, "close");
  await server.close();
  await closed;
  await serve(t, { port });
});

test("await using closes the server", async () => {
  let kept: TcpServer;
  {
    await using server = new TcpServer({ host: "127.0.0.1" });
    kept = await server.listen();
    assert.ok(kept.address);
  }
  assert.equal(kept.address, undefined);
});

test("close before listen, twice, and while it starts, is harmless", async () => {
  const server = new TcpServer({ host: "127.0.0.1" });
  await server.close();
  const starting = server.listen();
  await Promise.all([server.close(), server.close(), starting]);
  assert.equal(server.address, undefined);
});

test("with reusePort two servers share a port", {
  skip: process.platform !== "linux" && "needs Linux",
}, async (t) => {
  const first = await serve(t, { reusePort: true });
  const second = await serve(t, { reusePort: true, port: first.port });
  assert.equal(second.port, first.port);
});
