/** `limpid start --workers`: several processes on one port, their replacement and their end. */
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run, start } from "./process.ts";
import { limpid } from "./terminal.ts";
import { appOf, ask, askUntil, listening, runs, startWorkers } from "./workers.ts";

test("two workers share one port in turn, and stop at SIGTERM with exit code 0", async (t) => {
  const { running, url } = await startWorkers(t, ["--workers", "2"]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(url)));
  const pids = new Set(answers.map(({ pid }) => pid));
  assert.equal(pids.size, 2);
  assert.ok(!pids.has(running.process.pid ?? 0));
  running.process.kill("SIGTERM");
  const { code, out } = await running.finished;
  assert.equal(code, 0);
  assert.match(out, /Stopping: 2 workers have 10 s to end; a second signal ends them at once\./);
  for (const pid of pids) assert.equal(runs(pid), false);
});

test("a worker that is killed is replaced, and the others serve meanwhile", async (t) => {
  const { running, url } = await startWorkers(t, ["-w", "2"]);
  const { pid: victim } = await ask(url);
  const { pid: other } = await askUntil(url, ({ pid }) => pid !== victim);
  process.kill(victim, "SIGKILL");
  const [, milliseconds] = await running.printed(/"milliseconds":(\d+),"endings":1/);
  assert.ok(Number(milliseconds) <= 200);
  const { pid: fresh } = await askUntil(url, ({ pid }) => pid !== victim && pid !== other);
  assert.ok(runs(fresh));
  await running.printed(/"found":"SIGKILL"/);
});

test("workers that end again and again are started later and later", async (t) => {
  const { running, url } = await startWorkers(t, ["-w", "1"]);
  const delays: number[] = [];
  for (let endings = 1; endings <= 3; endings++) {
    await askUntil(url, ({ pid }) => pid > 0);
    await ask(`${url}/exit`).catch(() => {});
    const [, milliseconds] = await running.printed(new RegExp(`"milliseconds":(\\d+),"endings":${endings}`));
    delays.push(Number(milliseconds));
  }
  const [first = 0, second = 0, third = 0] = delays;
  assert.ok(first >= 100 && first <= 200, String(delays));
  assert.ok(second >= 200 && second <= 400, String(delays));
  assert.ok(third >= 400 && third <= 800, String(delays));
  await askUntil(url, ({ version }) => version === "first");
});

test("an application that cannot be loaded fails the command as it does without workers", async (t) => {
  const cwd = await folder(t, {
    "throws.ts": 'throw new Error("at import");',
    "waits.ts": "await new Promise(() => {});\nexport default {};",
    "ends.ts": "process.exit(7);",
  });
  const [alone, throws, waits, ends] = await Promise.all([
    run(["start", "throws.ts"], { cwd }),
    run(["start", "throws.ts", "--workers", "2", "--port", "0"], { cwd }),
    run(["start", "waits.ts", "--workers", "2", "--port", "0"], { cwd }),
    run(["start", "ends.ts", "--workers", "2", "--port", "0"], { cwd }),
  ]);
  assert.deepEqual(throws, alone);
  assert.equal(waits.code, 1);
  assert.match(waits.err, /LMP_CLI_STALLED/);
  assert.equal(ends.code, 7);
  assert.match(ends.err, /A worker ended with exit code 7 before it served\./);
});

test("wrong numbers of workers are refused, and so is a wrong delay", async () => {
  for (const wrong of ["0", "-1", "2.5", "many", "1025", "1e3"]) {
    const { code, err } = await limpid(["start", `--workers=${wrong}`], ".");
    assert.equal(code, 2, wrong);
    assert.match(err, /expected: auto, or a whole number from 1 to 1024[\s\S]*LMP_CLI_FLAG_VALUE/);
  }
  assert.equal((await limpid(["start", "--shutdown-delay", "soon"], ".")).code, 2);
});

test("auto is a worker for each core", async (t) => {
  const { running } = await startWorkers(t, ["--workers", "auto"]);
  const cores = availableParallelism();
  await running.printed(new RegExp(`, ${cores} workers?\\)`));
});

test("SIGTERM lets what has begun in any worker end; a second signal does not", async (t) => {
  const patient = await startWorkers(t, ["-w", "2"]);
  const answers = [ask(`${patient.url}/slow`), ask(`${patient.url}/slow`)];
  await patient.running.printed(/begun\n[\s\S]*begun\n/);
  patient.running.process.kill("SIGTERM");
  for (const answer of answers) assert.equal((await answer).version, "first");
  assert.equal((await patient.running.finished).code, 0);

  const hasty = await startWorkers(t, ["-w", "2"]);
  const broken = ask(`${hasty.url}/slow`).catch(() => "broken off");
  await hasty.running.printed(/begun/);
  hasty.running.process.kill("SIGINT");
  await hasty.running.printed(/Stopping/);
  hasty.running.process.kill("SIGINT");
  assert.equal((await hasty.running.finished).code, 130);
  assert.equal(await broken, "broken off");
});

test("workers whose primary was killed answer what has begun and end", async (t) => {
  const { running, url } = await startWorkers(t, ["-w", "2"]);
  const answers = [ask(`${url}/slow`), ask(`${url}/slow`)];
  await running.printed(/begun\n[\s\S]*begun\n/);
  running.process.kill("SIGKILL");
  const pids = (await Promise.all(answers)).map(({ pid }) => pid);
  assert.equal(new Set(pids).size, 2);
  // The output closes when the last process that holds it has ended.
  await running.finished;
  for (const pid of pids) assert.equal(runs(pid), false);
});

test("--shutdown-delay goes on serving, so that a balancer can see it coming", async (t) => {
  const source = `${appOf("first")}
let ready = true;
process.on("SIGTERM", () => { ready = false; console.log("not ready"); });
app.get("/readyz", () => ({ version: ready ? "ready" : "leaving", pid: process.pid }));
`;
  for (const words of [["-w", "2"], []]) {
    const cwd = await folder(t, { "app.ts": source });
    const running = start(["start", "--port", "0", "--shutdown-delay", "1000", ...words], { cwd });
    t.after(() => running.process.kill("SIGKILL"));
    const [, url = ""] = await running.printed(/Listening on (\S+) /);
    assert.equal((await ask(`${url}/readyz`)).version, "ready");
    const begun = performance.now();
    running.process.kill("SIGTERM");
    await running.printed(words.length === 0 ? /not ready/ : /not ready\n[\s\S]*not ready/);
    assert.equal((await ask(`${url}/readyz`)).version, "leaving");
    assert.equal((await running.finished).code, 0);
    assert.ok(performance.now() - begun >= 1000);
  }
});

test("workers share a unix socket, also one that was left behind", async (t) => {
  const cwd = await folder(t, { "app.ts": appOf("first") });
  const words = ["start", "--socket", join(cwd, "s"), "--workers", "2"];
  const first = start(words, { cwd });
  t.after(() => first.process.kill("SIGKILL"));
  await first.printed(/Listening on unix:\S+ \(process \d+, 2 workers\)/);
  first.process.kill("SIGKILL");
  await first.finished;
  const second = start(words, { cwd });
  t.after(() => second.process.kill("SIGKILL"));
  await second.printed(listening);
  second.process.kill("SIGTERM");
  assert.equal((await second.finished).code, 0);
});

test("a SIGTERM while the first worker loads ends the command", async (t) => {
  const cwd = await folder(t, {
    "app.ts": 'console.log("loading"); setInterval(() => {}, 1000); await new Promise(() => {});',
  });
  const running = start(["start", "--port", "0", "-w", "2"], { cwd });
  t.after(() => running.process.kill("SIGKILL"));
  await running.printed(/loading/);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});
