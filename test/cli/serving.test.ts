/** `limpid start` while it serves: what it prints, whom it lets in, what it survives and how it ends. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { folder, run, start } from "./process.ts";

const app = `import { App } from "limpid";
const app = new App();
app.get("/", () => "hello");
app.get("/held", ({ signal }) => new Promise((resolve) => {
  console.log("holding");
  process.once("message", () => resolve("released"));
  signal.addEventListener("abort", () => console.log("aborted"));
}));
setInterval(() => {}, 1_000_000);
app.onClose(() => console.log("closed"));
export default app;
`;
const listening = /Listening on (http:\/\/\S+) \(process (\d+)\), started in \d+ ms\./;

test("the default host is this machine only, reached as localhost and as 127.0.0.1", async (context) => {
  const running = start(["start", "-p", "0"], { cwd: await folder(context, { "app.ts": app }) });
  const [, url = "", pid] = await running.printed(listening);
  assert.match(url, /^http:\/\/localhost:\d+$/);
  assert.equal(Number(pid), running.process.pid);
  assert.equal(await (await fetch(url)).text(), "hello");
  assert.equal(await (await fetch(url.replace("localhost", "127.0.0.1"))).text(), "hello");
  running.process.kill("SIGINT");
  const { code, out } = await running.finished;
  // The interval of the application would keep the process alive.
  assert.equal(code, 0);
  assert.match(out, /Stopping: [\s\S]*closed\n$/);
});

test("a second SIGINT ends what is held with exit code 130", async (context) => {
  const running = start(["start", "--port", "0"], { cwd: await folder(context, { "app.ts": app }) });
  const [, url] = await running.printed(listening);
  const answer = fetch(`${url}/held`).catch(() => "broken off");
  await running.printed(/holding/);
  running.process.kill("SIGINT");
  await running.printed(/Stopping: 1 open connection has 10 s to end; a second signal ends it at once\./);
  running.process.kill("SIGINT");
  assert.equal((await running.finished).code, 130);
  assert.equal(await answer, "broken off");
});

test("an object with handle alone is served too", async (context) => {
  const source = `import { Response } from "limpid";
export default { handle: (request) => new Response("plain " + request.path) };
`;
  const running = start(["start", "--port", "0"], { cwd: await folder(context, { "app.ts": source }) });
  const [, url] = await running.printed(listening);
  assert.equal(await (await fetch(`${url}/x`)).text(), "plain /x");
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});

test("in production every line of the output is a log line, and says who can reach the application", async (context) => {
  const quiet = app.replaceAll(/console\.log\([^)]*\)/g, "0");
  const cwd = await folder(context, { "app.ts": quiet });
  const env = { NODE_ENV: "production", LOG_LEVEL: "info" };
  const running = start(["start", "--port", "0"], { cwd, env });
  await running.printed(/Press Ctrl\+C/);
  running.process.kill("SIGTERM");
  const { out, code } = await running.finished;
  assert.equal(code, 0);
  const messages = out
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);
  assert.match(messages[0] ?? "", listening);
  assert.match(messages[1] ?? "", /Only this machine reaches it; --host 0\.0\.0\.0/);
  assert.match(messages.at(-1) ?? "", /^Stopping: no connection is open\.$/);
});

test("--log-level sets the level of the application's log, over LOG_LEVEL", async (context) => {
  const source = app.replace('() => "hello"', '(request) => { request.log.debug("seen"); return "hello"; }');
  const cwd = await folder(context, { "app.ts": source });
  const running = start(["start", "--port", "0", "--log-level", "debug"], {
    cwd,
    env: { LOG_LEVEL: "error" },
  });
  const [, url = ""] = await running.printed(listening);
  await fetch(url);
  await running.printed(/"level":"debug".*"message":"seen".*"request_id":"/);
  running.process.kill("SIGTERM");
  await running.finished;
  const wrong = await run(["start", "--log-level", "loud"], { cwd });
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /expected: one of trace[\s\S]*found: loud[\s\S]*LMP_CLI_FLAG_VALUE/);
});

test("a variable with a wrong value is named; an empty one counts as not set", async (context) => {
  const cwd = await folder(context, { "app.ts": app });
  const wrong = await run(["start"], { cwd, env: { PORT: "eighty" } });
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /The variable PORT has a value[\s\S]*found: eighty/);
  const running = start(["start", "--port", "0"], { cwd, env: { PORT: "", HOST: "" } });
  await running.printed(/http:\/\/localhost:/);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});

test("a reader that goes away does not end the server, and is no failure of a listing", async (context) => {
  const cwd = await folder(context, { "app.ts": app });
  const running = start(["start", "--port", "0"], { cwd });
  const [, url = ""] = await running.printed(listening);
  running.process.stdout?.destroy();
  await fetch(url);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
  const listing = start(["routes"], { cwd });
  listing.process.stdout?.destroy();
  assert.deepEqual(await listing.finished, { code: 0, out: "", err: "" });
});

test("words before the command, and a module in the place of one, are put right", async (context) => {
  const cwd = await folder(context, {});
  const flag = await run(["--port", "80"], { cwd });
  assert.equal(flag.code, 2);
  assert.match(flag.err, /limpid start --port[\s\S]*LMP_CLI_FLAG_UNKNOWN/);
  const module = await run(["app.ts"], { cwd });
  assert.equal(module.code, 2);
  assert.match(module.err, /Did you mean `limpid start app\.ts`\?/);
});

const systemNode = "/usr/bin/node";
const systemVersion = existsSync(systemNode)
  ? (await promisify(execFile)(systemNode, ["--version"])).stdout.trim()
  : undefined;
const isOld = systemVersion !== undefined && Number(/^v(\d+)/.exec(systemVersion)?.[1]) < 24;

test("a real Node that is too old runs the command far enough to say so", {
  skip: isOld ? false : `no Node before 24 at ${systemNode}`,
}, async (context) => {
  const cwd = await folder(context, { "package.json": '{ "type": "module" }' });
  const source = await readFile(new URL("../../src/cli/bin.ts", import.meta.url), "utf8");
  await writeFile(join(cwd, "bin.js"), stripTypeScriptTypes(source));
  const child = spawn(systemNode, [join(cwd, "bin.js"), "start"]);
  let err = "";
  child.stderr.on("data", (bytes: Buffer) => (err += bytes));
  const [code] = await once(child, "close");
  assert.equal(code, 1);
  assert.equal(err.trimEnd().split("\n").length, 1);
  assert.match(err, /^Limpid needs Node\.js 24\.7 or later and found \d+\.\d+\.\d+; .*nodejs\.org\.\n$/);
});
