/** The program of the journey's chapter on databases does the same on SQLite and on PostgreSQL. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../repository/repository.ts";
import { runProgram } from "../repository/run-program.ts";
import { ownSchema, sharedUrl, unreachable } from "./postgresql/reachable.ts";

const program = join(root, "examples/journey/database-layer.ts");

test("the journey's database layer prints the same on both databases", { skip: unreachable }, async (t) => {
  const { schema, drop } = await ownSchema();
  t.after(drop);
  const url = new URL(sharedUrl);
  url.searchParams.set("options", `-c search_path=${schema}`);
  const { code, stdout, stderr } = await runProgram(program, tmpdir(), { DATABASE_URL: url.href });
  assert.equal(code, 0, stderr);
  const [, sqlite = "", postgresql] = stdout.split(/^-- (?:sqlite|postgresql)\n/m);
  assert.match(sqlite, /^@alice is number 1[\s\S]*post without alice\n$/);
  assert.equal(postgresql, sqlite);
});
