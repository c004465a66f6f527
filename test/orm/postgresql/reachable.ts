/** Whether the PostgreSQL server that tests share is there, and a schema of a test file's own in it. */
import { randomBytes } from "node:crypto";
import type { ConnectionSource, ConnectOptions } from "../../../src/orm/driver/driver.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { unreachable as absence, servers } from "../../databases/servers.ts";

export const sharedUrl = servers.postgresql;

/** For `skip`: why the tests cannot run, or false. */
export const unreachable: string | false = await absence("postgresql");

/** A name that no other run has. */
export function ownName(): string {
  return `limpid_${randomBytes(6).toString("hex")}`;
}

/** A source whose sessions work in a schema of their own, which `drop` removes. */
export async function ownSchema(options: ConnectOptions = {}): Promise<{
  readonly source: ConnectionSource;
  readonly schema: string;
  drop(): Promise<void>;
}> {
  const schema = ownName();
  const url = new URL(sharedUrl);
  url.searchParams.set("options", `-c search_path=${schema}`);
  const source = await connectPostgresql(url.href, options);
  await scripted(source, `CREATE SCHEMA ${schema}`);
  return {
    source,
    schema,
    drop: async () => {
      await scripted(source, `DROP SCHEMA ${schema} CASCADE`);
      await source.close();
    },
  };
}

async function scripted(source: ConnectionSource, sql: string): Promise<void> {
  const connection = await source.acquire("write");
  await connection.script(sql);
  source.release(connection);
}
