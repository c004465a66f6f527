/** The list of codes, the codes in use and the guide are one. */
import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { test } from "node:test";
import { codes } from "limpid/errors";

const root = new URL("../../", import.meta.url);

async function codesInUse(): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const path of glob("src/**/*.ts", { cwd: root })) {
    if (path === "src/errors/codes.ts") continue;
    const text = await readFile(new URL(path, root), "utf8");
    for (const [, code] of text.matchAll(/\b(LMP_[A-Z0-9_]+)\b(?!…)/g))
      if (code && !code.endsWith("_")) found.add(code);
  }
  return found;
}

test("every code in use is in the list, and every code in the list is in use", async () => {
  assert.deepEqual([...(await codesInUse())].sort(), Object.keys(codes).sort());
});

test("the guide lists the same codes with the same sentences", async () => {
  const guide = await readFile(new URL("docs/errors.md", root), "utf8");
  const [, list = ""] = guide.split("<!-- codes -->");
  const rows = [...list.matchAll(/^\| `(LMP_\w+)` \| (.*) \|$/gm)].map(([, code, when]) => [code, when]);
  assert.deepEqual(rows, Object.entries(codes), "run: node scripts/error-codes.ts");
});

test("every code names its kind and every sentence ends", () => {
  for (const [code, sentence] of Object.entries(codes)) {
    assert.match(code, /^LMP(?:_[A-Z]+)+$/);
    assert.match(sentence, /^[A-Za-z].*\.$/);
  }
});
