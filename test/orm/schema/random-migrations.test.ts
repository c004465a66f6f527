/** Random schemas, random changes, rows in them: the database is what the models say, and nothing is lost. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyOperations } from "../../../src/orm/schema/apply.ts";
import { diffSchemas } from "../../../src/orm/schema/diff.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import { introspect } from "../../../src/orm/schema/introspect.ts";
import { normalized } from "../../../src/orm/schema/normalize.ts";
import type { Operation } from "../../../src/orm/schema/operations.ts";
import { renderOperations } from "../../../src/orm/schema/render.ts";
import { reverseOperations } from "../../../src/orm/schema/reverse.ts";
import type { Schema } from "../../../src/orm/schema/schema.ts";
import { type DraftTable, schemaOf } from "./drafts.ts";
import { Changes } from "./random-changes.ts";
import { Random, randomTables, rowsFor } from "./random-tables.ts";
import { dialects, migrate, type Scratch, scratch, unreachable } from "./scratch.ts";

const runs = { sqlite: Number(process.env.NUM_RUNS ?? 150), postgresql: 10, mysql: 3 };
const firstSeed = Number(process.env.SEED ?? 1);

describe("random migrations", () => {
  for (const dialect of dialects) {
    it(`make the schema that is declared, keep the rows and go back: ${dialect}`, async (t) => {
      const reason = await unreachable(dialect);
      if (reason !== false) return t.skip(reason);
      const database = await scratch(dialect);
      try {
        const count = dialect === "sqlite" ? runs.sqlite : Number(process.env.NUM_RUNS ?? runs[dialect]);
        for (let seed = firstSeed; seed < firstSeed + count; seed += 1) await oneRun(database, seed);
      } finally {
        await database.close();
      }
    });
  }
});

async function oneRun(database: Scratch, seed: number): Promise<void> {
  const { dialect } = database;
  const random = new Random(seed);
  const log: string[] = [];
  try {
    await database.clear();
    const before = randomTables(random, dialect);
    const from = schemaOf(before, dialect);
    const empty: Schema = { dialect, tables: [] };
    await migrate(database, renderOperations(diffSchemas(empty, from).operations, empty));
    await assertSchema(database, from);
    await database.run(...rowsFor(before, random, dialect));
    const changes = new Changes(before, random, dialect);
    changes.apply(1 + random.below(8));
    log.push(...changes.log);
    const to = schemaOf(changes.tables, dialect);
    const renames = { renamed: changes.renames, dropped: changes.dropped };
    const { operations, ambiguities } = diffSchemas(from, to, renames);
    assert.deepEqual(ambiguities, []);
    assert.deepEqual(diffSchemas(applyOperations(from, operations), to).operations, []);
    const kept = await keptRows(database, before, changes, "before");
    const steps = renderOperations(operations, from);
    log.push("", ...steps.map((step) => step.sql));
    await migrate(database, steps);
    assert.deepEqual(await keptRows(database, before, changes, "after"), kept);
    await assertSchema(database, to);
    log.push("", "-- back");
    await goBack(database, operations, from, to, log);
  } catch (error) {
    const story = [`seed ${seed}`, ...log, error instanceof Error ? error.message : String(error)].join("\n");
    throw new Error(`${dialect}: run it alone with SEED=${seed} NUM_RUNS=1\n${story}`, { cause: error });
  }
}

async function goBack(
  database: Scratch,
  operations: readonly Operation[],
  from: Schema,
  to: Schema,
  log: string[],
) {
  const loses = renderOperations(operations, from).some(
    (step) => step.loses !== undefined && step.guard === undefined,
  );
  if (loses) await deleteRows(database, to);
  const steps = renderOperations(reverseOperations(operations, from), to);
  log.push(...steps.map((step) => step.sql));
  await migrate(database, steps);
  await assertSchema(database, from);
}

/** What a column that is gone held cannot come back; a rule about it may then not hold. */
async function deleteRows({ dialect, run }: Scratch, schema: Schema): Promise<void> {
  const off = {
    sqlite: "PRAGMA foreign_keys = OFF",
    postgresql: undefined,
    mysql: "SET foreign_key_checks = 0",
  }[dialect];
  const names = schema.tables.map((table) => quoted(table.name, dialect));
  if (dialect === "postgresql") return run(`TRUNCATE ${names.join(", ")} CASCADE`);
  await run(off ?? "");
  for (const name of names) await run(`DELETE FROM ${name}`);
  await run(dialect === "sqlite" ? "PRAGMA foreign_keys = ON" : "SET foreign_key_checks = 1");
}

async function assertSchema(database: Scratch, declared: Schema): Promise<void> {
  const { connection, dialect } = database;
  const found = await introspect(connection, dialect);
  // MySQL reports its own words back unchanged, and takes long for each table.
  const actual = dialect === "mysql" ? found : await normalized(found, connection);
  const wanted = await normalized(declared, connection);
  assert.deepEqual(diffSchemas(actual, wanted).operations, []);
  assert.deepEqual(diffSchemas(wanted, actual).operations, []);
}

/** The rows of tables that stay, in the columns that stay as they are; under their names before or after. */
async function keptRows(
  database: Scratch,
  before: readonly DraftTable[],
  changes: Changes,
  side: "before" | "after",
) {
  const kept: unknown[] = [];
  for (const table of changes.tables) {
    const old = before.find((candidate) => candidate.name === changes.origins.get(table));
    if (old === undefined) continue;
    const columns = table.columns.flatMap((column) => {
      const origin = old.columns.find((candidate) => candidate.name === changes.origins.get(column));
      const isSame = origin !== undefined && JSON.stringify(origin.type) === JSON.stringify(column.type);
      return isSame && !column.generated ? [side === "before" ? origin.name : column.name] : [];
    });
    const list = columns.map((name) => quoted(name, database.dialect)).join(", ");
    const name = quoted(side === "before" ? old.name : table.name, database.dialect);
    const rows = await database.rows(`SELECT ${list} FROM ${name} ORDER BY 1`);
    kept.push({ table: old.name, rows: rows.map((row) => row.map(String)) });
  }
  return kept;
}
