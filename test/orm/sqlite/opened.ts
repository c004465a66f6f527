/** A SQLite database of a test: in a folder of its own or in memory, closed and removed at the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConnectionSource, ConnectOptions, DriverStatement } from "../../../src/orm/driver/driver.ts";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { nextStatementId } from "../../../src/orm/driver/statement-id.ts";

export function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "limpid-sqlite-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** With a table `t (n INTEGER PRIMARY KEY, v TEXT)`. */
export async function openSource(
  t: TestContext,
  options: ConnectOptions = {},
  path = join(folderOf(t), "test.db"),
): Promise<ConnectionSource> {
  const source = await connectSqlite(path, options);
  t.after(() => source.close(0));
  const writer = await source.acquire("write");
  await writer.script("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, v TEXT UNIQUE) STRICT");
  source.release(writer);
  return source;
}

export function query(sql: string, bigInts = false): DriverStatement {
  return { id: nextStatementId(), sql, givesRows: true, bigInts, prepare: true };
}

export function change(sql: string): DriverStatement {
  return { id: nextStatementId(), sql, givesRows: false, bigInts: false, prepare: true };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
