/** Clients that leave badly or come in crowds: the server goes on, and holds nothing afterwards. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { TcpServer } from "limpid/tcp";
import { dial, gone, received, serve } from "./peers.ts";

async function empty(server: TcpServer): Promise<void> {
  const patience = AbortSignal.timeout(3_000);
  while (server.connections.size > 0) {
    assert.ok(!patience.aborted, `${server.connections.size} connections are left`);
    await delay(5);
  }
}

test("a reset in the middle of a write closes that connection with a coded error", async (t) => {
  const closed = Promise.withResolvers<Error | undefined>();
  const server = await serve(t, {}, (connection) => {
    connection.on("close", closed.resolve);
    const pump = (): void => {
      while (connection.write(Buffer.alloc(1 << 18)));
      connection.once("drain", pump);
    };
    pump();
  });
  const client = await dial(server);
  await once(client, "data");
  client.resetAndDestroy();
  const error = await closed.promise;
  assert.equal(error && "code" in error && error.code, "LMP_TCP_CONNECTION_RESET");
  await empty(server);
});

test("resets at every stage of a conversation leave nothing behind", async (t) => {
  const server = await serve(t, {}, async (connection) => {
    connection.write("welcome");
    for await (const bytes of connection) connection.write(bytes);
    connection.end();
  });
  for (let stage = 0; stage < 40; stage += 1) {
    const client = connect(server.port, "127.0.0.1");
    client.on("error", () => {});
    if (stage % 4 > 0) await once(client, "connect");
    if (stage % 4 > 1) client.write("hello");
    if (stage % 4 > 2) await once(client, "data");
    client.resetAndDestroy();
  }
  await empty(server);
  const polite = await dial(server);
  polite.end("!");
  assert.equal(await received(polite), "welcome!");
});

test("a thousand quick connections are all served and all freed", async (t) => {
  const server = await serve(t, { maxConnectionsPerAddress: 2_000 }, (connection) => connection.end("hi"));
  const answers = await Promise.all(Array.from({ length: 1_000 }, async () => received(await dial(server))));
  assert.equal(answers.filter((answer) => answer === "hi").length, 1_000);
  await empty(server);
});

test("connections that leave before they are looked at are not handed out half dead", async (t) => {
  const addresses = new Set<string>();
  const server = await serve(t, {}, (connection) => {
    addresses.add(connection.remoteAddress);
    connection.end();
  });
  for (let i = 0; i < 50; i += 1) {
    const client = connect(server.port, "127.0.0.1");
    client.on("error", () => {});
    client.once("connect", () => client.resetAndDestroy());
  }
  assert.equal(await received(await dial(server)), "");
  addresses.delete("127.0.0.1");
  assert.deepEqual([...addresses], []);
});

const limited = `
  import { TcpServer } from "limpid/tcp";
  const server = new TcpServer({ host: "127.0.0.1", maxConnectionsPerAddress: Infinity }, (connection) => {
    connection.on("data", (bytes) => connection.write(bytes)).on("end", () => connection.end());
  });
  server.on("error", () => {});
  await server.listen();
  console.log(server.port);
  process.on("SIGTERM", () => {
    console.log(JSON.stringify(process.cpuUsage()));
    process.exit();
  });`;

test("class: fd exhaustion. With 256 descriptors and 1,000 clients accepting resumes and nothing spins", {
  skip: process.platform === "win32" && "needs a POSIX shell",
}, async (t) => {
  const script = `ulimit -n 256 && exec "${process.execPath}" --conditions=source --input-type=module -e '${limited}'`;
  const child = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  const port = Number(line);
  const crowd = Array.from({ length: 1_000 }, () =>
    connect(port, "127.0.0.1")
      .on("error", () => {})
      .resume(),
  );
  const turnedAway = (): number => crowd.filter((client) => client.destroyed).length;
  const patience = AbortSignal.timeout(5_000);
  while (turnedAway() < 700 && !patience.aborted) await delay(20);
  assert.ok(turnedAway() >= 700, `${turnedAway()} were turned away`);
  for (const client of crowd) client.destroy();
  await Promise.all(crowd.map(gone));
  const began = performance.now();
  let answer = "";
  while (answer !== "again" && performance.now() - began < 3_000) {
    const client = connect(port, "127.0.0.1").on("error", () => {});
    client.end("again");
    answer = await received(client);
  }
  assert.equal(answer, "again");
  assert.equal(child.exitCode, null);
  child.kill("SIGTERM");
  const [usage] = await once(child.stdout, "data");
  const { user, system } = JSON.parse(String(usage));
  assert.ok(user + system < 1_500_000, `${user + system} µs of CPU`);
});
