/** Shedding over real sockets, with handlers that really block the event loop. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger } from "limpid/log";
import { Response } from "limpid/message";
import { Server } from "limpid/server";
import { open, readResponses, serve } from "./raw-client.ts";

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`;

/** Blocks the thread, whatever else the machine does. */
function block(milliseconds: number): string {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  return "blocked";
}

/** One request on a connection of its own, which is open before. */
async function asker(port: number): Promise<(path: string) => Promise<{ status: number; retry: string }>> {
  const socket = open(port);
  socket.write(get("/open"));
  await readResponses(socket, 1);
  return async (path) => {
    const answer = readResponses(socket, 1);
    socket.write(get(path));
    const [response] = await answer;
    socket.destroy();
    return { status: response?.status ?? 0, retry: response?.headers.get("retry-after") ?? "" };
  };
}

test("R-16: who waits behind the second block is told to come back, and health checks are answered", async (t) => {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({
    format: "json",
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  const handle = ({ path }: { path: string }): Response =>
    new Response(path === "/block" ? block(400) : "quick");
  const server = new Server({ handle }, { host: "127.0.0.1" }, log);
  await server.listen();
  t.after(() => server.close({ grace: 0 }));
  const port = server.address?.port ?? 0;

  const block1 = await asker(port);
  assert.equal((await block1("/block")).status, 200);
  const clients = await Promise.all(Array.from({ length: 22 }, () => asker(port)));
  const [blocker, live, ...others] = clients;
  // All of them are in the system's hands before the loop turns again.
  const answers = [blocker?.("/block"), live?.("/livez"), ...others.map((ask) => ask("/work"))];
  const [blocked, alive, ...rest] = await Promise.all(answers);
  assert.equal(blocked?.status, 200);
  assert.equal(alive?.status, 200);
  const after = await Promise.all(
    (await Promise.all(Array.from({ length: 5 }, () => asker(port)))).map((ask) => ask("/work")),
  );
  assert.deepEqual(
    after.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  );
  for (const { status, retry } of rest.map((one) => one ?? { status: 0, retry: "" })) {
    assert.ok(status === 200 || (status === 503 && /^[1-5]$/.test(retry)), `${status} ${retry}`);
  }
  const named = lines.filter(({ path }) => path === "/block");
  assert.equal(named.length >= 1, true, JSON.stringify(lines));
  assert.equal(server.overload?.reason, "loop-delay");
});

test("overload: false sheds nothing", async (t) => {
  const { port, overload } = await serve(t, () => "quick", { overload: false });
  assert.equal(overload, undefined);
  assert.equal((await (await asker(port))("/work")).status, 200);
});

test("a refused request with content leaves the connection in order", async (t) => {
  const server = await serve(t, async (request) => `got ${(await request.text()).length}`, {
    overload: { heap: 0, exempt: ["/exempt"] },
  });
  server.overload?.sample();
  assert.equal(server.overload?.reason, "heap");
  const socket = open(server.port);
  const posts = Array.from(
    { length: 4 },
    () => "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nGET /",
  );
  const answers = readResponses(socket, 5);
  socket.write(`${posts.join("")}${get("/exempt")}`);
  const statuses = (await answers).map(({ status, body }) => [status, status === 200 ? body : ""]);
  socket.destroy();
  assert.ok(statuses.filter(([status]) => status === 503).length >= 3, JSON.stringify(statuses));
  assert.deepEqual(statuses.at(-1), [200, "got 0"]);
});
