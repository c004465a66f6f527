/** Node's own SQLite, with every statement prepared beforehand and rows converted by hand: the anchor. */
import { DatabaseSync } from "node:sqlite";
import type { Open } from "../operations.ts";
import { rawOperations, statements } from "./raw-sqlite.ts";

export const open: Open = () => {
  const database = new DatabaseSync(":memory:");
  return {
    operations: () => rawOperations(statements((sql) => database.prepare(sql))),
    run: (sql) => database.exec(sql),
    read: (sql) => database.prepare(sql).all(),
  };
};
