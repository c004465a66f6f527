/** The database servers that tests share, and why they cannot be used here. What a test needs there it makes itself and drops. */
import type { LimpidError } from "limpid/errors";
import { Database, type DialectName } from "limpid/orm";

type ServerName = Exclude<DialectName, "sqlite">;

/** Names of their own: what `DATABASE_URL` names may be somebody's data. */
const variables: Readonly<Record<ServerName, string>> = {
  postgresql: "TEST_POSTGRESQL_URL",
  mysql: "TEST_MARIADB_URL",
};

/** The address of each server: of a database that exists, with a user that may create others. */
export const servers: Readonly<Record<ServerName, string>> = {
  postgresql: process.env[variables.postgresql] ?? "postgres://root@127.0.0.1:5432/test",
  mysql: process.env[variables.mysql] ?? "mysql://root@127.0.0.1:3306/test",
};

/** Each server is asked once in a process. */
const reasons = new Map<ServerName, Promise<string | false>>();

/** For `skip`: why a dialect cannot be tested here, or false. Where `CI` is `true`, an absent server is a failure. */
export async function unreachable(dialect: DialectName): Promise<string | false> {
  if (dialect === "sqlite") return false;
  const known = reasons.get(dialect) ?? reasonOf(dialect);
  reasons.set(dialect, known);
  return known;
}

async function reasonOf(name: ServerName): Promise<string | false> {
  try {
    await (await Database.connect(servers[name])).close();
    return false;
  } catch (error) {
    const { message, found = "" } = error as LimpidError;
    const reason = `${variables[name]}: ${message} ${found}`;
    if (process.env.CI === "true") throw new Error(reason, { cause: error });
    return reason;
  }
}
