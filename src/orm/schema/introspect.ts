/** The schema of a database as it is. */
import { introspectMysql } from "../dialects/mysql/introspect.ts";
import { introspectPostgresql } from "../dialects/postgresql/introspect.ts";
import { introspectSqlite } from "../dialects/sqlite/introspect.ts";
import type { DriverConnection } from "../driver/driver.ts";
import type { DialectName } from "../model/column-type.ts";
import type { Schema } from "./schema.ts";

const introspections = { sqlite: introspectSqlite, postgresql: introspectPostgresql, mysql: introspectMysql };

/**
 * Reads the tables of the current schema, without those of the database itself and those whose name begins with
 * `limpid_`. Indexes that a schema cannot express (of expressions, of other kinds) are left out, and so never dropped.
 */
export async function introspect(connection: DriverConnection, dialect: DialectName): Promise<Schema> {
  return introspections[dialect](connection);
}
