/**
 * Every piece of TypeScript in the documents and doc comments compiles, and unless it is marked `no-run` it runs to
 * its end and prints what it says. A fragment that cannot compile by itself is marked `no-check`.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { type CodeBlock, examples } from "./code-blocks.ts";
import { missingLines, promisedLines } from "./expected-output.ts";
import { files, read, root } from "./repository.ts";
import { runProgram } from "./run-program.ts";

// Inside the repository, so that `limpid` resolves to its sources; ignored by git.
mkdirSync(join(root, ".examples"), { recursive: true });
const folder = mkdtempSync(join(root, ".examples/documents-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const workplace = join(folder, "workplace");
const programs = new Set(files("examples/journey/*.ts").map((file) => read(file).trim()));
const marks = ["no-run", "no-check"];

const blocks = examples();
// The journey's programs are run by their own test.
const runnable = blocks.filter((block) => block.marks.length === 0 && !programs.has(block.code.trim()));

mkdirSync(workplace);
const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };
const tsconfig = {
  extends: "../../tsconfig.json",
  compilerOptions,
  include: ["**/*.ts"],
  exclude: ["workplace"],
};
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
for (const block of blocks.filter((one) => !one.marks.includes("no-check"))) {
  mkdirSync(dirname(programOf(block)), { recursive: true });
  // Empty lines above, so that the compiler and stacks name the line of the document.
  writeFileSync(programOf(block), `${"\n".repeat(block.line - 1)}${block.code}\n`);
}

function programOf({ file, line }: CodeBlock): string {
  return join(folder, `${file}.${line}.ts`);
}

test("a block is marked with nothing but `no-run` and `no-check`", () => {
  const odd = blocks.filter((block) => block.marks.some((mark) => !marks.includes(mark)));
  assert.deepEqual(
    odd.map(({ file, line }) => `${file}:${line}`),
    [],
  );
});

test("every block compiles", async () => {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options = { cwd: folder, maxBuffer: 1e8 };
  const compiled = await promisify(execFile)(
    process.execPath,
    [compiler, "--pretty", "false"],
    options,
  ).catch((failure: { stdout: string }) => failure);
  const errors = compiled.stdout.split("\n").filter((line) => /^\S.*error TS/.test(line));
  assert.deepEqual(errors, []);
});

describe("runs and prints what it says", { concurrency: 2 }, () => {
  for (const block of runnable) {
    test(`${block.file}:${block.line}`, async () => {
      const { code, stdout, stderr } = await runProgram(programOf(block), workplace);
      assert.equal(code, 0, code === null ? `It did not end by itself.\n${stderr}` : stderr);
      const missing = missingLines(promisedLines(block.code), stdout);
      assert.deepEqual(missing, [], `promised and not printed; it printed:\n${stdout}`);
    });
  }
});
