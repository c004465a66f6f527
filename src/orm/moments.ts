/** What the layer announces on `trace`. */
import { moment } from "../trace/index.ts";

/** A statement that was run. Its values are never told: they are the application's secrets. */
export interface StatementRun {
  readonly sql: string;
  /** From handing it to the connection to its answer. */
  readonly milliseconds: number;
  /** Rows given, or rows changed. */
  readonly rows: number;
}

/** A query that ran many times within one session, or within a moment. */
export interface RepeatedQuery {
  readonly sql: string;
  /** How often it had run when it was noticed. */
  readonly times: number;
  /** The application's own line that ran it, `file:line:column`. */
  readonly at: string;
}

/** A statement has been run. */
export const statementEnd = moment<StatementRun>("orm.statement.end");

/** A statement has failed. */
export const statementFailed = moment<{ sql: string; milliseconds: number; error: unknown }>(
  "orm.statement.fail",
);

/** A query runs in a loop. Announced once for each line, and never in production. */
export const queryRepeated = moment<RepeatedQuery>("orm.query.repeated");
