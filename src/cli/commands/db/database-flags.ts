/** The flags that the commands of `limpid db` share, and what they mean. */
import { resolve } from "node:path";
import type { Flag, Input, Terminal } from "../../command.ts";
import { misuse } from "../../misuse.ts";

export const databaseFlag: Flag = {
  name: "database",
  value: "<url>",
  summary: "the database: sqlite:file.db, postgres://user@host/name, mysql://user@host/name",
  environment: "DATABASE_URL",
};

export const migrationsFlag: Flag = {
  name: "migrations",
  value: "<folder>",
  summary: "where the migrations are",
  default: "migrations",
};

export const jsonFlag: Flag = { name: "json", summary: "print the result, or the error, as JSON" };

export const allowDataLossFlag: Flag = {
  name: "allow-data-loss",
  summary: "destroy what migrations declare to destroy (-- loses:), though it holds data",
};

export const toFlag: Flag = {
  name: "to",
  value: "<migration>",
  summary: "the name or the hash of the last migration that stays or is applied",
};

export const stepsFlag: Flag = {
  name: "steps",
  value: "<number>",
  summary: "how many migrations to undo",
  default: "1",
  accepts: { expected: "a whole number from 1", test: (value) => /^[1-9]\d{0,5}$/.test(value) },
};

/** The folder of the migrations. */
export function migrationsFolder({ flags }: Input, { cwd }: Terminal): string {
  return resolve(cwd, flags.get("migrations") ?? "migrations");
}

/** The address of the database. Throws `LMP_CLI_FLAG_VALUE` where there is none. */
export function databaseUrl({ flags }: Input): string {
  const url = flags.get("database");
  if (url !== undefined) return url;
  throw misuse("LMP_CLI_FLAG_VALUE", "The database is not named.", {
    expected: "--database <url>, or the variable DATABASE_URL",
    found: "neither",
    fix: "Name it: --database sqlite:blog.db",
  });
}
