/** Behind nginx as `docs/deploy.md` sets it up, over TCP and over a unix socket. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { describe, type TestContext, test } from "node:test";
import { App, bodyLimit, Response, trustProxy, upgrade } from "limpid";
import { requestBegin } from "limpid/server";
import { Happening } from "./contract-application.ts";
import { type Nginx, skip, startNginx } from "./nginx.ts";

interface Behind extends Nginx {
  readonly released: Happening;
}

const ways: Record<string, { trusted: string[]; listen(t: TestContext, app: App): Promise<string> }> = {
  "over TCP": {
    trusted: ["127.0.0.1/32"],
    async listen(_t, app) {
      const server = await app.listen({ host: "127.0.0.1", port: 0 });
      return `127.0.0.1:${server.address?.port}`;
    },
  },
  "over a unix socket": {
    trusted: ["unix"],
    async listen(t, app) {
      const folder = mkdtempSync(join(tmpdir(), "limpid-socket-"));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      await app.listen({ path: join(folder, "app.sock") });
      return `unix:${join(folder, "app.sock")}`;
    },
  },
};

function application(trusted: string[], released: Happening): App {
  const app = new App();
  app.use(trustProxy(trusted));
  app.get("/who", ({ ip, protocol, host }) => ({ ip, protocol, host }));
  app.get("/events", () => Response.events(events(released)));
  app.post("/length", { use: [bodyLimit(100_000_000)] }, async ({ stream }) => {
    let length = 0;
    for await (const piece of stream ?? []) length += piece.length;
    return String(length);
  });
  app.get("/shout", () =>
    upgrade("websocket", (connection) => {
      connection.on("data", (bytes) => connection.end(String(bytes).toUpperCase()));
    }),
  );
  return app;
}

async function* events(released: Happening): AsyncGenerator<{ data: string }> {
  yield { data: "first" };
  await released.answer;
  yield { data: "second" };
}

async function start(t: TestContext, way: string): Promise<Behind> {
  const { trusted, listen } = ways[way]!;
  const released = new Happening();
  const app = application(trusted, released);
  t.after(() => app.close({ grace: 100 }));
  return { ...(await startNginx(t, await listen(t, app))), released };
}

/** Asks nginx over TLS; the certificate of the tests is signed by itself. */
function ask({ https }: Nginx, path: string, options: RequestOptions = {}) {
  const fixed = { host: "127.0.0.1", port: https, path, rejectUnauthorized: false };
  const headers = { Host: "example.com", ...options.headers };
  return httpsRequest({ ...fixed, ...options, headers });
}

async function answer(
  outgoing: ReturnType<typeof ask>,
): Promise<{ status: number | undefined; body: string }> {
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  let body = "";
  for await (const piece of incoming) body += String(piece);
  return { status: incoming.statusCode, body };
}

for (const way of Object.keys(ways)) {
  describe(way, { skip, timeout: 60_000 }, () => {
    test("the client's address, protocol and host are those that nginx saw, whatever the client claims", async (t) => {
      const nginx = await start(t, way);
      const headers = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        Forwarded: "for=203.0.113.9",
      };
      const outgoing = ask(nginx, "/who", { headers });
      outgoing.end();
      const { body } = await answer(outgoing);
      assert.deepEqual(JSON.parse(body), { ip: "127.0.0.1", protocol: "https", host: "example.com" });
    });

    test("plain HTTP is sent on to https", async (t) => {
      const { http } = await start(t, way);
      const response = await fetch(`http://127.0.0.1:${http}/who?a`, { redirect: "manual" });
      assert.equal(response.status, 301);
      assert.equal(response.headers.get("location"), "https://127.0.0.1/who?a");
    });

    test("several requests take one connection", async (t) => {
      const nginx = await start(t, way);
      const connections: number[] = [];
      t.after(requestBegin.listen(({ connection }) => connections.push(connection)));
      for (let count = 0; count < 3; count++) {
        const outgoing = ask(nginx, "/who");
        outgoing.end();
        await answer(outgoing);
      }
      assert.equal(connections.length, 3);
      assert.equal(new Set(connections).size, 1);
    });

    test("an event arrives before the next one is made", async (t) => {
      const nginx = await start(t, way);
      const outgoing = ask(nginx, "/events");
      outgoing.end();
      const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
      const [first] = (await once(incoming, "data")) as [Buffer];
      assert.equal(String(first), "data: first\n\n");
      nginx.released.happen();
      const [second] = (await once(incoming, "data")) as [Buffer];
      assert.equal(String(second), "data: second\n\n");
      await once(incoming, "end");
    });

    test("a large upload passes", async (t) => {
      const nginx = await start(t, way);
      const outgoing = ask(nginx, "/length", { method: "POST" });
      const answered = answer(outgoing);
      for (let count = 0; count < 20; count++) {
        if (!outgoing.write(new Uint8Array(1_000_000))) await once(outgoing, "drain");
      }
      outgoing.end();
      assert.deepEqual(await answered, { status: 200, body: "20000000" });
    });

    test("an upgrade passes, and so does what follows", async (t) => {
      const nginx = await start(t, way);
      const outgoing = ask(nginx, "/shout", { headers: { Connection: "Upgrade", Upgrade: "websocket" } });
      outgoing.end();
      const [incoming, socket] = (await once(outgoing, "upgrade")) as [IncomingMessage, Duplex];
      assert.equal(incoming.statusCode, 101);
      socket.write("hello");
      const [bytes] = (await once(socket, "data")) as [Buffer];
      assert.equal(String(bytes), "HELLO");
      socket.destroy();
    });

    test("HTTP/2 in front is HTTP/1.1 behind", async (t) => {
      const { https } = await start(t, way);
      const client = connectHttp2(`https://127.0.0.1:${https}`, { rejectUnauthorized: false });
      t.after(() => client.destroy());
      const stream = client.request({ ":path": "/who", ":authority": "example.com" });
      const [head] = (await once(stream, "response")) as [Record<string, unknown>];
      assert.equal(head[":status"], 200);
      let body = "";
      for await (const piece of stream) body += String(piece);
      assert.deepEqual(JSON.parse(body), { ip: "127.0.0.1", protocol: "https", host: "example.com" });
    });
  });
}
