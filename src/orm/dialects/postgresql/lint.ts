/** What PostgreSQL does for long while it locks a table, and how to do the same in short steps. */
import type { Finding } from "../../schema/finding.ts";
import { quoted } from "../../schema/identifier.ts";
import type { Operation, OperationOf } from "../../schema/operations.ts";
import type { ColumnSchema, Schema } from "../../schema/schema.ts";
import { columnNamed, tableNamed } from "../../schema/schema-lookup.ts";
import { checkSql, createIndexSql, foreignKeySql, isConstant } from "../../schema/table-sql.ts";

const q = (name: string) => quoted(name, "postgresql");

export function lintPostgresql(operation: Operation, before: Schema): Finding[] {
  switch (operation.kind) {
    case "addIndex":
      return [indexFinding(operation)];
    case "addUnique":
      return [uniqueFinding(operation)];
    case "addForeignKey":
      return [foreignKeyFinding(operation)];
    case "addCheck":
      return [checkFinding(operation)];
    case "addColumn":
      return addedColumnFindings(operation);
    case "alterColumn": {
      const from = columnNamed(tableNamed(before, operation.table), operation.to.name);
      return alteredColumnFindings(operation.table, from, operation.to);
    }
    default:
      return [];
  }
}

function indexFinding({ table, index }: OperationOf<"addIndex">): Finding {
  return {
    name: "index-blocks-writes",
    subject: table,
    sentence: `Nobody can write to ${table} while the index "${index.name}" is built.`,
    instead: [
      "-- Outside of a transaction:",
      createIndexSql(table, index, "postgresql").replace(" INDEX ", " INDEX CONCURRENTLY "),
    ],
  };
}

function uniqueFinding({ table, unique }: OperationOf<"addUnique">): Finding {
  const columns = unique.columns.map(q).join(", ");
  return {
    name: "unique-blocks-table",
    subject: table,
    sentence: `Nobody can read or write ${table} while the index of "${unique.name}" is built.`,
    instead: [
      "-- Outside of a transaction:",
      `CREATE UNIQUE INDEX CONCURRENTLY ${q(unique.name)} ON ${q(table)} (${columns})`,
      "-- Then:",
      `ALTER TABLE ${q(table)} ADD CONSTRAINT ${q(unique.name)} UNIQUE USING INDEX ${q(unique.name)}`,
    ],
  };
}

function foreignKeyFinding({ table, foreignKey }: OperationOf<"addForeignKey">): Finding {
  return {
    name: "foreign-key-scans-table",
    subject: table,
    sentence: `Nobody can write to ${table} and ${foreignKey.target} while every row of ${table} is checked.`,
    instead: validatedLater(table, foreignKeySql(foreignKey, "postgresql"), foreignKey.name),
  };
}

function checkFinding({ table, check }: OperationOf<"addCheck">): Finding {
  return {
    name: "check-scans-table",
    subject: table,
    sentence: `Nobody can read or write ${table} while every row is checked.`,
    instead: validatedLater(table, checkSql(check, "postgresql"), check.name),
  };
}

/** Validation takes a lock that lets others read and write. */
function validatedLater(table: string, constraint: string, name: string): string[] {
  return [
    `ALTER TABLE ${q(table)} ADD ${constraint} NOT VALID`,
    "-- In a migration of its own:",
    `ALTER TABLE ${q(table)} VALIDATE CONSTRAINT ${q(name)}`,
  ];
}

function addedColumnFindings({ table, column }: OperationOf<"addColumn">): Finding[] {
  const subject = `${table}.${column.name}`;
  const isStored = column.generated?.stored === true || column.identity;
  const isVolatile = column.default !== undefined && isVolatileDefault(column.default);
  if (!isStored && !isVolatile) return [];
  const sentence = `Every row of ${table} is written anew to compute ${column.name}, and nobody can read or write meanwhile.`;
  const instead = isVolatile
    ? [
        `ALTER TABLE ${q(table)} ADD COLUMN ${q(column.name)} ${column.type}`,
        `ALTER TABLE ${q(table)} ALTER COLUMN ${q(column.name)} SET DEFAULT ${column.default}`,
        "-- In portions, until no row is left:",
        `UPDATE ${q(table)} SET ${q(column.name)} = DEFAULT WHERE ${q(column.name)} IS NULL`,
      ]
    : ["-- Add a plain column, fill it in portions, and compute it in the application or a trigger."];
  return [
    {
      name: isVolatile ? "volatile-default-rewrites-table" : "column-rewrites-table",
      subject,
      sentence,
      instead,
    },
  ];
}

/** Functions that give the same for a whole statement cost nothing; of others each row needs its own value. */
function isVolatileDefault(sql: string): boolean {
  const stable =
    /^(?:now\(\)|current_timestamp(?:\(\d\))?|current_date|current_time|localtimestamp|transaction_timestamp\(\))$/i;
  return (
    !isConstant(sql.replace(/::[a-z0-9_ ()"[\]]+$/i, ""), "postgresql") &&
    !stable.test(sql.trim()) &&
    sql.includes("(")
  );
}

function alteredColumnFindings(table: string, from: ColumnSchema, to: ColumnSchema): Finding[] {
  const findings: Finding[] = [];
  const subject = `${table}.${to.name}`;
  if (from.nullable && !to.nullable) {
    const name = `${table}_${to.name}_not_null`;
    findings.push({
      name: "not-null-scans-table",
      subject,
      sentence: `Nobody can read or write ${table} while every row is checked for nulls.`,
      instead: [
        ...validatedLater(table, `CONSTRAINT ${q(name)} CHECK (${q(to.name)} IS NOT NULL)`, name),
        `ALTER TABLE ${q(table)} ALTER COLUMN ${q(to.name)} SET NOT NULL`,
        `ALTER TABLE ${q(table)} DROP CONSTRAINT ${q(name)}`,
      ],
    });
  }
  if (from.type !== to.type && !keepsRows(from.type, to.type)) {
    findings.push({
      name: "type-change-rewrites-table",
      subject,
      sentence: `Every row of ${table} is written anew, and nobody can read or write meanwhile.`,
      instead: [
        `ALTER TABLE ${q(table)} ADD COLUMN ${q(`${to.name}_new`)} ${to.type}`,
        "-- Let new code write both, copy the old values in portions, let new code read the new column.",
        `ALTER TABLE ${q(table)} DROP COLUMN ${q(to.name)}`,
        `ALTER TABLE ${q(table)} RENAME COLUMN ${q(`${to.name}_new`)} TO ${q(to.name)}`,
      ],
    });
  }
  return findings;
}

/** Changes of the catalog alone: longer texts, more digits before the point. */
function keepsRows(from: string, to: string): boolean {
  const length = (type: string) =>
    Number(/^varchar\((\d+)\)/.exec(type)?.[1] ?? (type === "text" ? Infinity : NaN));
  if (length(from) <= length(to)) return true;
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)/.exec(from) ?? [];
  const [, newPrecision, newScale] = /^numeric\((\d+),(\d+)\)/.exec(to) ?? [];
  return scale !== undefined && scale === newScale && Number(precision) <= Number(newPrecision);
}
