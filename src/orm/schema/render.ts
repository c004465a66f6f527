/** Writes operations as SQL in the dialect of the schema. */
import { renderMysql } from "../dialects/mysql/ddl.ts";
import { renderPostgresql } from "../dialects/postgresql/ddl.ts";
import { renderSqlite } from "../dialects/sqlite/ddl.ts";
import { applyOperations } from "./apply.ts";
import type { MigrationStep } from "./migration-step.ts";
import type { Operation } from "./operations.ts";
import type { Schema } from "./schema.ts";

/**
 * The statements that do the operations on a database with the schema `from`, in order.
 *
 * Throws `LMP_ORM_MIGRATION_INVALID` for an operation about something that is not there.
 */
export function renderOperations(operations: readonly Operation[], from: Schema): readonly MigrationStep[] {
  if (from.dialect === "sqlite") return renderSqlite(operations, from);
  const render = from.dialect === "postgresql" ? renderPostgresql : renderMysql;
  let schema = from;
  return operations.flatMap((operation) => {
    const before = schema;
    schema = applyOperations(schema, [operation]);
    return render(operation, before, schema);
  });
}
