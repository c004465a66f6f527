/** Keeps the triggers and indexes of tables that SQLite migrations rebuild, and the references between tables. */
import { LimpidError } from "../../errors/index.ts";
import type { MigrationStatement } from "./migration.ts";
import { type MigrationConnection, rowsOf } from "./plain-sql.ts";

/** What stands beside a table and goes with it. */
interface Kept {
  readonly name: string;
  readonly sql: string;
}

/** Follows the rebuilds of one migration; call it around each statement. */
export class SqliteRebuilds {
  readonly #run: MigrationConnection;
  readonly #kept = new Map<string, Kept[]>();

  constructor(run: MigrationConnection) {
    this.#run = run;
  }

  async before({ rebuild }: MigrationStatement): Promise<void> {
    if (rebuild?.stage !== "begin") return;
    const rows = await rowsOf(
      this.#run,
      `SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('trigger', 'index') AND sql IS NOT NULL`,
      [rebuild.table],
    );
    this.#kept.set(
      rebuild.table,
      rows.map(([name, sql]) => ({ name: String(name), sql: String(sql) })),
    );
    // Else the new table cannot take the name while a view or a trigger speaks of the one that went.
    await this.#run.connection.script("PRAGMA legacy_alter_table = ON");
  }

  async after({ rebuild }: MigrationStatement): Promise<void> {
    if (rebuild?.stage !== "end") return;
    await this.#run.connection.script("PRAGMA legacy_alter_table = OFF");
    const rows = await rowsOf(this.#run, "SELECT name FROM sqlite_schema");
    const there = new Set(rows.map(([name]) => String(name)));
    for (const { name, sql } of this.#kept.get(rebuild.table) ?? []) {
      if (!there.has(name)) await this.#run.connection.script(sql);
    }
    this.#kept.delete(rebuild.table);
  }
}

/**
 * Rows that refer to nothing, each as table, row, target and number of the key; none where SQLite cannot tell, as with
 * a key whose target is not unique.
 */
export async function danglingReferences(run: MigrationConnection): Promise<Set<string>> {
  try {
    return await dangling(run);
  } catch {
    return new Set();
  }
}

async function dangling(run: MigrationConnection): Promise<Set<string>> {
  const rows = await rowsOf(run, "PRAGMA foreign_key_check");
  return new Set(rows.map((row) => row.map(String).join(", ")));
}

/** Throws `LMP_ORM_MIGRATION_FAILED` where rows refer to nothing that did not before. */
export async function assertReferences(
  run: MigrationConnection,
  name: string,
  before: ReadonlySet<string>,
): Promise<void> {
  const added = [...(await dangling(run))].filter((row) => !before.has(row));
  const [first] = added;
  if (first === undefined) return;
  const [table = "", row = "", target = ""] = first.split(", ");
  throw new LimpidError("LMP_ORM_MIGRATION_FAILED", `${name} would leave rows that refer to nothing.`, {
    expected: "that each foreign key finds its row",
    found: `${added.length} that do not; the first is row ${row} of ${table}, which refers to ${target}`,
    fix: "Mend the migration; the database is as it was.",
  });
}
