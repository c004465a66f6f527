/** What a driver's error becomes for an application: a typed violation, a 503 that may pass, or a plain failure. */
import { ConflictError, LimpidError, ServiceUnavailableError } from "../../errors/index.ts";
import type { BrokenConstraint, Dialect } from "../dialects/dialect.ts";
import type { TableDefinition } from "../model/definition.ts";
import { constraintColumns } from "./constraint-columns.ts";
import { meaningOf } from "./meaning.ts";
import {
  CheckViolation,
  type ConstraintViolation,
  ForeignKeyViolation,
  NotNullViolation,
  UniqueViolation,
  type Violation,
} from "./violations.ts";

const violations: Readonly<
  Record<BrokenConstraint["kind"], new (violation: Violation) => ConstraintViolation>
> = {
  unique: UniqueViolation,
  "foreign key": ForeignKeyViolation,
  "not null": NotNullViolation,
  check: CheckViolation,
};

/** The error of Limpid for one of the driver's. `table` is the one that the statement writes. */
export function failureOf(
  error: unknown,
  dialect: Dialect,
  table: TableDefinition | undefined,
  sql: string | undefined,
): Error {
  if (error instanceof LimpidError) return error;
  const failure = meaningOf(error, dialect);
  const found = error instanceof Error ? error.message : String(error);
  const details = { found, cause: error };
  switch (failure.kind) {
    case "constraint": {
      const { broken } = failure;
      const columns = constraintColumns(broken, table);
      const { constraint } = broken;
      return new violations[broken.kind]({
        table: broken.table ?? table?.name,
        columns,
        constraint,
        cause: error,
      });
    }
    case "serialization":
      return new ConflictError("The transaction lost against another one.", {
        ...details,
        code: "LMP_ORM_SERIALIZATION_FAILED",
        fix: "Run it again: db.transaction(work, { retries: 3 }) does so by itself.",
      });
    case "lock":
      return unavailable("What the statement needs is locked by another.", "LMP_ORM_LOCK_TIMEOUT", details);
    case "statement timeout":
      return unavailable("The statement ran longer than it may.", "LMP_ORM_STATEMENT_TIMEOUT", details);
    case "connection":
      return unavailable("The connection to the database broke.", "LMP_ORM_CONNECTION_LOST", details);
    case "too many connections":
      return unavailable("The database takes no more connections.", "LMP_ORM_CONNECT_FAILED", details);
    case "disk full":
      return unavailable("The database has no room left.", "LMP_ORM_DISK_FULL", details);
    case "read only":
      return new LimpidError("LMP_ORM_READ_ONLY", "The database cannot be written to here.", {
        ...details,
        expected: "a database and a transaction that may be written to",
        fix: "Check the permissions of the file or the role, and whether the transaction is readOnly.",
      });
    case "syntax":
    case "other":
      return new LimpidError("LMP_ORM_QUERY_FAILED", "The database refused a statement.", {
        expected: "SQL for the tables as they are",
        found: sql === undefined ? found : `${found}: ${sql.slice(0, 500)}`,
        fix: 'Check that the database has every migration: "limpid db status".',
        cause: error,
      });
  }
}

function unavailable(
  message: string,
  code: string,
  details: { readonly found: string; readonly cause: unknown },
): ServiceUnavailableError {
  return new ServiceUnavailableError(message, {
    ...details,
    code,
    expected: "a database that answers in time",
    fix: "Try again; if it stays so, look at what the database is doing.",
    headers: { "Retry-After": "1" },
    expose: false,
  });
}
