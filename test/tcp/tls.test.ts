/** TLS: the same connections, encrypted; ALPN, SNI, client certificates, half-close, reload. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createSecureContext } from "node:tls";
import type { Connection } from "limpid/tcp";
import { received, serve } from "./peers.ts";
import { dialTls, fixture, handshakeFailure, localhost, localhostCert, otherCert } from "./tls-peers.ts";

test("a connection over TLS reads, writes and says what was agreed on", async (t) => {
  const opened = Promise.withResolvers<Connection>();
  const server = await serve(t, { tls: localhost }, async (connection) => {
    opened.resolve(connection);
    for await (const bytes of connection) connection.write(bytes);
    connection.end(" and goodbye");
  });
  assert.equal(server.address?.url, `tls://127.0.0.1:${server.port}`);
  const client = await dialTls(server, { ALPNProtocols: ["h2", "http/1.1"] });
  client.allowHalfOpen = true;
  assert.equal(client.getProtocol(), "TLSv1.3");
  client.end("hello");
  assert.equal(await received(client), "hello and goodbye");
  const connection = await opened.promise;
  assert.equal(connection.encrypted, true);
  assert.equal(connection.remoteAddress, "127.0.0.1");
  assert.equal(connection.alpnProtocol, "http/1.1");
  assert.equal(connection.servername, "localhost");
});

test("key and certificate may be given as text, and an encrypted key with its passphrase", async (t) => {
  const key = readFileSync(fixture("encrypted.key"), "utf8");
  const tls = { key, cert: Buffer.from(localhostCert), passphrase: "open-sesame" };
  const server = await serve(t, { tls }, (connection) => connection.end("read"));
  assert.equal(await received(await dialTls(server)), "read");
});

test("bytes that arrive right behind the handshake are not lost", async (t) => {
  const server = await serve(t, { tls: localhost }, async (connection) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    for await (const bytes of connection) connection.write(bytes);
    connection.end();
  });
  const client = await dialTls(server);
  client.allowHalfOpen = true;
  client.end("early");
  assert.equal(await received(client), "early");
});

test("class: ALPN cross-protocol. Only http/1.1 by default; an offer without it gets an alert", async (t) => {
  const server = await serve(t, { tls: localhost });
  assert.equal(await handshakeFailure(server), undefined);
  assert.equal(await handshakeFailure(server, { ALPNProtocols: ["http/1.1"] }), undefined);
  const code = await handshakeFailure(server, { ALPNProtocols: ["h2", "ftp"] });
  assert.match(code ?? "", /NO_APPLICATION_PROTOCOL/);
});

test("alpn names other protocols in the server's order, empty turns it off", async (t) => {
  const chosen = async (alpn: string[]): Promise<string | false | null> => {
    const server = await serve(t, { tls: { ...localhost, alpn } });
    const client = await dialTls(server, { ALPNProtocols: ["one", "two"] });
    client.destroy();
    return client.alpnProtocol;
  };
  assert.equal(await chosen(["two", "one"]), "two");
  assert.equal(await chosen([]), false);
});

test("CVE-2026-48928: sni chooses the certificate without regard to case", async (t) => {
  const asked: string[] = [];
  const other = createSecureContext({ key: readFileSync(fixture("other.key")), cert: otherCert });
  const sni = async (name: string) => {
    asked.push(name);
    return name === "other" ? other : undefined;
  };
  const server = await serve(t, { tls: { ...localhost, sni } }, (connection) =>
    connection.end(connection.servername),
  );
  for (const [servername, subject] of [
    ["other", "other"],
    ["OTHER", "other"],
    ["localhost", "localhost"],
  ]) {
    const client = await dialTls(server, { servername: servername ?? "" });
    assert.equal(client.getPeerCertificate().subject.CN, subject);
    assert.equal(await received(client), subject);
  }
  assert.deepEqual(asked, ["other", "other", "localhost"]);
});

test("with requestCert a client needs a certificate that the authority has signed", async (t) => {
  const tls = { ...localhost, requestCert: true, caFile: fixture("localhost.crt") };
  const server = await serve(t, { tls }, (connection) => connection.end("welcome"));
  const outcome = async (name?: string): Promise<string> => {
    const identity = name
      ? { key: readFileSync(fixture(`${name}.key`)), cert: readFileSync(fixture(`${name}.crt`)) }
      : {};
    return received(await dialTls(server, identity));
  };
  assert.equal(await outcome("localhost"), "welcome");
  assert.equal(await outcome("other"), "");
  assert.equal(await outcome(), "");
});

test("half-close: after the client's end the server may still write", async (t) => {
  const server = await serve(t, { tls: localhost }, (connection) => {
    connection.on("data", () => {});
    connection.on("end", () => setTimeout(() => connection.end("afterwards"), 20));
  });
  const client = await dialTls(server);
  client.allowHalfOpen = true;
  client.end("question");
  assert.equal(await received(client), "afterwards");
});

test("ended without a reader, a connection whose client goes on sending still goes away", async (t) => {
  const server = await serve(t, { tls: localhost, lingerTimeout: 100 }, (connection) =>
    connection.end("Hello"),
  );
  const client = await dialTls(server);
  client.allowHalfOpen = true;
  client.write(Buffer.alloc(100_000));
  assert.equal(await received(client), "Hello");
  while (server.connections.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  client.destroy();
});

test("back-pressure: a client that does not read makes write false and drained wait", async (t) => {
  const total = 16 << 20;
  let most = 0;
  const server = await serve(t, { tls: localhost }, async (connection) => {
    for (let sent = 0; sent < total; sent += 65_536) {
      if (!connection.write(Buffer.alloc(65_536))) await connection.drained();
      most = Math.max(most, connection.writableLength);
    }
    connection.end();
  });
  const client = await dialTls(server);
  await new Promise((resolve) => setTimeout(resolve, 50));
  let read = 0;
  for await (const bytes of client) read += bytes.length;
  assert.equal(read, total);
  assert.ok(most <= 1 << 20, `${most} bytes were queued`);
});

test("R-22: reloadTls takes the files as they are now; a broken file leaves the old certificate", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "limpid-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const tls = { keyFile: join(folder, "key.pem"), certFile: join(folder, "cert.pem") };
  const install = (name: string): void => {
    copyFileSync(fixture(`${name}.key`), tls.keyFile);
    copyFileSync(fixture(`${name}.crt`), tls.certFile);
  };
  install("localhost");
  const server = await serve(t, { tls });
  const subject = async (servername: string): Promise<string | string[] | undefined> => {
    const client = await dialTls(server, { servername });
    const { CN } = client.getPeerCertificate().subject;
    client.destroy();
    return CN;
  };
  assert.equal(await subject("localhost"), "localhost");
  install("other");
  server.reloadTls();
  assert.equal(await subject("other"), "other");
  writeFileSync(tls.certFile, "broken");
  assert.throws(() => server.reloadTls(), { code: "LMP_TCP_TLS_INVALID" });
  assert.equal(await subject("other"), "other");
});

test("close: a connection over TLS hears stopping and finishes", async (t) => {
  const server = await serve(t, { tls: localhost }, (connection) => {
    connection.on("stopping", () => connection.end("goodbye"));
  });
  const client = await dialTls(server);
  const text = received(client);
  if (server.connections.size === 0) await once(server, "connection");
  await server.close({ grace: 5_000 });
  assert.equal(await text, "goodbye");
});
