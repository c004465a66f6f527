/** The guide speaks of everything that the layer offers, of each of its errors, and of no file that is not there. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { files, read, root } from "../repository/repository.ts";

const guide = files("docs/orm.md", "docs/orm/*.md").map(read).join("\n");
const words = new Set(guide.match(/\w+/g));

/** What stands between the braces of `export { … }` and `export type { … }`. */
function publicNames(): string[] {
  const lists = read("src/orm/index.ts").matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  const items = Array.from(lists, ([, list = ""]) => list.split(",")).flat();
  return items.flatMap((item) => /(\w+)\s*$/.exec(item)?.[1] ?? []);
}

test("the guide has every public name", () => {
  const names = publicNames();
  assert.ok(names.includes("Database") && names.includes("InsertStatement"));
  assert.deepEqual(
    names.filter((name) => !words.has(name)),
    [],
  );
});

test("the guide has every error code", () => {
  const codes = read("src/errors/codes.ts").match(/\bLMP_ORM_\w+/g) ?? [];
  assert.notEqual(codes.length, 0);
  assert.deepEqual(
    codes.filter((code) => !words.has(code)),
    [],
  );
});

test("the files that the guide names are there", () => {
  const named = guide.match(/(?<=`)(?:src|test)\/orm\/[\w./-]+(?=`)/g) ?? [];
  assert.notEqual(named.length, 0);
  // The guide adds a dialect as an example.
  const missing = named.filter((path) => !path.includes("/oracle/") && !existsSync(join(root, path)));
  assert.deepEqual(missing, []);
});
