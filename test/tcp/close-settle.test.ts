/** close({ settle }): connections go on for a while after the last one was accepted. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { TcpServer } from "limpid/tcp";

test("a connection accepted a moment ago is served before it hears of the end", async () => {
  const heard: string[] = [];
  const server = new TcpServer({ host: "127.0.0.1" }, (connection) => {
    connection.on("end", () => connection.end());
    connection.on("stopping", () => {
      heard.push("stopping");
      connection.end();
    });
    connection.on("data", () => {
      heard.push("asked");
      connection.write("answered");
    });
  });
  await server.listen();
  const { port } = server;
  const client = connect(port, "127.0.0.1");
  await Promise.all([once(server, "connection"), once(client, "connect")]);
  const closing = server.close({ settle: 300 });
  client.write("question");
  assert.equal(String((await once(client, "data"))[0]), "answered");
  assert.deepEqual(heard, ["asked"]);
  client.end();
  await closing;
});

test("without a connection there is nothing to wait for, and grace ends what settles", async () => {
  const server = new TcpServer({ host: "127.0.0.1" });
  await server.listen();
  const begun = performance.now();
  await server.close({ settle: 60_000 });
  await server.listen();
  const client = connect(server.port, "127.0.0.1");
  await Promise.all([once(server, "connection"), once(client, "connect")]);
  client.on("error", () => {});
  await server.close({ settle: 60_000, grace: 50 });
  assert.ok(performance.now() - begun < 30_000);
});
