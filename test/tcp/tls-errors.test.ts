/** Keys and certificates that cannot be used: one code, one sentence and the fix, before the server listens. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LimpidError } from "limpid/errors";
import { TcpServer, type TlsOptions } from "limpid/tcp";
import { fixture, localhost, localhostCert } from "./tls-peers.ts";

async function refusedTls(tls: TlsOptions): Promise<LimpidError> {
  const server = new TcpServer({ host: "127.0.0.1", tls });
  try {
    await server.listen();
  } catch (error) {
    assert.ok(error instanceof LimpidError);
    assert.ok(error.fix);
    assert.equal(server.address, undefined);
    return error;
  }
  await server.close();
  return assert.fail("it listens");
}

test("a file that does not exist is named, for key, certificate and authority", async () => {
  const missing = fixture("missing.pem");
  const cases: [TlsOptions, string, RegExp][] = [
    [
      { ...localhost, keyFile: missing },
      "LMP_TCP_TLS_KEY_UNREADABLE",
      /^The TLS key cannot be read: .*missing\.pem$/,
    ],
    [{ ...localhost, certFile: missing }, "LMP_TCP_TLS_CERT_UNREADABLE", /certificate cannot be read/],
    [{ ...localhost, caFile: missing }, "LMP_TCP_TLS_CA_UNREADABLE", /authority cannot be read/],
  ];
  for (const [tls, code, message] of cases) {
    const error = await refusedTls(tls);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.equal(error.found, "ENOENT");
    assert.match(error.fix ?? "", /path/);
  }
});

test("a key that this user may not read", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "limpid-"));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  const keyFile = join(folder, "private.key");
  copyFileSync(fixture("localhost.key"), keyFile);
  chmodSync(keyFile, 0);
  const program = `
    import { TcpServer } from "limpid/tcp";
    if (process.getuid() === 0) process.setuid(65534);
    const tls = { keyFile: ${JSON.stringify(keyFile)}, cert: ${JSON.stringify(localhostCert)} };
    await new TcpServer({ tls }).listen().catch((error) => console.log(error.code, error.found, error.fix));`;
  const child = spawnSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", program]);
  assert.match(
    String(child.stdout),
    /^LMP_TCP_TLS_KEY_UNREADABLE EACCES Let this user read it/,
    String(child.stderr),
  );
});

test("a folder instead of a file", async () => {
  const error = await refusedTls({ ...localhost, keyFile: fixture("") });
  assert.equal(error.code, "LMP_TCP_TLS_KEY_UNREADABLE");
  assert.equal(error.found, "EISDIR");
});

test("what is there and cannot be used", async () => {
  const cases: { tls: TlsOptions; expected: RegExp; fix: RegExp }[] = [
    { tls: {}, expected: /tls\.key or tls\.keyFile/, fix: /tls\.keyFile/ },
    { tls: { keyFile: fixture("localhost.key") }, expected: /tls\.cert or/, fix: /tls\.certFile/ },
    { tls: { ...localhost, key: "no key" }, expected: /a private key in PEM/, fix: /tls\.key/ },
    { tls: { ...localhost, cert: "no certificate" }, expected: /a certificate in PEM/, fix: /tls\.cert/ },
    { tls: { ...localhost, ca: "no authority" }, expected: /a certificate in PEM/, fix: /tls\.ca/ },
    {
      tls: { ...localhost, keyFile: fixture("other.key") },
      expected: /certificate was made for/,
      fix: /same order/,
    },
    {
      tls: { ...localhost, keyFile: fixture("encrypted.key") },
      expected: /encrypted/,
      fix: /tls\.passphrase/,
    },
    {
      tls: { ...localhost, keyFile: fixture("encrypted.key"), passphrase: "wrong" },
      expected: /the passphrase/,
      fix: /Correct tls\.passphrase/,
    },
  ];
  for (const { tls, expected, fix } of cases) {
    const error = await refusedTls(tls);
    assert.equal(error.code, "LMP_TCP_TLS_INVALID");
    assert.match(error.expected ?? "", expected);
    assert.match(error.fix ?? "", fix);
    assert.doesNotMatch(`${error.found}`, /PRIVATE KEY/);
  }
});
