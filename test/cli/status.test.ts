/** `limpid status` and SIGUSR2: what runs, and how it is. */
import assert from "node:assert/strict";
import { chmod, mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run, start } from "./process.ts";
import { appOf, ask, runs, startWorkers } from "./workers.ts";

interface Status {
  pid: number;
  url: string;
  application: string;
  uptime: number;
  reloads: number;
  restarts: number;
  workers: Record<string, number | string | null>[];
}

test("tells of the primary and of each worker, as a table, as JSON and at SIGUSR2", async (t) => {
  const { running, url, cwd, env } = await startWorkers(t, ["--workers", "2"]);
  for (let count = 0; count < 6; count++) await ask(url);
  const json = await run(["status", "--json"], { cwd, env });
  const [status] = JSON.parse(json.out) as [Status];
  assert.equal(status.pid, running.process.pid);
  assert.equal(status.url, url);
  assert.equal(status.application, join(cwd, "app.ts"));
  assert.deepEqual([status.reloads, status.restarts, status.workers.length], [0, 0, 2]);
  assert.equal(
    status.workers.reduce((sum, { requests }) => sum + Number(requests), 0),
    6,
  );
  for (const worker of status.workers) {
    assert.equal(worker.state, "ready");
    assert.ok(Number(worker.rss) > 10_000_000 && Number(worker.uptime) > 0);
    const busy = Number(worker.eventLoopUtilization);
    assert.ok(busy >= 0 && busy <= 1);
  }
  const table = await run(["status", "--pid", String(status.pid)], { cwd, env });
  assert.match(
    table.out,
    /^http:\S+ \(process \d+\), up .*0 reloads, 0 restarts\n\S+app\.ts\nPROCESS +STATE/,
  );
  assert.equal(table.out.match(/^\d+ +ready /gm)?.length, 2);
  running.process.kill("SIGUSR2");
  const [line] = await running.printed(/^\{"pid":.*\}$/m);
  assert.equal((JSON.parse(line) as Status).workers.length, 2);
  running.process.kill("SIGTERM");
  await running.finished;
  assert.deepEqual(await readdir(join(cwd, "limpid")), []);
});

test("a process without workers has a status too", async (t) => {
  const cwd = await folder(t, { "app.ts": appOf("first") });
  const env = { XDG_RUNTIME_DIR: cwd, TMPDIR: cwd };
  const running = start(["start", "--port", "0"], { cwd, env });
  t.after(() => running.process.kill("SIGKILL"));
  const [, url = ""] = await running.printed(/Listening on (\S+) \(process \d+\)/);
  await ask(url);
  const [status] = JSON.parse((await run(["status", "--json"], { cwd, env })).out) as [Status];
  assert.equal(status.pid, running.process.pid);
  assert.deepEqual(
    status.workers.map(({ pid, requests, state }) => [pid, requests, state]),
    [[running.process.pid, 1, "ready"]],
  );
  assert.equal((await stat(join(cwd, "limpid"))).mode & 0o777, 0o700);
  running.process.kill("SIGUSR2");
  await running.printed(/^\{"pid":/m);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});

test("a worker whose event loop is blocked is shown, without figures", async (t) => {
  const source = appOf("first").replace(
    'app.get("/exit", () => process.exit(3));',
    'app.get("/block", () => { console.log("blocked " + process.pid); for (;;); });',
  );
  const { running, url, cwd, env } = await startWorkers(t, ["--workers", "1"], { "app.ts": source });
  const answer = ask(`${url}/block`).catch(() => "broken off");
  const [, worker] = await running.printed(/blocked (\d+)/);
  // One that never returns to its event loop does not hear that its primary has died.
  t.after(() => runs(Number(worker)) && process.kill(Number(worker), "SIGKILL"));
  const { out } = await run(["status", "--json"], { cwd, env });
  const [{ workers }] = JSON.parse(out) as [Status];
  assert.deepEqual(
    workers.map(({ state, requests, rss }) => [state, requests, rss]),
    [["ready", null, null]],
  );
  running.process.kill("SIGTERM");
  await running.printed(/Stopping/);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 143);
  assert.equal(await answer, "broken off");
});

test("where nothing runs, it says so; sockets of the dead are cleared away", async (t) => {
  const cwd = await folder(t, { "app.ts": appOf("first") });
  const env = { XDG_RUNTIME_DIR: cwd, TMPDIR: cwd };
  const nothing = await run(["status"], { cwd, env });
  assert.equal(nothing.code, 1);
  assert.match(nothing.err, /No `limpid start` runs here\.[\s\S]*LMP_CLI_NOT_RUNNING/);
  const running = start(["start", "--port", "0"], { cwd, env });
  t.after(() => running.process.kill("SIGKILL"));
  await running.printed(/Press/);
  running.process.kill("SIGKILL");
  await running.finished;
  assert.equal((await readdir(join(cwd, "limpid"))).length, 1);
  const { code, err } = await run(["status", "--pid", String(running.process.pid)], { cwd, env });
  assert.equal(code, 1);
  assert.match(err, /Process \d+ is no `limpid start`/);
  assert.deepEqual(await readdir(join(cwd, "limpid")), []);
});

test("a folder that others may enter, or a link in its place, is not used; serving goes on", async (t) => {
  const cwd = await folder(t, { "app.ts": appOf("first") });
  const [open, linked, target] = ["open", "linked", "target"].map((name) => join(cwd, name));
  await mkdir(join(open!, "limpid"), { recursive: true });
  await chmod(join(open!, "limpid"), 0o777);
  await mkdir(target!, { mode: 0o700 });
  await mkdir(linked!);
  await symlink(target!, join(linked!, "limpid"));
  await writeFile(join(cwd, "file"), "");
  for (const place of [open!, linked!, "/nowhere"]) {
    const env = { XDG_RUNTIME_DIR: place, TMPDIR: join(cwd, "file"), LOG_LEVEL: "warn" };
    const running = start(["start", "--port", "0"], { cwd, env });
    t.after(() => running.process.kill("SIGKILL"));
    const [, url = ""] = await running.printed(/Listening on (\S+) /);
    await running.printed(/limpid status will not find this process/);
    assert.equal((await ask(url)).version, "first");
    assert.match((await run(["status"], { cwd, env })).err, /LMP_CLI_NOT_RUNNING/);
    running.process.kill("SIGTERM");
    assert.equal((await running.finished).code, 0);
  }
  assert.deepEqual([...(await readdir(target!)), ...(await readdir(join(open!, "limpid")))], []);
});
