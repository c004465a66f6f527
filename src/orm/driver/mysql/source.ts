/** Begins transactions on MariaDB and MySQL. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { ConnectOptions, DriverConnection, TransactionOptions } from "../driver.ts";
import { isolationLevels, ServerSource } from "../network/server-source.ts";
import { MysqlConnection } from "./connection.ts";
import type { MysqlTarget } from "./open-connection.ts";

export class MysqlSource extends ServerSource<MysqlConnection> {
  readonly #dialect: Dialect;
  readonly #target: MysqlTarget;
  #ownDialect: Dialect | undefined;

  constructor(target: MysqlTarget, options: ConnectOptions, dialect: Dialect) {
    super(MysqlConnection, target, options);
    this.#dialect = dialect;
    this.#target = target;
  }

  /** MySQL has no RETURNING; which server it is, the first connection told. */
  get dialect(): Dialect {
    if (this.#target.isMariaDb) return this.#dialect;
    this.#ownDialect ??= { ...this.#dialect, features: { ...this.#dialect.features, returning: "none" } };
    return this.#ownDialect;
  }

  /** The level is set for the next transaction alone. */
  async begin(connection: DriverConnection, options: TransactionOptions): Promise<void> {
    const own = this.own(connection);
    if (options.isolation !== undefined)
      await own.script(`SET TRANSACTION ISOLATION LEVEL ${isolationLevels[options.isolation]}`);
    await own.script(options.readOnly === true ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
  }
}
