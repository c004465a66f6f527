/** The root logger: what the environment asks of it, and how it is replaced. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { rootLogger, setRootLogger } from "limpid/log";
import { recorded } from "./lines.ts";

after(() => setRootLogger(undefined));

/** What a program with these variables writes to standard output. */
async function output(variables: Record<string, string>): Promise<string[]> {
  const program = `
    import { rootLogger } from "limpid/log";
    for (const level of ["debug", "info", "error"]) rootLogger()[level](level);
  `;
  const { LOG_LEVEL: _level, LOG_FORMAT: _format, NODE_ENV: _mode, ...inherited } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=source", "--input-type=module", "--eval", program],
    { cwd: new URL("../../", import.meta.url), env: { ...inherited, ...variables } },
  );
  return stdout.trimEnd().split("\n");
}

function messages(lines: string[]): unknown[] {
  return lines.map((line) => (JSON.parse(line) as { message: unknown }).message);
}

test("LOG_LEVEL and LOG_FORMAT set its level and format; without them it writes info and above, in JSON to a pipe", async () => {
  const [standard, debug, pretty] = await Promise.all([
    output({}),
    output({ LOG_LEVEL: "debug", NODE_ENV: "production" }),
    output({ LOG_LEVEL: "Error", LOG_FORMAT: "pretty" }),
  ]);
  assert.deepEqual(messages(standard), ["info", "error"]);
  assert.deepEqual(messages(debug), ["debug", "info", "error"]);
  assert.equal(pretty.length, 1);
  assert.match(pretty[0] ?? "", /ERROR error$/);
});

test("a level or format in the environment that does not exist is warned of and left out", async () => {
  const lines = await output({ LOG_LEVEL: "loud", LOG_FORMAT: "xml" });
  assert.deepEqual(messages(lines), [
    'There is no log level "loud".',
    'There is no log format "xml".',
    "info",
    "error",
  ]);
});

test("it is one logger until it is replaced", () => {
  const { log, lines } = recorded();
  assert.equal(rootLogger(), rootLogger());
  setRootLogger(log);
  rootLogger().info("here");
  assert.equal(rootLogger(), log);
  assert.equal(lines()[0]?.message, "here");
});
