/** Sees that a migration loses no row: nothing that holds data goes unless it was declared and allowed. */
import { LimpidError } from "../../errors/index.ts";
import { textLiteral } from "../schema/literal.ts";
import { destroyedBy, renamedBy } from "./destruction.ts";
import type { Destroyed, MigrationStatement } from "./migration.ts";
import { shownDestroyed } from "./migration-header.ts";
import type { MigrationRun } from "./migration-run.ts";
import { rowsOf, tableNames } from "./plain-sql.ts";

/** What is watched: the migration's name, its statements, and what it declares to lose. */
export interface Watched {
  readonly name: string;
  readonly statements: readonly MigrationStatement[];
  readonly loses: readonly Destroyed[];
}

/** Counts the rows of all tables before and after. */
export class LossGuard {
  readonly #run: MigrationRun;
  readonly #watched: Watched;
  #before = new Map<string, number>();
  /** Where each table is now that was there before; `undefined` for one that was dropped. */
  #names = new Map<string, string | undefined>();
  #files: ReadonlyMap<string, string> = new Map();

  private constructor(run: MigrationRun, watched: Watched) {
    this.#run = run;
    this.#watched = watched;
  }

  /** Throws `LMP_ORM_MIGRATION_DATA_LOSS` where the statements would destroy what holds data, before anything runs. */
  static async open(run: MigrationRun, watched: Watched): Promise<LossGuard> {
    const guard = new LossGuard(run, watched);
    const tables = await tableNames(run);
    for (const lost of watched.loses) {
      if (!run.allowDataLoss && (await holdsData(run, lost, tables))) throw notAllowed(watched.name, lost);
    }
    for (const lost of undeclared(watched, run)) {
      if (await holdsData(run, lost, tables)) throw notDeclared(watched.name, lost);
    }
    guard.#files = await tableFiles(run);
    guard.#remember(await countRows(run, tables));
    return guard;
  }

  /** Follows the tables that a statement renames or drops. */
  ran(sql: string): void {
    const { name: dialect } = this.#run.dialect;
    for (const { from, to } of renamedBy(sql, dialect)) this.#move(from, to);
    for (const { table, column, rows } of destroyedBy(sql, dialect)) {
      if (column === undefined && rows !== true) this.#move(table, undefined);
    }
  }

  /** Counts anew, at the beginning of a transaction: what others deleted until then is not the migration's doing. */
  async recount(): Promise<void> {
    this.#remember(await countRows(this.#run, await tableNames(this.#run)));
  }

  /**
   * Throws `LMP_ORM_MIGRATION_DATA_LOSS` where a table has fewer rows than before; begins anew with the counts. Outside
   * of a transaction others delete rows too, so there only the tables count that the statement names.
   */
  async check(statement?: string): Promise<void> {
    const after = await countRows(this.#run, await tableNames(this.#run));
    for (const [table, rows] of this.#before) {
      if (statement !== undefined && !statement.includes(table)) continue;
      const left = after.get(this.#names.get(table) ?? table) ?? 0;
      if (left >= rows || isDeclared(this.#watched.loses, { table, rows: true })) continue;
      if (await this.#deletedByOthers(table)) continue;
      throw fewerRows(this.#watched.name, table, rows, left);
    }
    this.#remember(after);
  }

  /**
   * PostgreSQL shows a transaction what others commit meanwhile. It counts what each transaction deletes, so where this
   * one deleted nothing from a table, and the table is still the same file, the rows went by other hands.
   */
  async #deletedByOthers(table: string): Promise<boolean> {
    const file = this.#files.get(table);
    if (file === undefined || this.#names.get(table) !== table) return false;
    if ((await tableFiles(this.#run)).get(table) !== file) return false;
    const [row] = await rowsOf(
      this.#run,
      `SELECT n_tup_del FROM pg_catalog.pg_stat_xact_user_tables
       WHERE schemaname = current_schema() AND relname = $1`,
      [table],
    );
    return Number(row?.[0] ?? 0) === 0;
  }

  #remember(counts: Map<string, number>): void {
    this.#before = counts;
    this.#names = new Map(Array.from(counts.keys(), (name) => [name, name]));
  }

  #move(from: string, to: string | undefined): void {
    for (const [original, current] of this.#names) {
      if (current === from) this.#names.set(original, to);
    }
  }
}

/** What the words of the statements destroy without a declaration. Dropping the old table is part of a rebuild. */
function undeclared({ statements, loses }: Watched, run: MigrationRun): Destroyed[] {
  const rebuilt = new Set(statements.flatMap(({ rebuild }) => rebuild?.table ?? []));
  const destroyed = statements.flatMap(({ sql }) => destroyedBy(sql, run.dialect.name));
  return destroyed.filter((lost) => !rebuilt.has(lost.table) && !isDeclared(loses, lost));
}

/** Whoever may lose a table may lose its columns and its rows. */
function isDeclared(loses: readonly Destroyed[], { table, column, rows }: Destroyed): boolean {
  return loses.some((declared) => {
    if (declared.table !== table) return false;
    if (declared.column !== undefined) return declared.column === column;
    return declared.rows !== true || rows === true;
  });
}

/** What is not there holds nothing. */
async function holdsData(
  run: MigrationRun,
  { table, column }: Destroyed,
  tables: readonly string[],
): Promise<boolean> {
  if (!tables.includes(table)) return false;
  const { dialect } = run;
  if (column !== undefined && !(await columnExists(run, table, column))) return false;
  const where = column === undefined ? "" : ` WHERE ${dialect.quote(column)} IS NOT NULL`;
  return (await rowsOf(run, `SELECT 1 FROM ${dialect.quote(table)}${where} LIMIT 1`)).length > 0;
}

async function columnExists(run: MigrationRun, table: string, column: string): Promise<boolean> {
  const place = {
    sqlite: `pragma_table_xinfo(${textLiteral(table)}) WHERE name = ${textLiteral(column)}`,
    postgresql: `information_schema.columns WHERE table_schema = current_schema() AND table_name = ${textLiteral(table)} AND column_name = ${textLiteral(column)}`,
    mysql: `information_schema.columns WHERE table_schema = database() AND table_name = ${textLiteral(table)} AND column_name = ${textLiteral(column)}`,
  };
  return (await rowsOf(run, `SELECT 1 FROM ${place[run.dialect.name]}`)).length > 0;
}

/** PostgreSQL: the file in which each table is; TRUNCATE and rewriting give it another. */
async function tableFiles(run: MigrationRun): Promise<Map<string, string>> {
  if (run.dialect.name !== "postgresql") return new Map();
  const rows = await rowsOf(
    run,
    `SELECT c.relname::text, pg_relation_filenode(c.oid)::text FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind = 'r'`,
  );
  return new Map(rows.map(([name, file]) => [String(name), String(file)]));
}

async function countRows(run: MigrationRun, tables: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const [row] = await rowsOf(run, `SELECT count(*) FROM ${run.dialect.quote(table)}`);
    counts.set(table, Number(row?.[0]));
  }
  return counts;
}

function notAllowed(name: string, lost: Destroyed): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_DATA_LOSS", `${name} would destroy data.`, {
    expected: `that ${shownDestroyed(lost)} is empty, or consent`,
    found: `${shownDestroyed(lost)}, which holds data`,
    fix: "Save what is needed; then allow it with --allow-data-loss.",
  });
}

function notDeclared(name: string, lost: Destroyed): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_DATA_LOSS", `${name} would destroy data and does not say so.`, {
    expected: `that ${shownDestroyed(lost)} is empty, or a line \`-- loses: ${shownDestroyed(lost)}\` in the file`,
    found: `a statement that destroys ${shownDestroyed(lost)}, which holds data`,
    fix: "Declare the loss and allow it with --allow-data-loss, or take the statement out.",
  });
}

function fewerRows(name: string, table: string, rows: number, left: number): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_DATA_LOSS", `${name} loses rows of ${table}.`, {
    expected: `${rows} rows of ${table}, as before`,
    found: `${left}`,
    fix: `Mend the migration; where the rows shall go, declare it with \`-- loses: rows ${table}\`.`,
  });
}
