/** TLS clients and callbacks that misbehave: their handshake fails, and nothing else does. */
import assert from "node:assert/strict";
import { constants } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { SniAnswer, TcpServer } from "limpid/tcp";
import { clientHello } from "./client-hello.ts";
import { dial, gone, received, serve } from "./peers.ts";
import { beginTls, dialTls, handshakeFailure, localhost } from "./tls-peers.ts";

async function stillServes(server: TcpServer): Promise<void> {
  assert.equal(await received(await dialTls(server)), "fine");
}

function openFiles(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}

test("CVE-2026-21637: odd server names never harm the process, whatever the callback sees", async (t) => {
  const names = [
    ...[
      "",
      ".",
      "..",
      "__proto__",
      "constructor",
      "a\0b",
      "\0",
      "täst.example",
      "xn--tst-qla.example",
      "127.0.0.1",
    ],
    ...["a".repeat(255), "a".repeat(256), "a".repeat(4_000), "*.example.com", "%00", "a b", "\r\n", "😀"],
  ].map((name) => Buffer.from(name));
  names.push(
    ...fc.sample(fc.uint8Array({ maxLength: 300 }), 256 - names.length).map((bytes) => Buffer.from(bytes)),
  );
  const asked: unknown[] = [];
  const sni = (name: string): undefined => {
    asked.push(name);
    if (name !== "localhost") throw new Error("no such name");
  };
  const server = await serve(t, { tls: { ...localhost, sni } }, (connection) => connection.end("fine"));
  for (const name of names) {
    const client = await dial(server);
    client.end(clientHello(name));
    await gone(client);
  }
  assert.ok(asked.length > 0);
  assert.ok(asked.every((name) => typeof name === "string"));
  await stillServes(server);
});

test("the handmade ClientHello is one that a server answers", async (t) => {
  const server = await serve(t, { tls: localhost });
  const client = await dial(server);
  client.write(clientHello(Buffer.from("localhost")));
  const [answer] = await once(client, "data");
  assert.deepEqual([answer[0], answer[5]], [0x16, 0x02], "a handshake record with a ServerHello");
  client.destroy();
});

const callbacks: { name: string; sni: () => SniAnswer | Promise<SniAnswer> }[] = [
  {
    name: "throws",
    sni: () => {
      throw new Error("broken");
    },
  },
  { name: "rejects", sni: () => Promise.reject(new Error("broken")) },
  { name: "throws something that is no error", sni: () => Promise.reject("broken") },
  { name: "never answers", sni: () => new Promise(() => {}) },
  { name: "answers nonsense", sni: () => "nonsense" as unknown as SniAnswer },
  { name: "answers an object that looks right", sni: () => ({ context: {} }) as unknown as SniAnswer },
];

for (const { name, sni } of callbacks) {
  test(`CVE-2026-21637: an sni callback that ${name} fails the handshake, and descriptors do not leak`, async (t) => {
    const answer = (servername: string): SniAnswer | Promise<SniAnswer> =>
      servername === "localhost" ? undefined : sni();
    const tls = { ...localhost, sni: answer };
    const server = await serve(t, { tls, handshakeTimeout: 100 }, (connection) => connection.end("fine"));
    const codes: string[] = [];
    const allFailed = Promise.withResolvers<void>();
    server.on("handshakeError", ({ code }) => {
      if (codes.push(code) === 20) allFailed.resolve();
    });
    const before = openFiles();
    const attempts = Array.from({ length: 20 }, () => gone(beginTls(server, { servername: "other" })));
    await Promise.all(attempts);
    await allFailed.promise;
    assert.ok(codes.every((code) => /^LMP_TCP_TLS_HANDSHAKE_(FAILED|TIMEOUT)$/.test(code)));
    assert.equal(server.connections.size, 0);
    assert.ok(openFiles() <= before + 2);
    await stillServes(server);
  });
}

test("class: slow TLS handshake. One byte and silence is closed at the handshake timeout", async (t) => {
  const server = await serve(t, { tls: localhost, handshakeTimeout: 150 }, (connection) =>
    connection.end("fine"),
  );
  const codes = new Set<string>();
  server.on("handshakeError", (error, address) => codes.add(`${error.code} ${address}`));
  const began = performance.now();
  const clients = await Promise.all(Array.from({ length: 100 }, () => dial(server)));
  for (const client of clients) client.write(Buffer.of(0x16));
  await stillServes(server);
  await Promise.all(clients.map(gone));
  const took = performance.now() - began;
  assert.ok(took < 5_000, `${took} ms`);
  assert.deepEqual([...codes], ["LMP_TCP_TLS_HANDSHAKE_TIMEOUT 127.0.0.1"]);
});

test("a handshake counts under the cap, so that half-open ones cannot exceed it", async (t) => {
  const options = {
    tls: localhost,
    handshakeTimeout: 200,
    maxConnections: 3,
    refuse: () => "never sent over TLS",
  };
  const server = await serve(t, options, (connection) => connection.end("fine"));
  const waiting = await Promise.all([dial(server), dial(server), dial(server)]);
  const refused = once(server, "refused");
  assert.match((await handshakeFailure(server)) ?? "", /ECONNRESET/);
  assert.deepEqual(await refused, ["connections", "127.0.0.1"]);
  await Promise.all(waiting.map(gone));
  await stillServes(server);
});

test("bytes that are no TLS, and a reset in the middle, only fail their handshake", async (t) => {
  const server = await serve(t, { tls: localhost }, (connection) => connection.end("fine"));
  const first = await dial(server);
  first.write("GET / HTTP/1.1\r\n\r\n");
  await gone(first);
  for (let i = 0; i < 20; i += 1) {
    const client = await dial(server);
    client.write(clientHello(Buffer.from("localhost")).subarray(0, 5 * i + 1));
    client.resetAndDestroy();
  }
  await stillServes(server);
});

test("TLS before 1.2 is refused (RFC 8996)", async (t) => {
  const server = await serve(t, { tls: localhost }, (connection) => connection.end("fine"));
  const ciphers = "DEFAULT@SECLEVEL=0";
  const code = await handshakeFailure(server, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers });
  assert.match(code ?? "", /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
  assert.equal(await handshakeFailure(server, { maxVersion: "TLSv1.2" }), undefined);
  const strict = await serve(t, { tls: { ...localhost, minVersion: "TLSv1.3" } });
  assert.match((await handshakeFailure(strict, { maxVersion: "TLSv1.2" })) ?? "", /PROTOCOL_VERSION/);
});

test("CVE-2011-1473: renegotiation is refused, the connection goes on", async (t) => {
  const server = await serve(t, { tls: localhost }, async (connection) => {
    for await (const bytes of connection) connection.write(bytes);
    connection.end();
  });
  const options = { maxVersion: "TLSv1.2", secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT } as const;
  const client = await dialTls(server, options);
  const outcome = await new Promise<string>((resolve) => {
    client.once("error", (error) => resolve(error.message));
    client.once("close", () => resolve("closed"));
    client.renegotiate({}, (error) => resolve(error ? error.message : "renegotiated"));
  });
  assert.notEqual(outcome, "renegotiated");
  client.destroy();
});

test("close ends handshakes that do not finish", async (t) => {
  const server = await serve(t, { tls: localhost });
  const client = await dial(server);
  client.write(Buffer.of(0x16));
  const late = once(server, "close");
  await server.close({ grace: 100 });
  await late;
  await gone(client);
});
