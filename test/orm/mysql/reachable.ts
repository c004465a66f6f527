/** Whether the MariaDB server that tests share is there, and a database of a test file's own on it. */
import { randomBytes } from "node:crypto";
import type { ConnectionSource, ConnectOptions } from "../../../src/orm/driver/driver.ts";
import { connectMysql } from "../../../src/orm/driver/mysql/connect-mysql.ts";
import { unreachable as absence, servers } from "../../databases/servers.ts";

export const sharedUrl = servers.mysql;

/** For `skip`: why the tests cannot run, or false. */
export const unreachable: string | false = await absence("mysql");

/** A source whose sessions work in a database of their own, which `drop` removes. */
export async function ownDatabase(
  options: ConnectOptions = {},
): Promise<{ readonly source: ConnectionSource; readonly url: URL; drop(): Promise<void> }> {
  const name = `limpid_${randomBytes(6).toString("hex")}`;
  const admin = await connectMysql(sharedUrl);
  const connection = await admin.acquire("write");
  await connection.script(`CREATE DATABASE ${name}`);
  const url = new URL(sharedUrl);
  url.pathname = `/${name}`;
  const source = await connectMysql(url.href, options);
  return {
    source,
    url,
    drop: async () => {
      await source.close(1_000);
      await connection.script(`DROP DATABASE ${name}`);
      admin.release(connection);
      await admin.close();
    },
  };
}
