/** What MySQL does for long, with a table that nobody can write to. */
import type { Finding } from "../../schema/finding.ts";
import type { Operation } from "../../schema/operations.ts";
import type { Schema } from "../../schema/schema.ts";
import { columnNamed, tableNamed } from "../../schema/schema-lookup.ts";

export function lintMysql(operation: Operation, before: Schema): Finding[] {
  if (operation.kind === "alterColumn") {
    const from = columnNamed(tableNamed(before, operation.table), operation.to.name);
    if (from.type === operation.to.type) return [];
    return [finding("type-change-copies-table", `${operation.table}.${operation.to.name}`, operation.table)];
  }
  if (operation.kind === "changePrimaryKey") {
    return [finding("key-change-copies-table", operation.table, operation.table)];
  }
  return [];
}

function finding(name: string, subject: string, table: string): Finding {
  return {
    name,
    subject,
    sentence: `All rows of ${table} are copied, and nobody can write to it meanwhile.`,
    instead: [
      "-- 1. Add a new column beside the old one and let new code write both.",
      "-- 2. Copy the values in portions.",
      "-- 3. Read the new column, then drop the old one.",
    ],
  };
}
