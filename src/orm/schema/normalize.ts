/** Schemas in the words of the database, so that what is equal compares equal. */
import { LimpidError } from "../../errors/index.ts";
import { introspectMysql } from "../dialects/mysql/introspect.ts";
import { introspectPostgresql } from "../dialects/postgresql/introspect.ts";
import { readSqliteSchema } from "../dialects/sqlite/introspect.ts";
import type { DriverConnection } from "../driver/driver.ts";
import { arrayOf, catalogOf, optionalText, text } from "./catalog-rows.ts";
import { isSame } from "./constraint-changes.ts";
import { diffSchemas } from "./diff.ts";
import { quoted } from "./identifier.ts";
import { renderOperations } from "./render.ts";
import type { Schema } from "./schema.ts";

/** PostgreSQL writes some expressions differently again when it is given its own; after a few rounds they stay. */
const mostRounds = 5;

/**
 * The schema as the database would report it: it is created in a scratch place (`:memory:`, a schema in a transaction
 * that is rolled back, a scratch database) and read back. Use it on both sides of a comparison, outside of
 * transactions.
 *
 * Throws `LMP_ORM_SCHEMA_UNREADABLE` where the database refuses the schema, or the scratch place.
 */
export async function normalized(schema: Schema, connection: DriverConnection): Promise<Schema> {
  if (schema.dialect !== "postgresql") return once(schema, connection);
  let current = schema;
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = await once(current, connection);
    if (isSame(next, current)) return next;
    current = next;
  }
  return current;
}

async function once(schema: Schema, connection: DriverConnection): Promise<Schema> {
  const { operations } = diffSchemas({ dialect: schema.dialect, tables: [] }, schema);
  const steps = renderOperations(operations, { dialect: schema.dialect, tables: [] });
  const statements = steps.filter((step) => step.guard === undefined).map((step) => step.sql);
  try {
    if (schema.dialect === "sqlite") return await inMemory(statements);
    const scratch = `limpid_scratch_${process.pid}_${Math.floor(Math.random() * 1e9)}`;
    if (schema.dialect === "postgresql") return await inScratchSchema(statements, connection, scratch);
    return await inScratchDatabase(statements, connection, scratch);
  } catch (cause) {
    throw new LimpidError("LMP_ORM_SCHEMA_UNREADABLE", "The database cannot try out the schema.", {
      expected: "a schema that it takes, and the right to create a scratch place for it",
      found: cause instanceof Error ? cause.message : String(cause),
      fix: "Correct what the database complains of, or give its user the right to create schemas.",
      cause,
    });
  }
}

async function inMemory(statements: readonly string[]): Promise<Schema> {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const database = new DatabaseSync(":memory:");
  try {
    database.exec("PRAGMA foreign_keys = OFF");
    for (const sql of statements) database.exec(sql);
    return await readSqliteSchema(async (sql, values = []) =>
      database
        .prepare(sql)
        .all(...values.map(String))
        .map((row) => arrayOf(Object.values(row)[0])),
    );
  } finally {
    database.close();
  }
}

/** What comes after it in the search path stays there, for types of extensions. */
async function inScratchSchema(
  statements: readonly string[],
  connection: DriverConnection,
  scratch: string,
): Promise<Schema> {
  await connection.script("BEGIN");
  try {
    await connection.script(`CREATE SCHEMA ${quoted(scratch, "postgresql")}`);
    const [row] = await catalogOf(connection)(
      "SELECT json_build_array(current_setting('search_path'))::text",
    );
    const path = text(row?.[0]);
    const after = path === "" ? "" : `, ${path}`;
    await connection.script(`SET LOCAL search_path TO ${quoted(scratch, "postgresql")}${after}`);
    for (const sql of statements) await connection.script(sql);
    return await introspectPostgresql(connection);
  } finally {
    await connection.script("ROLLBACK");
  }
}

async function inScratchDatabase(
  statements: readonly string[],
  connection: DriverConnection,
  scratch: string,
): Promise<Schema> {
  const [row] = await catalogOf(connection)("SELECT json_array(database())");
  const home = optionalText(row?.[0]);
  await connection.script(`CREATE DATABASE ${quoted(scratch, "mysql")}`);
  try {
    await connection.script(`USE ${quoted(scratch, "mysql")}`);
    for (const sql of statements) await connection.script(sql);
    return await introspectMysql(connection);
  } finally {
    if (home !== undefined) await connection.script(`USE ${quoted(home, "mysql")}`);
    await connection.script(`DROP DATABASE ${quoted(scratch, "mysql")}`);
  }
}
