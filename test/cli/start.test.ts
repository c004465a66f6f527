/** `limpid start`: where it listens, what it says, and how it stops. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder, run, start } from "./process.ts";

const app = `import { App } from "limpid";
const app = new App();
app.get("/", () => "hello");
app.get("/slow", async () => { console.log("begun"); await new Promise((resolve) => setTimeout(resolve, 400)); return "slow"; });
app.get("/lost", () => { Promise.reject(new Error("lost")); setTimeout(() => { throw new Error("loose"); }); return "ok"; });
export default app;
`;
const listening = /Listening on (http:\/\/\S+) \(process \d+\), started in \d+ ms\./;

test("finds app.ts, says where it listens and how to stop, answers, and stops at SIGTERM", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const running = start(["start", "--port", "0"], { cwd });
  const [text, url = ""] = await running.printed(listening);
  assert.match(text, /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/);
  await running.printed(/Press Ctrl\+C to stop/);
  assert.equal(await (await fetch(url)).text(), "hello");
  running.process.kill("SIGTERM");
  const { code, out } = await running.finished;
  assert.equal(code, 0);
  assert.match(out, /Stopping/);
});

test("a request that has begun when the signal comes gets its answer", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const running = start(["start", "--port", "0"], { cwd });
  const [, url] = await running.printed(listening);
  const answer = fetch(`${url}/slow`);
  await running.printed(/begun/);
  running.process.kill("SIGINT");
  assert.equal(await (await answer).text(), "slow");
  assert.equal((await running.finished).code, 0);
});

test("a second signal ends it at once", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const running = start(["start", "--port", "0"], { cwd });
  const [, url] = await running.printed(listening);
  const answer = fetch(`${url}/slow`).catch(() => "broken off");
  await running.printed(/begun/);
  running.process.kill("SIGTERM");
  await running.printed(/Stopping/);
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 143);
  assert.equal(await answer, "broken off");
});

test("R-21: a lost rejection and a loose exception are logged, and the process serves on", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const running = start(["start", "--port", "0"], { cwd, env: { LOG_LEVEL: "info" } });
  const [, url = ""] = await running.printed(listening);
  await fetch(`${url}/lost`);
  await running.printed(/"exception":"Error: lost"/);
  await running.printed(/"exception":"Error: loose"/);
  assert.equal(await (await fetch(url)).text(), "hello");
  running.process.kill("SIGTERM");
  await running.finished;
});

test("PORT and HOST are read from the environment; a flag wins", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const fromEnvironment = start(["start"], { cwd, env: { PORT: "0", HOST: "127.0.0.1" } });
  const [, url = ""] = await fromEnvironment.printed(listening);
  assert.match(url, /^http:\/\/127\.0\.0\.1:/);
  fromEnvironment.process.kill("SIGTERM");
  await fromEnvironment.finished;
  const wrong = await run(["start"], { cwd, env: { PORT: "http" } });
  assert.equal(wrong.code, 2);
  const flag = start(["start", "--port=0"], { cwd, env: { PORT: "http" } });
  await flag.printed(listening);
  flag.process.kill("SIGTERM");
  await flag.finished;
});

const certificate = fileURLToPath(new URL("../tcp/fixtures/localhost.crt", import.meta.url));
const key = fileURLToPath(new URL("../tcp/fixtures/localhost.key", import.meta.url));

test("listens over TLS", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const running = start(["start", "--port", "0", "--tls-cert", certificate, "--tls-key", key], { cwd });
  const [, url = ""] = await running.printed(/Listening on (https:\/\/\S+)/);
  const request = get(url, { ca: await readFile(certificate), servername: "localhost" });
  const [response] = (await once(request, "response")) as [AsyncIterable<Buffer>];
  for await (const bytes of response) assert.equal(String(bytes), "hello");
  running.process.kill("SIGTERM");
  assert.equal((await running.finished).code, 0);
});

test("listens on a unix socket, and says what TLS lacks", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const socket = start(["start", "--socket", join(cwd, "s")], { cwd });
  await socket.printed(/Listening on unix:/);
  socket.process.kill("SIGTERM");
  assert.equal((await socket.finished).code, 0);
  const half = await run(["start", "--tls-cert", "cert.pem"], { cwd });
  assert.equal(half.code, 2);
  assert.match(half.err, /--tls-cert alone/);
  const missing = await run(["start", "--tls-cert", "none.pem", "--tls-key", "none.pem", "--port", "0"], {
    cwd,
  });
  assert.equal(missing.code, 1);
  assert.match(missing.err, /LMP_TCP_TLS_(?:KEY|CERT)_UNREADABLE/);
});

test("a port in use is one sentence with the fix", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  t.after(() => taken.close());
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as { port: number };
  const cwd = await folder(t, { "app.ts": app });
  const { code, err } = await run(["start", "--host", "127.0.0.1", "--port", String(port)], { cwd });
  assert.equal(code, 1);
  assert.match(err, /fix: .*\n {2}code: LMP_TCP_PORT_IN_USE/);
  assert.doesNotMatch(err, / at /);
});

const wrongModules: [string, Record<string, string>, string[], RegExp][] = [
  ["no application", {}, ["start"], /LMP_CLI_APP_NOT_FOUND/],
  [
    "a path to nothing",
    {},
    ["start", "nothing.ts"],
    /no application at nothing\.ts[\s\S]*LMP_CLI_APP_NOT_FOUND/,
  ],
  [
    "no default export",
    { "app.ts": "export const a = 1;" },
    ["start"],
    /does not export an application[\s\S]*LMP_CLI_APP_INVALID/,
  ],
  ["another export", { "app.ts": "export default 42;" }, ["start"], /a number[\s\S]*LMP_CLI_APP_INVALID/],
  [
    "a module that throws",
    { "app.ts": 'throw new Error("at import");' },
    ["start"],
    /at import[\s\S]*app\.ts:1[\s\S]*LMP_CLI_APP_FAILED/,
  ],
  ["a syntax error", { "app.ts": "const = 1;" }, ["start"], /LMP_CLI_APP_FAILED/],
  ["a missing import", { "app.ts": 'import "./none.ts";' }, ["start"], /none\.ts[\s\S]*LMP_CLI_APP_FAILED/],
];

test("a module that is no application says so, with code 1 and no loose end", async (t) => {
  await Promise.all(
    wrongModules.map(async ([name, files, words, pattern]) => {
      const { code, err } = await run(words, { cwd: await folder(t, files) });
      assert.equal(code, 1, name);
      assert.match(err, pattern, name);
    }),
  );
});
