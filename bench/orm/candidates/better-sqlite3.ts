/** better-sqlite3 without anything above it, in the same way. */
import Database from "better-sqlite3";
import type { Open } from "../operations.ts";
import { rawOperations, statements } from "./raw-sqlite.ts";

export const open: Open = () => {
  const database = new Database(":memory:");
  return {
    operations: () => rawOperations(statements((sql) => database.prepare(sql))),
    run: (sql) => database.exec(sql),
    read: (sql) => database.prepare<[], object>(sql).all(),
  };
};
