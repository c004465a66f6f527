/** What `listen` and the constructor refuse: each case has one code, one sentence and the fix. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { LimpidError } from "limpid/errors";
import { type TcpOptions, TcpServer } from "limpid/tcp";
import { dial, received, serve } from "./peers.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "limpid-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

async function refusedListen(options: TcpOptions): Promise<LimpidError> {
  try {
    await new TcpServer(options).listen();
  } catch (error) {
    assert.ok(error instanceof LimpidError);
    assert.ok(error.fix);
    return error;
  }
  return assert.fail("it listens");
}

test("a port in use", async (t) => {
  const { port } = await serve(t);
  const error = await refusedListen({ port, host: "127.0.0.1" });
  assert.equal(error.code, "LMP_TCP_PORT_IN_USE");
  assert.equal(error.message, `Port ${port} is in use by another program.`);
  assert.match(error.fix ?? "", new RegExp(`lsof -i :${port}`));
});

test("a privileged port", (t) => {
  const program = `
    import { TcpServer } from "limpid/tcp";
    if (process.getuid() === 0) process.setuid(65534);
    await new TcpServer({ port: 80, host: "127.0.0.1" }).listen().catch((error) => {
      console.log(error.code + "|" + error.message + "|" + error.fix);
    });
    process.exit();`;
  const child = spawnSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", program]);
  const [code, message, fix] = String(child.stdout).trim().split("|");
  if (child.status === 0 && code === "") return t.skip("this system lets every user listen on port 80");
  assert.equal(code, "LMP_TCP_PORT_PRIVILEGED", String(child.stderr));
  assert.equal(message, "This user may not listen on port 80.");
  assert.match(fix ?? "", /8080/);
});

test("an address this machine does not have", async () => {
  for (const host of ["192.0.2.1", "no-such-host.invalid"]) {
    const error = await refusedListen({ host });
    assert.equal(error.code, "LMP_TCP_ADDRESS_UNAVAILABLE");
    assert.equal(error.message, `This machine has no address ${host}.`);
  }
});

test("options out of range are refused before anything is opened", () => {
  const wrong: TcpOptions[] = [
    { port: 70_000 },
    { port: -1 },
    { port: 80.5 },
    { port: Number.NaN },
    { port: "8000" as unknown as number },
    { host: "" },
    { path: "" },
    { path: "/tmp/a\0b" },
    { path: "/tmp/a.sock", port: 8000 },
    { path: "/tmp/a.sock", mode: 0o1777 },
    { idleTimeout: -1 },
    { idleTimeout: 2 ** 31 },
    { handshakeTimeout: 0 },
    { lingerTimeout: 0 },
    { maxConnections: 0 },
    { maxConnectionsPerAddress: 1.5 },
    { backlog: 0 },
    { keepAlive: -1 },
  ];
  for (const options of wrong) {
    assert.throws(() => new TcpServer(options), { code: "LMP_TCP_OPTION_INVALID" }, JSON.stringify(options));
  }
  assert.throws(() => new TcpServer({ port: 70_000 }), {
    message: "The option port is not valid.",
    expected: "a whole number from 0 to 65535",
    found: "70000",
  });
});

test("a unix socket where another server answers", async (t) => {
  const path = join(folder(t), "app.sock");
  const server = await serve(t, { path }, (connection) => connection.end("still here"));
  const error = await refusedListen({ path });
  assert.equal(error.code, "LMP_TCP_PATH_IN_USE");
  assert.equal(await received(await dial(server)), "still here");
});

test("a unix socket that a killed process left behind is replaced", async (t) => {
  const path = join(folder(t), "app.sock");
  const program = `require("net").createServer().listen(${JSON.stringify(path)}, () => console.log("listening"))`;
  const child = spawn(process.execPath, ["-e", program]);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.ok(existsSync(path));
  const server = await serve(t, { path }, (connection) => connection.end("replaced"));
  assert.equal(await received(await dial(server)), "replaced");
});

test("a path that cannot be a socket, and no file is touched", async (t) => {
  const root = folder(t);
  const file = join(root, "notes.txt");
  writeFileSync(file, "keep me");
  for (const path of [
    file,
    join(root, "missing", "a.sock"),
    join(file, "a.sock"),
    join(root, "x".repeat(200)),
  ]) {
    const error = await refusedListen({ path });
    assert.equal(error.code, "LMP_TCP_PATH_UNUSABLE", path);
  }
  assert.ok(existsSync(file));
});
