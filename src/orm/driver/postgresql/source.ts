/** Begins transactions on PostgreSQL, listens and copies. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { ConnectOptions, DriverConnection, TransactionOptions } from "../driver.ts";
import { isolationLevels, ServerSource } from "../network/server-source.ts";
import { PostgresqlConnection } from "./connection.ts";
import type { CopiedRows } from "./copy-in.ts";
import { Listener } from "./listener.ts";
import type { PostgresqlTarget } from "./open-connection.ts";

export class PostgresqlSource extends ServerSource<PostgresqlConnection> {
  readonly dialect: Dialect;
  readonly #listener: Listener;

  constructor(target: PostgresqlTarget, options: ConnectOptions, dialect: Dialect) {
    super(PostgresqlConnection, target, options);
    this.dialect = dialect;
    this.#listener = new Listener(target, dialect);
  }

  override release(connection: DriverConnection, broken?: boolean): void {
    this.own(connection).rest();
    super.release(connection, broken);
  }

  begin(connection: DriverConnection, options: TransactionOptions): void {
    const isolation =
      options.isolation === undefined ? "" : ` ISOLATION LEVEL ${isolationLevels[options.isolation]}`;
    this.own(connection).begin(`BEGIN${isolation}${options.readOnly === true ? " READ ONLY" : ""}`);
  }

  override async close(grace?: number): Promise<void> {
    await Promise.all([super.close(grace), this.#listener.close()]);
  }

  listen(channel: string, receive: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, receive);
  }

  copy(
    connection: DriverConnection,
    table: string,
    columns: readonly string[],
    rows: CopiedRows,
  ): Promise<number> {
    const names = columns.map((column) => this.dialect.quote(column)).join(", ");
    const sql = `COPY ${this.dialect.quote(table)} (${names}) FROM STDIN`;
    return this.own(connection).copy(sql, rows);
  }
}
