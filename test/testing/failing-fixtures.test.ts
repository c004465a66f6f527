/** Fixtures that fail or are not wanted: run as a file of their own under `node --test`, as a person would see it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

// Inside the repository, so that `limpid` resolves to its sources; ignored by git.
const examples = join(import.meta.dirname, "../../.examples");
mkdirSync(examples, { recursive: true });
const folder = mkdtempSync(join(examples, "fixtures-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs a test file and returns what it printed. */
function run(name: string, body: string): { status: number | null; output: string } {
  const file = join(folder, `${name}.test.ts`);
  writeFileSync(file, `import { fixture, test } from "limpid/testing";\n${body}`);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const options = { encoding: "utf8", env, timeout: 20_000 } as const;
  const result = spawnSync(process.execPath, ["--conditions=source", "--test", file], options);
  return { status: result.status, output: result.stdout + result.stderr };
}

test("fixtures in a circle are told apart from a slow test", () => {
  const { status, output } = run(
    "circle",
    `const a = fixture((use): Promise<unknown> => use(b));
     const b = fixture((use): Promise<unknown> => use(a));
     test("round", { a }, () => {});`,
  );
  assert.equal(status, 1);
  assert.match(output, /LMP_TESTING_FIXTURE_CYCLE/);
});

test("a fixture of the file cannot hold one of a test", () => {
  const { status, output } = run(
    "scope",
    `const short = fixture(() => 1);
     const long = fixture((use) => use(short), { scope: "file" });
     test("mixed", { long }, () => {});`,
  );
  assert.equal(status, 1);
  assert.match(output, /LMP_TESTING_FIXTURE_SCOPE/);
});

test("a failing test still disposes, and its own error is shown", () => {
  const { status, output } = run(
    "body",
    `const it = fixture(() => 1, { dispose: () => console.log("disposed of") });
     test("fails", { it }, () => { throw new Error("the test failed"); });`,
  );
  assert.equal(status, 1);
  assert.match(output, /the test failed/);
  assert.match(output, /disposed of/);
});

test("a failing disposal fails the test; with a failing body both are shown", () => {
  const failing = `const it = fixture(() => 1, { dispose: () => { throw new Error("it would not go"); } });`;
  const alone = run("dispose", `${failing}\ntest("passes", { it }, () => {});`);
  assert.equal(alone.status, 1);
  assert.match(alone.output, /it would not go/);
  const both = run(
    "both",
    `${failing}\ntest("fails", { it }, () => { throw new Error("the test failed"); });`,
  );
  assert.match(both.output, /the test failed/);
  assert.match(both.output, /it would not go/);
});

test("one that cannot be made fails the test and the others are disposed of", () => {
  const { status, output } = run(
    "make",
    `const good = fixture(() => 1, { dispose: () => console.log("disposed of") });
     const bad = fixture(() => { throw new Error("no room"); });
     test("never runs", { good, bad }, () => console.log("ran"));`,
  );
  assert.equal(status, 1);
  assert.match(output, /no room/);
  assert.match(output, /disposed of/);
  assert.doesNotMatch(output, /^ran$/m);
});

test("a failure names the line of the test, not a line of the framework", () => {
  const { output } = run("place", `test("fails", {}, () => {\n  throw new Error("here");\n});`);
  assert.match(output, /place\.test\.ts:3/);
});

test("skip and todo make nothing, and only runs what it names", () => {
  const { status, output } = run(
    "skip",
    `const never = fixture(() => { throw new Error("made"); });
     test.skip("later", { never }, () => {});
     test.skip("much later");
     test.todo("to be written");
     test.only("now", { it: fixture(() => 1) }, ({ it }) => console.log("ran with", it));`,
  );
  assert.equal(status, 0, output);
  assert.match(output, /ran with 1/);
  assert.match(output, /skipped 2/);
  assert.match(output, /todo 1/);
});
