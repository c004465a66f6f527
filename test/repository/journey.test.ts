/** Each chapter of the journey ends in a program, which is the one under `examples/journey` and prints what is shown. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import { blocksOf } from "./code-blocks.ts";
import { files, read, root } from "./repository.ts";
import { runProgram } from "./run-program.ts";

const chapters = files("docs/journey/*.md").filter((file) => basename(file) !== "README.md");
const programs = files("examples/journey/*.ts");
const folder = mkdtempSync(join(tmpdir(), "limpid-journey-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("there is a program for every chapter and a chapter for every program", () => {
  const names = (paths: string[]): string[] => paths.map((path) => basename(path).replace(/\.\w+$/, ""));
  assert.deepEqual(names(programs), names(chapters));
  assert.notEqual(chapters.length, 0);
});

describe("chapters", { concurrency: 2 }, () => {
  for (const chapter of chapters) {
    const name = basename(chapter, ".md");
    const program = `examples/journey/${name}.ts`;

    test(name, async () => {
      const blocks = blocksOf(chapter, read(chapter));
      const shown = blocks.filter(({ language }) => language === "ts").map(({ code }) => code.trim());
      assert.ok(shown.includes(read(program).trim()), `${chapter} does not show ${program} as it is`);
      const { code, stdout, stderr } = await runProgram(join(root, program), folder);
      assert.equal(code, 0, stderr);
      const promised = blocks.findLast(({ language }) => language === "text")?.code;
      assert.equal(stdout.trimEnd(), promised?.trimEnd());
    });
  }
});
