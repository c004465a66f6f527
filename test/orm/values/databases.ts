/** The three databases, each with a way to write one value into a column and to read it back. */
import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import { Client } from "pg";
import type { Dialect, DriverValue } from "../../../src/orm/dialects/dialect.ts";
import * as mysqlValues from "../../../src/orm/dialects/mysql/values.ts";
import * as postgresqlValues from "../../../src/orm/dialects/postgresql/values.ts";
import * as sqliteValues from "../../../src/orm/dialects/sqlite/values.ts";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { nextStatementId } from "../../../src/orm/driver/statement-id.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { servers, unreachable } from "../../databases/servers.ts";

export interface ValueDatabase {
  readonly name: DialectName;
  readonly values: Pick<Dialect, "encoder" | "decoder" | "needsBigInts">;
  /** Makes an empty table of one column. */
  table(name: string, type: string): Promise<void>;
  /** Writes encoded values into the table, and reads what is in it, in the same order. */
  roundTrip(table: string, values: readonly DriverValue[], bigInts: boolean): Promise<unknown[]>;
  /** The one value that `select …` gives with one value bound. */
  select(sql: string, value: DriverValue): Promise<unknown>;
  close(): Promise<void>;
}

export const valuesOf = { sqlite: sqliteValues, postgresql: postgresqlValues, mysql: mysqlValues };

/** Opens a database; `undefined` where its server cannot be reached. */
export async function openDatabase(name: DialectName): Promise<ValueDatabase | undefined> {
  if ((await unreachable(name)) !== false) return undefined;
  return { sqlite: openSqlite, postgresql: openPostgresql, mysql: openMysql }[name]();
}

async function openSqlite(): Promise<ValueDatabase> {
  const source = await connectSqlite(":memory:", {});
  const connection = await source.acquire("write");
  const statement = (sql: string, givesRows: boolean, bigInts = false) => ({
    id: nextStatementId(),
    sql,
    givesRows,
    bigInts,
    prepare: false,
  });
  return {
    name: "sqlite",
    values: sqliteValues,
    async table(name, type) {
      await connection.script(`CREATE TABLE "${name}" (n INTEGER PRIMARY KEY, v ${type}) STRICT`);
    },
    async roundTrip(table, values, bigInts) {
      await connection.script(`DELETE FROM "${table}"`);
      const insert = statement(`INSERT INTO "${table}" (v) VALUES (?)`, false);
      for (const value of values) await connection.write(insert, [value]);
      const rows = await connection.rows(statement(`SELECT v FROM "${table}" ORDER BY n`, true, bigInts), []);
      return rows.map(([value]) => value);
    },
    async select(sql, value) {
      return (await connection.row(statement(sql, true), [value]))?.[0];
    },
    async close() {
      source.release(connection);
      await source.close();
    },
  };
}

async function openPostgresql(): Promise<ValueDatabase> {
  const types = { getTypeParser: () => (text: string) => text } as never;
  const client = new Client({ connectionString: servers.postgresql, types });
  await client.connect();
  const schema = `values_${randomBytes(6).toString("hex")}`;
  await client.query(`create schema ${schema}; set search_path to ${schema}; set time zone 'UTC'`);
  const rows = async (text: string, values: DriverValue[] = []): Promise<unknown[][]> =>
    (await client.query<unknown[]>({ text, values, rowMode: "array" })).rows;
  return {
    name: "postgresql",
    values: postgresqlValues,
    async table(name, type) {
      await client.query(`create table "${name}" (n serial primary key, v ${type})`);
    },
    async roundTrip(table, values) {
      await client.query("begin");
      for (const value of values) await rows(`insert into "${table}" (v) values ($1)`, [value]);
      const found = await rows(`select v from "${table}" order by n`);
      await client.query("rollback");
      return found.map(([value]) => value);
    },
    async select(sql, value) {
      return (await rows(sql, [value]))[0]?.[0];
    },
    async close() {
      await client.query(`drop schema ${schema} cascade`);
      await client.end();
    },
  };
}

async function openMysql(): Promise<ValueDatabase> {
  const connection = await createConnection({
    uri: servers.mysql,
    charset: "utf8mb4",
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
  });
  const name = `values_${randomBytes(6).toString("hex")}`;
  await connection.query(`create database ${name} character set utf8mb4`);
  await connection.query(`use ${name}`);
  const rows = async (sql: string, values: DriverValue[] = []): Promise<unknown[][]> =>
    (await connection.execute(sql, values as string[]))[0] as unknown as unknown[][];
  return {
    name: "mysql",
    values: mysqlValues,
    async table(table, type) {
      await connection.query(
        `create table \`${table}\` (n int auto_increment primary key, v ${type}) engine = innodb`,
      );
    },
    async roundTrip(table, values) {
      await connection.beginTransaction();
      for (const value of values) await rows(`insert into \`${table}\` (v) values (?)`, [value]);
      const found = await rows(`select v from \`${table}\` order by n`);
      await connection.rollback();
      return found.map(([value]) => value);
    },
    async select(sql, value) {
      return (await rows(sql, [value]))[0]?.[0];
    },
    async close() {
      await connection.query(`drop database ${name}`);
      await connection.end();
    },
  };
}
