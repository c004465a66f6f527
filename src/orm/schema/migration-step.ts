/** One SQL statement of a migration, and what whoever runs it has to know about it. */

/** What a step can destroy. Without a column: the whole table. */
export interface Loss {
  readonly table: string;
  readonly column?: string;
}

/**
 * A statement. Steps run in their order; on SQLite and PostgreSQL in one transaction. SQLite: foreign keys are off,
 * switched outside of the transaction (`PRAGMA foreign_keys = OFF`), and `PRAGMA foreign_key_check` finds nothing
 * before COMMIT.
 */
export interface MigrationStep {
  /** A single statement without a semicolon at its end. */
  readonly sql: string;
  /**
   * What it destroys; such a step runs only where that was allowed. At a step with `guard`: what the next steps would
   * destroy if the query finds something; where loss was allowed the guard is left out.
   */
  readonly loses?: Loss;
  /** For the reader of the migration: a sentence that becomes a comment. */
  readonly note?: string;
  /** The step is a query that must give no row. Where it gives one, the migration fails with this sentence. */
  readonly guard?: string;
  /**
   * SQLite: the step begins or ends the rebuild of a table. Dropping the old table takes its triggers with it, and
   * indexes that schemas cannot express. So the runner reads, just before the step that begins,
   * `SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('trigger', 'index') AND sql IS NOT NULL`
   * and just after the step that ends runs the `sql` of each whose name is no longer there. Views need nothing: they
   * are not checked in between.
   */
  readonly rebuild?: { readonly table: string; readonly stage: "begin" | "end" };
}
