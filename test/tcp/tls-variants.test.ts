/** TLS threats by the hundred: spellings of names, offers of protocols, handshakes with client certificates. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createSecureContext } from "node:tls";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Random } from "../http/threats/random.ts";
import { plain } from "../http/threats/row.ts";
import { received, serve } from "./peers.ts";
import { dialTls, fixture, handshakeFailure, localhost, otherCert } from "./tls-peers.ts";

test("CVE-2026-48928: a name gets the same certificate in each of its spellings", async (t) => {
  const other = createSecureContext({ key: readFileSync(fixture("other.key")), cert: otherCert });
  const sni = (name: string) => (name === "other" ? other : undefined);
  const server = await serve(t, { tls: { ...localhost, sni } }, (connection) => connection.end());
  const spellings = Array.from({ length: 32 }, (_, bits) =>
    Array.from("other", (letter, index) => (bits & (1 << index) ? letter.toUpperCase() : letter)).join(""),
  );
  for (const servername of spellings) {
    const client = await dialTls(server, { servername });
    assert.equal(client.getPeerCertificate().subject.CN, "other", servername);
    await received(client);
  }
});

test("class: ALPN cross-protocol: 200 offers without http/1.1 get an alert, and with it http/1.1 is chosen", async (t) => {
  const server = await serve(t, { tls: localhost }, (connection) => connection.end());
  const random = new Random("alpn");
  const known = ["h2", "http/1.0", "HTTP/1.1", "http/1.1 ", "http/1.2", "ftp", "smtp", "h3", "http/1", "\0"];
  for (let index = 0; index < 200; index++) {
    const offer = Array.from({ length: random.between(1, 6) }, () =>
      random.oneIn(3) ? random.text(plain, 1, 40) : random.pick(known),
    );
    const code = await handshakeFailure(server, { ALPNProtocols: offer });
    assert.match(code ?? "none", /NO_APPLICATION_PROTOCOL/, JSON.stringify(offer));
    if (index % 10 > 0) continue;
    const client = await dialTls(server, { ALPNProtocols: [...offer, "http/1.1"] });
    assert.equal(client.alpnProtocol, "http/1.1");
    await received(client);
  }
});

test("CVE-2025-59464: handshakes with client certificates leave nothing behind", async (t) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const tls = { ...localhost, requestCert: true, caFile: fixture("localhost.crt") };
  const server = await serve(t, { tls }, (connection) => connection.end("welcome"));
  const identity = {
    key: readFileSync(fixture("localhost.key")),
    cert: readFileSync(fixture("localhost.crt")),
  };
  const handshakes = async (count: number): Promise<{ heap: number; rss: number }> => {
    for (let done = 0; done < count; done += 10) {
      const batch = Array.from({ length: 10 }, async () => received(await dialTls(server, identity)));
      assert.ok((await Promise.all(batch)).every((text) => text === "welcome"));
    }
    while (server.connections.size > 0) await delay(5);
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    return { heap: heapUsed, rss };
  };
  const warm = await handshakes(200);
  const later = await handshakes(300);
  // Three hundred certificates and contexts would be more than this.
  assert.ok(later.heap - warm.heap < 3 << 20, `the heap grew by ${later.heap - warm.heap} bytes`);
  assert.ok(later.rss - warm.rss < 24 << 20, `memory grew by ${later.rss - warm.rss} bytes`);
});
