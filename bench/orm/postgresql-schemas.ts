/** PostgreSQL's side of a run: a schema for each candidate, filled beforehand and dropped in the end. */
import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import type { Connection } from "./operations.ts";
import { setUp } from "./tables.ts";

const serverUrl = process.env.DATABASE_URL ?? "postgres://root@127.0.0.1:5432/test";

/** The URL with a search path that every driver sends when it connects. */
function urlFor(schema: string): string {
  const url = new URL(serverUrl);
  url.searchParams.set("options", `-c search_path=${schema}`);
  // A plus would be taken for itself and not for a space.
  return url.href.replaceAll("+", "%20");
}

/** The schemas of one run. */
export class PostgresqlSchemas {
  readonly #client: Client;
  readonly #prefix = `limpid_bench_${randomBytes(4).toString("hex")}`;
  readonly #made: string[] = [];
  readonly version: string;

  private constructor(client: Client, version: string) {
    this.#client = client;
    this.version = version;
  }

  static async connect(): Promise<PostgresqlSchemas> {
    // What it needs is there after the first installation only.
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query("SET client_min_messages = warning");
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return new PostgresqlSchemas(client, rows[0]!.server_version.split(" ")[0]!);
  }

  /** Makes and fills the schema of a candidate. */
  async create(): Promise<Connection> {
    const schema = `${this.#prefix}_${this.#made.length}`;
    await this.#client.query(`CREATE SCHEMA ${schema}`);
    this.#made.push(schema);
    await this.#client.query(`SET search_path = ${schema}`);
    for (const statement of setUp("postgresql")) await this.#client.query(statement);
    return { url: urlFor(schema), schema };
  }

  /** Drops them all. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const schema of this.#made) await this.#client.query(`DROP SCHEMA ${schema} CASCADE`);
    await this.#client.end();
  }
}
