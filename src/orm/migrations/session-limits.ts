/** The limits of a connection, lifted while migrations run on it; on SQLite its foreign keys, off meanwhile. */
import { type MigrationConnection, rowsOf } from "./plain-sql.ts";

/** Lifts the limits; a statement waits `wait` milliseconds for locks. The returned function sets all back as it was. */
export async function liftLimits(run: MigrationConnection, wait: number): Promise<() => Promise<void>> {
  return run.dialect.name === "sqlite" ? withoutForeignKeys(run) : liftServerLimits(run, wait);
}

/** The settings of a server that are times. */
interface Limits {
  /** Name and value of those that the server has. */
  readonly read: string;
  readonly set: string;
  /** The value of each while migrations run, by the milliseconds that a lock is waited for. */
  readonly lifted: ReadonlyMap<string, (wait: number) => number>;
}

const never = (): number => 0;
const seconds = (wait: number): number => Math.max(1, Math.ceil(wait / 1000));

const limits: Readonly<Record<"postgresql" | "mysql", Limits>> = {
  postgresql: {
    read: "SELECT name::text, setting::text FROM pg_catalog.pg_settings WHERE name IN",
    set: "SET",
    lifted: new Map([
      ["statement_timeout", never],
      ["lock_timeout", Math.ceil],
    ]),
  },
  mysql: {
    read: "SHOW SESSION VARIABLES WHERE Variable_name IN",
    set: "SET SESSION",
    lifted: new Map([
      ["max_statement_time", never], // MariaDB
      ["max_execution_time", never], // MySQL
      ["lock_wait_timeout", seconds],
      ["innodb_lock_wait_timeout", seconds],
    ]),
  },
};

/** RESET would bring back the server's own limits, not those that the pool set for its connections. */
async function liftServerLimits(run: MigrationConnection, wait: number): Promise<() => Promise<void>> {
  const { read, set, lifted } = limits[run.dialect.name === "mysql" ? "mysql" : "postgresql"];
  const names = [...lifted.keys()].map((name) => `'${name}'`).join(", ");
  const before = (await rowsOf(run, `${read} (${names})`)).map(
    ([name, value]) => [String(name), Number(value)] as const,
  );
  const write = async (values: Iterable<readonly [name: string, value: number]>): Promise<void> => {
    for (const [name, value] of values) await run.connection.script(`${set} ${name} = ${value}`);
  };
  await write(before.map(([name]) => [name, lifted.get(name)?.(wait) ?? 0] as const));
  return () => write(before);
}

/** Outside of any transaction, where the pragma has an effect: a table that is rebuilt is dropped for a moment. */
async function withoutForeignKeys(run: MigrationConnection): Promise<() => Promise<void>> {
  const [row] = await rowsOf(run, "PRAGMA foreign_keys");
  await run.connection.script("PRAGMA foreign_keys = OFF");
  return async () => {
    await run.connection.script("PRAGMA legacy_alter_table = OFF");
    if (Number(row?.[0]) === 1) await run.connection.script("PRAGMA foreign_keys = ON");
  };
}
