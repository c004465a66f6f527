/** Warns of what runs long or locks others out on a database in use, and proposes the safe sequence. */
import { lintMysql } from "../dialects/mysql/lint.ts";
import { lintPostgresql } from "../dialects/postgresql/lint.ts";
import type { DialectName } from "../model/column-type.ts";
import { applyOperations } from "./apply.ts";
import type { Finding } from "./finding.ts";
import type { Operation } from "./operations.ts";
import { renderOperations } from "./render.ts";
import type { Schema } from "./schema.ts";

export type { Finding };

/**
 * What is dangerous in the operations on a database with the schema `from`. Tables that the operations create are left
 * out: nobody uses them yet.
 */
export function lintOperations(
  operations: readonly Operation[],
  from: Schema,
  dialect: DialectName,
): readonly Finding[] {
  const created = new Set(operations.flatMap((one) => (one.kind === "createTable" ? [one.table.name] : [])));
  const findings: Finding[] = [];
  let schema = from;
  for (const operation of operations) {
    const name = "table" in operation && typeof operation.table === "string" ? operation.table : undefined;
    if (name === undefined || !created.has(name)) findings.push(...breaking(operation));
    if (name !== undefined && !created.has(name)) {
      if (dialect === "postgresql") findings.push(...lintPostgresql(operation, schema));
      if (dialect === "mysql") findings.push(...lintMysql(operation, schema));
    }
    schema = applyOperations(schema, [operation]);
  }
  return dialect === "sqlite" ? [...findings, ...rebuilds(operations, from)] : findings;
}

/** What the code that runs until the next deployment would trip over, in every database. */
function breaking(operation: Operation): Finding[] {
  switch (operation.kind) {
    case "renameTable":
    case "renameColumn": {
      const isTable = operation.kind === "renameTable";
      const subject = isTable ? operation.from : `${operation.table}.${operation.from}`;
      return [
        {
          name: "rename-breaks-running-code",
          subject,
          sentence: `Code that still runs asks for ${subject}, which is ${operation.to} then.`,
          instead: [
            `-- 1. Add ${operation.to} and let new code write both.`,
            `-- 2. Copy what is in ${operation.from} and let new code read ${operation.to}.`,
            `-- 3. Drop ${operation.from} when no old code runs any more.`,
          ],
        },
      ];
    }
    case "dropTable":
    case "dropColumn": {
      const subject =
        operation.kind === "dropTable" ? operation.table : `${operation.table}.${operation.column}`;
      return [
        {
          name: "drop-breaks-running-code",
          subject,
          sentence: `Code that still runs may read ${subject}.`,
          instead: [
            `-- 1. Deploy code that does not use ${subject}.`,
            "-- 2. Run this migration after the old code has stopped.",
          ],
        },
      ];
    }
    default:
      return [];
  }
}

function rebuilds(operations: readonly Operation[], from: Schema): Finding[] {
  const begun = renderOperations(operations, from).flatMap(({ rebuild }) =>
    rebuild?.stage === "begin" ? [rebuild.table] : [],
  );
  return begun.map((table) => ({
    name: "rebuild-copies-table",
    subject: table,
    sentence: `All rows of ${table} are copied into a new table, and nobody writes to the database meanwhile.`,
    instead: ["-- Nothing, where the table is small; otherwise run it when few people write."],
  }));
}
