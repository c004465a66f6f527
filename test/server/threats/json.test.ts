/** JSON made to hurt: keys that collide in a hash table, and nesting that no stack is deep enough for. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { converse, open, readResponses } from "../raw-client.ts";
import { serve } from "./sockets.ts";

function post(body: string, more = ""): string {
  return `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;
}

/** Keys that look like integers and differ by multiples of 2^24, or are array indices far apart. */
function collidingKeys(distance: number, digits: number): string {
  const keys: string[] = [];
  let length = 0;
  for (let value = 10 ** (digits - 1); length < 1_000_000; value += distance) {
    const key = `"${value}":0`;
    length += key.length + 1;
    keys.push(key);
  }
  return `{${keys.join(",")}}`;
}

for (const [digits, distance] of [
  [16, 2 ** 24],
  [13, 2 ** 24],
  [10, 2 ** 17],
  [8, 257],
] as const) {
  test(`CVE-2026-21717, CVE-2025-27209: 1 MB of ${digits}-digit keys that are ${distance} apart cost no more than others`, async (t) => {
    const { port } = await serve(t, async (request) =>
      JSON.stringify(await request.json()).length.toString(),
    );
    const body = collidingKeys(distance, digits);
    assert.ok(body.length <= 1_048_576);
    let best = Number.POSITIVE_INFINITY;
    for (let times = 0; times < 3; times++) {
      const before = process.cpuUsage();
      const { responses } = await converse(port, post(body, "Connection: close\r\n"));
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
      assert.equal(responses[0]?.status, 400, "more than 10,000 keys");
    }
    // Sending and receiving, parsing and refusing together; colliding keys would take minutes.
    assert.ok(best < 200, `${best} ms of processor time`);
  });
}

const nested = `
  import { AsyncLocalStorage, createHook } from "node:async_hooks";
  import { App } from "limpid";
  import { Server } from "limpid/server";
  createHook({ init() {} }).enable();
  const context = new AsyncLocalStorage();
  const app = new App();
  app.use((request, next) => context.run({ request }, next));
  app.post("/json", async (request) => ({ value: await request.json(), known: context.getStore() !== undefined }));
  app.post("/form", async (request) => (await request.form()).toObject());
  app.get("/query", (request) => request.query.toObject());
  const server = await new Server(app, { host: "127.0.0.1", overload: false }).listen();
  console.log(server.address.port);`;

test("CVE-2025-59466: nesting of 10^5 with a request context on is 400, and the process lives", async (t) => {
  const args = ["--conditions=source", "--input-type=module", "-e", nested];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: import.meta.dirname,
  });
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  const port = Number(line);
  const depth = 100_000;
  const bodies = [
    "[".repeat(depth) + "]".repeat(depth),
    "[".repeat(depth),
    `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
    `${'[{"a":'.repeat(depth)}1`,
    "[".repeat(1_000_000),
    "[".repeat(33) + "]".repeat(33),
  ];
  const socket = open(port);
  for (const body of bodies) {
    socket.write(post(body).replace("POST /", "POST /json"));
    const [response] = await readResponses(socket, 1);
    assert.equal(response?.status, 400);
  }
  socket.destroy();
  const name = `a${"[b]".repeat(30_000)}`;
  const form = post(`${name}=1`, "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n");
  const refusal = (await converse(port, form.replace("POST /", "POST /form"))).responses[0];
  assert.ok([400, 413].includes(refusal?.status ?? 0), `${refusal?.status}`);
  const query = `GET /query?a${"[b]".repeat(2000)}=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
  assert.equal((await converse(port, query)).responses[0]?.status, 400);
  const { responses } = await converse(
    port,
    post("[[1]]", "Connection: close\r\n").replace("POST /", "POST /json"),
  );
  assert.equal(responses[0]?.body, '{"value":[[1]],"known":true}');
  assert.equal(child.exitCode, null);
});
