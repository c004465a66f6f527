/** SIGHUP of `limpid start --workers`: fresh code without a lost request. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { appOf, ask, askUntil, Clients, startWorkers } from "./workers.ts";

test("under load no request fails, and the fresh code answers", async (t) => {
  const { running, url, cwd } = await startWorkers(t, ["--workers", "2"]);
  const clients = new Clients(url, 6);
  await askUntil(url, ({ version }) => version === "first");
  await writeFile(join(cwd, "app.ts"), appOf("second"));
  running.process.kill("SIGHUP");
  await running.printed(/"message":"reloaded"/);
  const after = await Promise.all(Array.from({ length: 4 }, () => ask(url)));
  await clients.stop();
  assert.deepEqual(clients.failures, []);
  assert.deepEqual([...clients.versions.keys()].sort(), ["first", "second"]);
  assert.deepEqual(new Set(after.map(({ version }) => version)), new Set(["second"]));
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});

test("clients that take a new connection for every request lose none either", async (t) => {
  const { running, url } = await startWorkers(t, ["--workers", "2"]);
  let over = false;
  const failures: unknown[] = [];
  const loops = Array.from({ length: 4 }, async () => {
    while (!over) await ask(url).catch((error: unknown) => failures.push(error));
  });
  running.process.kill("SIGHUP");
  await running.printed(/"message":"reloaded"/);
  over = true;
  await Promise.all(loops);
  assert.deepEqual(failures, []);
});

test("code that does not load leaves the old workers serving, and mended code is taken", async (t) => {
  const { running, url, cwd } = await startWorkers(t, ["--workers", "2"]);
  const before = new Set(
    (await Promise.all(Array.from({ length: 4 }, () => ask(url)))).map(({ pid }) => pid),
  );
  await writeFile(join(cwd, "app.ts"), 'throw new Error("half written");');
  running.process.kill("SIGHUP");
  await running.printed(
    /half written[^\n]*"message":"the reload failed; 2 of 2 workers|the reload failed; 2 of 2 workers[^\n]*half written/,
  );
  const after = new Set((await Promise.all(Array.from({ length: 4 }, () => ask(url)))).map(({ pid }) => pid));
  assert.deepEqual([...after].sort(), [...before].sort());
  await writeFile(join(cwd, "app.ts"), appOf("mended"));
  running.process.kill("SIGHUP");
  await running.printed(/"message":"reloaded"/);
  assert.equal((await ask(url)).version, "mended");
});

test("a SIGHUP during a reload has it done once more, however many there were", async (t) => {
  const { running, url, cwd } = await startWorkers(t, ["--workers", "1"]);
  running.process.kill("SIGHUP");
  await running.printed(/"message":"reloading"/);
  await writeFile(join(cwd, "app.ts"), appOf("third"));
  running.process.kill("SIGHUP");
  running.process.kill("SIGHUP");
  await running.printed(/"message":"reloaded"[\s\S]*"message":"reloaded"/);
  assert.equal((await ask(url)).version, "third");
  running.process.kill("SIGTERM");
  const { out } = await running.finished;
  assert.equal(out.match(/"message":"reloading"/g)?.length, 2);
});

test("what an old worker has begun ends there, while the fresh one serves", async (t) => {
  const source = appOf("first").replace("setTimeout(resolve, 400)", 'process.once("SIGUSR2", resolve)');
  const { running, url, cwd } = await startWorkers(t, ["--workers", "1"], { "app.ts": source });
  const { pid } = await ask(url);
  const held = ask(`${url}/slow`);
  await running.printed(/begun/);
  await writeFile(join(cwd, "app.ts"), appOf("second"));
  running.process.kill("SIGHUP");
  await askUntil(url, ({ version }) => version === "second");
  process.kill(pid, "SIGUSR2");
  assert.deepEqual(await held, { version: "first", pid, connection: "close" });
  await running.printed(/"message":"reloaded"/);
});
