/** Connecting to PostgreSQL: addresses, TLS, and refusals with their remedies. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { test } from "node:test";
import fc from "fast-check";
import { describeError } from "limpid/errors";
import { parseServerAddress } from "../../../src/orm/driver/network/server-address.ts";
import { tlsPolicy } from "../../../src/orm/driver/network/tls-policy.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { addressForm } from "../../../src/orm/driver/postgresql/open-connection.ts";
import { sharedUrl, unreachable } from "./reachable.ts";

const parse = (url: string) => parseServerAddress(url, addressForm);

test("the parts of an address", () => {
  const { options: _, ...parts } = parse("postgres://al%40ice:p%2Fw@db.example:6000/sh%20op?sslmode=disable");
  assert.deepEqual(parts, {
    host: "db.example",
    port: 6000,
    socketPath: undefined,
    user: "al@ice",
    password: "p/w",
    database: "sh op",
    label: "db.example:6000/sh op",
  });
  assert.equal(parse("postgresql://[::1]/shop").host, "::1");
  assert.equal(parse("postgres:///shop").host, "localhost");
  assert.equal(parse("postgres://host:80/shop").port, 80);
  for (const url of [
    "postgres:///shop?host=/run/postgresql",
    "postgres://alice@/shop?host=/run/postgresql",
    "postgres://%2Frun%2Fpostgresql/shop",
  ]) {
    assert.equal(parse(url).socketPath, "/run/postgresql", url);
    assert.equal(parse(url).database, "shop", url);
  }
});

const isOwnRole = new URL(sharedUrl).username === userInfo().username && new URL(sharedUrl).password === "";

test("an address without a user is that of the account", {
  skip: unreachable || !isOwnRole,
}, async () => {
  const { USER, PGUSER } = process.env;
  delete process.env.USER;
  delete process.env.PGUSER;
  try {
    const source = await connectPostgresql(sharedUrl.replace(/\/\/[^@/]*@/, "//"));
    await source.close();
  } finally {
    if (USER !== undefined) process.env.USER = USER;
    if (PGUSER !== undefined) process.env.PGUSER = PGUSER;
  }
});

test("any user, password and database survive the address; none stands in a message", () => {
  const text = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((value) => !value.includes("\0") && !/^\.{1,2}$/.test(value) && value.isWellFormed());
  fc.assert(
    fc.property(text, text, text, (user, password, database) => {
      const [u, p, d] = [user, password, database].map(encodeURIComponent);
      const address = parse(`postgres://${u}:${p}@host/${d}`);
      assert.deepEqual([address.user, address.password, address.database], [user, password, database]);
    }),
  );
});

test("malformed addresses are refused without being quoted", () => {
  for (const url of [
    "",
    "shop",
    "mysql://host/x",
    "postgres://u:secret@host:99999/x",
    "postgres://u:secret%@host/x",
    "postgres://u:sec%00ret@host/x",
  ])
    assert.throws(
      () => parse(url),
      (error: Error & { code: string; found: string }) =>
        error.code === "LMP_ORM_URL_INVALID" && !`${error.message}${error.found}`.includes("sec"),
      url,
    );
});

test("TLS is on and verified for hosts that are not local, unless it is said otherwise", () => {
  const mode = (url: string, tls?: boolean | { ca?: string; rejectUnauthorized?: boolean }) =>
    tlsPolicy(parse(url), tls);
  for (const local of ["localhost", "127.0.0.1", "[::1]", "db.localhost"])
    assert.equal(mode(`postgres://${local}/x`), undefined, local);
  assert.equal(mode("postgres:///x?host=/run/postgresql"), undefined);
  const full = { rejectUnauthorized: true, verifyHost: true, ca: undefined };
  for (const remote of ["db", "10.0.0.1", "localhost.example", "127.example"])
    assert.deepEqual(mode(`postgres://${remote}/x`), full, remote);
  for (const verified of ["require", "verify-full", "prefer"])
    assert.deepEqual(mode(`postgres://db/x?sslmode=${verified}`), full, verified);
  assert.equal(mode("postgres://db/x?sslmode=disable"), undefined);
  assert.equal(mode("postgres://db/x?sslmode=no-verify")?.rejectUnauthorized, false);
  assert.equal(mode("postgres://db/x?sslmode=verify-ca")?.verifyHost, false);
  assert.equal(mode("postgres://db/x", false), undefined);
  assert.deepEqual(mode("postgres://localhost/x?sslmode=disable", true), full);
  assert.equal(mode("postgres://db/x", { ca: "PEM" })?.ca, "PEM");
  assert.throws(() => mode("postgres://db/x?sslmode=maybe"), { code: "LMP_ORM_URL_INVALID" });
  assert.throws(() => mode("postgres://db/x?sslrootcert=/no/such"), { code: "LMP_ORM_URL_INVALID" });
});

test("nothing listens: at once, with the remedy", async () => {
  await assert.rejects(connectPostgresql("postgres://u:secret@127.0.0.1:1/x"), (error: Error) => {
    assert.equal(JSON.stringify(error).includes("secret"), false);
    assert.match(describeError(error), /nothing that listens there\n {2}fix: Start the server/);
    return /The database at 127\.0\.0\.1:1\/x cannot be reached/.test(error.message);
  });
});

test("a host that is not there, a socket that is not there", async () => {
  await assert.rejects(connectPostgresql("postgres://no-such-host.invalid/x"), {
    code: "LMP_ORM_CONNECT_FAILED",
    found: "no host of this name",
  });
  await assert.rejects(connectPostgresql("postgres:///x?host=/no/such/folder"), {
    code: "LMP_ORM_CONNECT_FAILED",
    found: "nothing that listens there",
  });
});

test("a server that says nothing is given up after three seconds; one that hangs up, at once", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  const rude = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  const port = (server: typeof silent): number => (server.address() as { port: number }).port;
  await new Promise((resolve) => rude.once("listening", resolve));
  try {
    await assert.rejects(connectPostgresql(`postgres://127.0.0.1:${port(rude)}/x`), {
      code: "LMP_ORM_CONNECT_FAILED",
    });
    const started = performance.now();
    await assert.rejects(connectPostgresql(`postgres://127.0.0.1:${port(silent)}/x`), {
      code: "LMP_ORM_CONNECT_FAILED",
      found: "no answer",
    });
    assert.ok(performance.now() - started < 4_500);
  } finally {
    silent.close();
    rude.close();
  }
});

test("refusals of the server: database, user, TLS", { skip: unreachable }, async () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(sharedUrl);
    change(url);
    return url.href;
  };
  await assert.rejects(connectPostgresql(changed((url) => (url.pathname = "/no_such_database"))), {
    code: "LMP_ORM_CONNECT_FAILED",
    fix: /createdb no_such_database/,
  });
  await assert.rejects(connectPostgresql(changed((url) => (url.username = "no_such_user"))), {
    code: "LMP_ORM_CONNECT_FAILED",
    fix: /user and password/,
  });
  await assert.rejects(
    connectPostgresql(
      changed((url) => url.searchParams.set("sslrootcert", "/etc/passwd")),
      { tls: true },
    ),
    {
      code: "LMP_ORM_CONNECT_FAILED",
    },
  );
});
