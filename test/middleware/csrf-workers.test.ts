/** `csrf` without a secret in several processes: a warning in production, once, and none with a secret. */
import assert from "node:assert/strict";
import cluster from "node:cluster";
import { once } from "node:events";
import { test } from "node:test";

cluster.setupPrimary({
  exec: `${import.meta.dirname}/csrf-worker.ts`,
  execArgv: ["--conditions=source"],
  silent: true,
});

async function outputOf(environment: Record<string, string>): Promise<string> {
  const worker = cluster.fork(environment);
  let text = "";
  worker.process.stdout!.on("data", (bytes) => {
    text += String(bytes);
  });
  worker.process.stderr!.on("data", (bytes) => {
    text += String(bytes);
  });
  const [code] = await once(worker.process, "close");
  assert.equal(code, 0, text);
  return text;
}

test("a worker in production warns once that it has a key of its own", async () => {
  const output = await outputOf({ NODE_ENV: "production" });
  assert.equal(output.match(/csrf has no secret/g)?.length, 1, output);
});

test("no warning with a secret, and none in development", async () => {
  assert.equal(await outputOf({ NODE_ENV: "production", TEST_SECRET: "k".repeat(32) }), "");
  assert.equal(await outputOf({ NODE_ENV: "development" }), "");
});
