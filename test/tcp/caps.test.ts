/** `maxConnections`, `maxConnectionsPerAddress`, `refuse`: who is turned away, and how. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { peerKey, type TcpServer } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

/** Whether a client on this local address gets the greeting. */
async function greeted(server: TcpServer, localAddress = "127.0.0.1"): Promise<string> {
  const client = connect({ port: server.port, host: "127.0.0.1", localAddress });
  client.on("error", () => {});
  return received(client);
}

test("over the cap a connection is reset, and there is room again when one closes", async (t) => {
  const refused: string[] = [];
  const server = await serve(t, { maxConnections: 2 }, (connection) => void connection.write("welcome"));
  server.on("refused", (reason, address) => refused.push(`${reason} ${address}`));
  const first = await dial(server);
  await once(first, "data");
  await once((await dial(server)).resume(), "data");
  assert.equal(await greeted(server), "");
  assert.equal(server.connections.size, 2);
  assert.deepEqual(refused, ["connections 127.0.0.1"]);
  const [oldest] = server.connections;
  first.destroy();
  oldest?.on("data", () => {}).on("end", () => oldest.end());
  if (oldest && !oldest.closed) await once(oldest, "close");
  await once((await dial(server)).resume(), "data");
});

test("one address holds so many and no more, others are still served", async (t) => {
  const server = await serve(
    t,
    { maxConnectionsPerAddress: 1 },
    (connection) => void connection.write("welcome"),
  );
  await once((await dial(server)).resume(), "data");
  const refused = once(server, "refused");
  assert.equal(await greeted(server), "");
  assert.deepEqual(await refused, ["connections-per-address", "127.0.0.1"]);
  const other = connect({ port: server.port, host: "127.0.0.1", localAddress: "127.0.0.2" });
  await once(other, "data");
  other.destroy();
});

test("L7: an IPv6 peer is its /64, IPv4 in IPv6 is IPv4", () => {
  const keys: [address: string, key: string][] = [
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::9", "2001:db8:0:0::/64"],
    ["2001:db8::3:4:5:6:7", "2001:db8:0:3::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
    ["1:2:3:4:5:6:192.0.2.1", "1:2:3:4::/64"],
  ];
  for (const [address, key] of keys) assert.equal(peerKey(address), key, address);
});

test("a cap per address does not apply to a unix socket", async (t) => {
  const path = `/tmp/limpid-caps-${process.pid}.sock`;
  const server = await serve(t, { path, maxConnectionsPerAddress: 1 }, (connection) =>
    connection.end("served"),
  );
  const clients = await Promise.all([dial(server), dial(server), dial(server)]);
  assert.deepEqual(await Promise.all(clients.map(received)), ["served", "served", "served"]);
});

test("refuse says why, and the peer reads it although it has sent something", async (t) => {
  const refuse = ({ reason }: { reason: string }): string => `too many ${reason}`;
  const server = await serve(t, { maxConnections: 1, refuse, lingerTimeout: 200 });
  await dial(server);
  const client = await dial(server);
  client.write("a request that nobody reads");
  assert.equal(await received(client), "too many connections");
  await gone(client);
});

test("refuse that answers nothing or throws resets, and the server goes on", async (t) => {
  const warned = once(process, "warning");
  const answers = [undefined, new Error("refuse is broken")];
  const refuse = (): undefined => {
    const answer = answers.shift();
    if (answer) throw answer;
  };
  const server = await serve(t, { maxConnections: 1, refuse });
  await dial(server);
  assert.equal(await greeted(server), "");
  assert.equal(await greeted(server), "");
  assert.equal((await warned)[0].message, "refuse is broken");
  assert.equal(server.connections.size, 1);
});

test("R-06: a flood over the cap is refused fast, those inside are untouched, and all is well afterwards", async (t) => {
  const server = await serve(t, { maxConnections: 5 }, async (connection) => {
    for await (const bytes of connection) connection.write(bytes);
    connection.end();
  });
  const inside = await Promise.all(Array.from({ length: 5 }, () => dial(server)));
  const began = performance.now();
  const outside = await Promise.all(Array.from({ length: 200 }, () => greeted(server)));
  assert.deepEqual([...new Set(outside)], [""]);
  assert.ok(performance.now() - began < 5_000);
  for (const client of inside) client.end("still here");
  assert.deepEqual(await Promise.all(inside.map(received)), Array(5).fill("still here"));
  await Promise.all(inside.map(gone));
  assert.equal((await dial(server)).destroyed, false);
});
