/** Runs a suite against every database: SQLite in memory and in a file, PostgreSQL, MariaDB, with the tables of some models. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe } from "node:test";
import { type AnyModel, type ConnectOptions, Database, type DialectName, sql } from "limpid/orm";
import { connectionTo } from "../../src/orm/driver/connect.ts";
import { referencedColumn, tableOf } from "../../src/orm/model/registry.ts";
import { declaredSchema } from "../../src/orm/schema/declared-schema.ts";
import { diffSchemas } from "../../src/orm/schema/diff.ts";
import { renderOperations } from "../../src/orm/schema/render.ts";
import { servers, unreachable } from "../databases/servers.ts";
import { recorded } from "./recorded-source.ts";

/** What a test is given. */
export interface TestDatabase {
  readonly db: Database;
  readonly dialect: DialectName;
  readonly url: string;
  /** The statements sent since the test began, or since `sent.length = 0`. */
  readonly sent: string[];
  /** How many connections are lent just now. */
  lent(): number;
}

export interface SuiteOptions {
  /** Which of the databases. Default: all. */
  readonly only?: readonly DatabaseName[] | undefined;
  readonly connect?: ConnectOptions | undefined;
}

export type DatabaseName = "sqlite memory" | "sqlite file" | "postgresql" | "mariadb";

interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

const places: Readonly<Record<DatabaseName, () => Promise<Place>>> = {
  "sqlite memory": async () => ({ url: "sqlite::memory:", remove: async () => {} }),
  "sqlite file": async () => {
    const folder = await mkdtemp(join(tmpdir(), "limpid-orm-"));
    return {
      url: `sqlite:${join(folder, "test.db")}`,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
  postgresql: async () => {
    const schema = ownName();
    await onServer(servers.postgresql, `CREATE SCHEMA ${schema}`);
    const url = new URL(servers.postgresql);
    url.searchParams.set("options", `-c search_path=${schema}`);
    return { url: url.href, remove: () => onServer(servers.postgresql, `DROP SCHEMA ${schema} CASCADE`) };
  },
  mariadb: async () => {
    const name = ownName();
    await onServer(servers.mysql, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    const url = new URL(servers.mysql);
    url.pathname = `/${name}`;
    return { url: url.href, remove: () => onServer(servers.mysql, `DROP DATABASE ${name}`) };
  },
};

const skips: Readonly<Record<DatabaseName, string | false>> = {
  "sqlite memory": false,
  "sqlite file": false,
  postgresql: await unreachable("postgresql"),
  mariadb: await unreachable("mysql"),
};

/**
 * Declares the suite once for each database. The tables are there before its first test and empty before each; what
 * `given()` returns is open from then on.
 */
export function onDatabases(
  models: readonly AnyModel[],
  suite: (given: () => TestDatabase, name: DatabaseName) => void,
  options: SuiteOptions = {},
): void {
  for (const name of options.only ?? (Object.keys(places) as DatabaseName[])) {
    describe(name, { skip: skips[name] }, () => {
      let given: TestDatabase | undefined;
      let place: Place | undefined;
      before(async () => {
        place = await places[name]();
        given = await opened(place.url, options.connect);
        await createTables(given.db, models);
      });
      beforeEach(async () => {
        if (given === undefined) return;
        await emptyTables(given.db, models);
        given.sent.length = 0;
      });
      afterEach(() => {
        const lent = given?.lent() ?? 0;
        if (lent !== 0) throw new Error(`${lent} connections were not given back.`);
      });
      after(async () => {
        await given?.db.close();
        await place?.remove();
      });
      suite(() => {
        if (given === undefined) throw new Error("The database is open inside of tests only.");
        return given;
      }, name);
    });
  }
}

/** A second process, as it were: the same database once more. It has to be closed. */
export async function opened(url: string, options: ConnectOptions = {}): Promise<TestDatabase> {
  const { source, sent, lent } = recorded(await connectionTo(url, options));
  const db = new Database(source);
  return { db, dialect: db.dialect, url, sent, lent };
}

/** Creates the tables that models declare. */
export async function createTables(db: Database, models: readonly AnyModel[]): Promise<void> {
  const tables = models.flatMap((model) => tableOf(model) ?? []);
  const declared = declaredSchema(tables, db.dialect, { resolve: referencedColumn });
  const empty = { dialect: db.dialect, tables: [] };
  const { operations } = diffSchemas(empty, declared);
  for (const { sql: text } of renderOperations(operations, empty)) {
    await db.run("write", undefined, (connection) => connection.script(text));
  }
}

async function emptyTables(db: Database, models: readonly AnyModel[]): Promise<void> {
  if (models.length === 0) return;
  const tables = models.flatMap((model) => tableOf(model) ?? []);
  const names = tables.map(({ name }) => name);
  const counted = tables.some(({ columns }) => columns.some(({ identity }) => identity));
  await db.run("write", undefined, async (connection) => {
    if (db.dialect === "postgresql") {
      await connection.script(
        `TRUNCATE ${names.map((name) => `"${name}"`).join(", ")} RESTART IDENTITY CASCADE`,
      );
      return;
    }
    const [off, on, quote] =
      db.dialect === "sqlite"
        ? ["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON", '"']
        : ["SET foreign_key_checks = 0", "SET foreign_key_checks = 1", "`"];
    await connection.script(off);
    for (const name of names) {
      await connection.script(`DELETE FROM ${quote}${name}${quote}`);
      if (db.dialect === "sqlite" && counted)
        await connection.script(`DELETE FROM sqlite_sequence WHERE name = '${name}'`);
      if (db.dialect === "mysql") await connection.script(`ALTER TABLE \`${name}\` AUTO_INCREMENT = 1`);
    }
    await connection.script(on);
  });
}

/** How many rows a table has, whatever the models say. */
export async function countRows(db: Database, table: string): Promise<number> {
  const [row] = await db.rows(sql`select count(*) from ${sql.id(table)}`);
  return Number(row?.[0]);
}

function ownName(): string {
  return `limpid_orm_${randomBytes(6).toString("hex")}`;
}

async function onServer(url: string, text: string): Promise<void> {
  const db = await Database.connect(url);
  try {
    await db.run("write", undefined, (connection) => connection.script(text));
  } finally {
    await db.close();
  }
}
