/** The readers of examples are themselves right: blocks, promises and imports. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf } from "./code-blocks.ts";
import { missingLines, promisedLines } from "./expected-output.ts";

test("a promise stands behind the call or below it, up to the next line that is no comment", () => {
  const code = `console.log(a, "//"); // one
console.log(b);
// two
//   three

// prose
const c = 1; // no promise
console.log(
  c,
); // four
list.forEach((x) => console.log(x)); // five`;
  assert.deepEqual(promisedLines(code), ["one", "two", "  three", "four", "five"]);
});

test("each promise needs a line of its own, and … stands for anything", () => {
  assert.deepEqual(missingLines(["a", "a"], "a\nb\n"), ["a"]);
  assert.deepEqual(missingLines(["port …", "in … ms"], "port 8123\nin 4 ms\n"), []);
  assert.deepEqual(missingLines(["port … open"], "port 8123 closed"), ["port … open"]);
});

test("blocks are found with their line, language and marks", () => {
  const text = "# A\n\n```ts no-run\nlet a;\n```\n- b\n\n  ```sh\n  ls\n  ```\n";
  assert.deepEqual(blocksOf("a.md", text), [
    { file: "a.md", line: 4, language: "ts", marks: ["no-run"], code: "let a;" },
    { file: "a.md", line: 9, language: "sh", marks: [], code: "ls" },
  ]);
});
