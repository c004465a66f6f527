/** F-03, F-05, and templates: a short run of every target of `npm run fuzz`, and what it does with what it finds. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { memorySlope } from "../../scripts/fuzz/memory-slope.ts";
import type { FuzzReport } from "../../scripts/fuzz/target.ts";
import { root } from "./repository.ts";

const folder = mkdtempSync(join(tmpdir(), "limpid-fuzz-test-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs the command to its end. */
async function fuzz(...args: string[]): Promise<{ code: number | null; output: string }> {
  const script = join(root, "scripts/fuzz/fuzz.ts");
  const all = ["--conditions=source", "--expose-gc", script, "--findings", folder, ...args];
  const child = spawn(process.execPath, all, { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  for await (const text of child.stdout) output += text;
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  return { code: child.exitCode, output };
}

for (const [id, target, inputs] of [
  ["F-03", "socket", 4000],
  ["F-03", "parser", 10_000],
  ["F-05", "differential", 10_000],
  ["class: SSTI", "template", 1000],
  ["class: XSS", "escaper", 500],
  ["class: forged SQL", "sql", 300],
] as const) {
  test(`${id}: ${inputs} inputs into the target ${target} find nothing`, async () => {
    const args = ["--target", target, "--inputs", String(inputs), "--seconds", "60", "--seed", "7", "--json"];
    const { code, output } = await fuzz(...args);
    const report = JSON.parse(output) as FuzzReport;
    assert.deepEqual(report.findings, []);
    assert.equal(report.inputs, inputs);
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(folder), []);
  });
}

test("two jobs run from seeds of their own", async () => {
  const { output } = await fuzz(
    "--target",
    "parser",
    "--inputs",
    "500",
    "--seed",
    "3",
    "--jobs",
    "2",
    "--json",
  );
  const reports = JSON.parse(output) as FuzzReport[];
  assert.deepEqual(
    reports.map(({ seed, inputs }) => [seed, inputs]),
    [
      [3, 500],
      [4, 500],
    ],
  );
});

test("a finding that does not happen any more is replayed with exit code 0, what is none is refused", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "limpid-fuzz-replay-")), "finding.json");
  const input = Buffer.from("GET / HTTP/1.1\r\nHost: h\r\n\r\n").toString("hex");
  writeFileSync(file, JSON.stringify({ kind: "crash", target: "socket", seed: 1, found: "", input }));
  const { code, output } = await fuzz("--replay", file);
  assert.equal(code, 0);
  assert.match(output, /crash does not happen any more/);
  writeFileSync(file, JSON.stringify({ input: "no hexadecimal" }));
  assert.notEqual((await fuzz("--replay", file)).code, 0);
  rmSync(file);
});

test("an unknown target is refused", async () => {
  assert.notEqual((await fuzz("--target", "nothing")).code, 0);
});

test("the slope of memory is that of the second half", () => {
  const sample = (inputs: number, rss: number) => ({ inputs, rss, heap: rss / 2 });
  const warm = Array.from({ length: 10 }, (_, index) => sample(index * 1000, index * 100_000));
  const flat = Array.from({ length: 10 }, (_, index) => sample(10_000 + index * 1000, 1_000_000));
  assert.deepEqual(memorySlope([...warm, ...flat]), { rss: 0, heap: 0, inputs: 9000 });
  assert.deepEqual(memorySlope(warm), { rss: 100_000_000, heap: 50_000_000, inputs: 4000 });
  assert.equal(memorySlope(warm.slice(0, 3)).inputs, 0);
});
