/** `docs/security-matrix.md` tells the truth: its files exist, and every id stands in one of the files of its row. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read, root } from "./repository.ts";

interface Row {
  readonly ids: readonly string[];
  readonly files: readonly string[];
}

/** The rows of every table: ids in the first column, links to files in the last. */
const rows: readonly Row[] = read("docs/security-matrix.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| id "))
  .map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { ids: idsIn(cells[1] ?? ""), files: filesIn(cells.at(-2) ?? "") };
  });

/** `CVE-1, CVE-2` and `HTTP Garden #1, #2`, where the second number leaves out the name. */
function idsIn(cell: string): string[] {
  return cell.split(/, (?=CVE-|GHSA-|HTTP Garden|class:|RFC|[A-Z]-\d)/);
}

function filesIn(cell: string): string[] {
  return Array.from(cell.matchAll(/\]\(\.\.\/([^)]+)\)/g), ([, file = ""]) => file);
}

test("there are rows, each with an id and a test", () => {
  assert.ok(rows.length > 40, `${rows.length} rows`);
  const bare = rows.filter(
    ({ ids, files }) => ids[0] === "" || !files.some((file) => file.endsWith(".test.ts")),
  );
  assert.deepEqual(bare, []);
});

test("no id stands in two rows of the matrix", () => {
  const ids = rows.flatMap((row) => row.ids);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
});

for (const { ids, files } of rows) {
  test(ids.join(", "), () => {
    const missing = files.filter((file) => !existsSync(join(root, file)));
    assert.deepEqual(missing, []);
    const texts = files.map(read);
    const unproved = ids.filter((id) => !texts.some((text) => text.includes(id)));
    assert.deepEqual(unproved, [], `in none of ${files.join(", ")}`);
  });
}
