/** A connection to MariaDB or MySQL over `mysql2`, with statements that the server itself prepares. */
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement, WriteResult } from "../driver.ts";
import { ConnectionLost } from "../network/connection-lost.ts";
import type { ServerConnection } from "../network/server-source.ts";
import type {
  CommandResult,
  Mysql2Connection,
  Mysql2Error,
  Mysql2Module,
  Mysql2Statement,
  Mysql2Value,
  OkPacket,
} from "./mysql2.ts";
import { RowStream } from "./row-stream.ts";

/** All connections of all clients share the server's max_prepared_stmt_count, 16,382. */
const mostPrepared = 250;
const transactionOpen = 1;

interface Prepared {
  readonly sql: string;
  readonly statement: Mysql2Statement;
}

export class MysqlConnection implements ServerConnection {
  usable = true;
  running = 0;
  readonly closed: Promise<void>;
  readonly #connection: Mysql2Connection;
  readonly #module: Mysql2Module;
  readonly #onLost: (connection: MysqlConnection) => void;
  /** By the statement's id, the oldest first. */
  readonly #prepared = new Map<number, Prepared>();
  #inTransaction = false;
  #underway = 0;
  #serial = 0;
  #stream: RowStream | undefined;

  /** Takes a connection that is ready. `onLost` is called when it breaks. */
  constructor(
    connection: Mysql2Connection,
    module: Mysql2Module,
    onLost: (connection: MysqlConnection) => void,
  ) {
    this.#connection = connection;
    this.#module = module;
    this.#onLost = onLost;
    connection.on("error", () => this.#lose());
    this.closed = new Promise((resolve) => {
      connection.stream.once("close", () => {
        this.#lose();
        resolve();
      });
    });
  }

  get resting(): boolean {
    return this.#underway === 0 && !this.#inTransaction;
  }

  async rows(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow[]> {
    const result = await this.#execute(statement, values);
    return Array.isArray(result) ? result : [];
  }

  /** The protocol has no limit of its own: all rows are read. */
  async row(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow | undefined> {
    return (await this.rows(statement, values))[0];
  }

  async write(statement: DriverStatement, values: DriverValue[]): Promise<WriteResult> {
    const result = await this.#execute(statement, values);
    // A write with RETURNING gives rows.
    if (Array.isArray(result)) return { changes: result.length, firstId: undefined };
    return { changes: result.affectedRows, firstId: firstId(result) };
  }

  /** What is left when the iteration ends early is read and dropped: the protocol cannot end a result. */
  async *stream(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const prepared = await this.#ready(statement);
    const command = prepared.execute(this.#bound(values));
    const rows = new RowStream(command, this.#connection, size);
    this.#stream = rows;
    try {
      for (;;) {
        this.#begin();
        const portion = await rows.next().finally(() => this.#end());
        if (portion === undefined) break;
        yield portion;
      }
    } finally {
      this.#begin();
      await rows.drop().finally(() => this.#end());
      this.#stream = undefined;
      this.#finish(statement);
    }
  }

  /** Exactly one statement: a connection that takes several at once would make an injection worse. */
  async script(sql: string): Promise<void> {
    await this.#command<CommandResult>((done) => this.#connection.query(sql, done));
  }

  async ping(): Promise<void> {
    await this.#command<undefined>((done) => this.#connection.ping((error) => done(error, undefined)));
  }

  /** One value that the server itself tells, as text. */
  async ask(sql: string): Promise<string> {
    const result = await this.#command<CommandResult>((done) => this.#connection.query(sql, done));
    return Array.isArray(result) ? String(result[0]?.[0]) : "";
  }

  async end(): Promise<void> {
    if (!this.usable || this.#underway > 0) this.#connection.stream.destroy();
    else this.#connection.end(() => this.#connection.stream.destroy());
    this.usable = false;
    const impatient = setTimeout(() => this.#connection.stream.destroy(), 1_000);
    await this.closed;
    clearTimeout(impatient);
  }

  abandon(deadline: number): void {
    this.#connection.stream.destroy(ConnectionLost.silent(deadline));
  }

  async #execute(statement: DriverStatement, values: DriverValue[]): Promise<CommandResult> {
    const bound = this.#bound(values);
    const known = this.#prepared.get(statement.id)?.statement;
    const prepared = known ?? (await this.#ready(statement));
    try {
      return await this.#command<CommandResult>((done) => prepared.execute(bound, done));
    } finally {
      if (!statement.prepare) this.#finish(statement);
    }
  }

  async #ready(statement: DriverStatement): Promise<Mysql2Statement> {
    const known = this.#prepared.get(statement.id);
    if (known !== undefined) return known.statement;
    const { sql } = statement;
    const prepared = await this.#command<Mysql2Statement>((done) =>
      this.#connection.prepare({ sql, rowsAsArray: true }, done),
    );
    if (!statement.prepare) return prepared;
    for (const [oldest, { sql: text }] of this.#prepared) {
      if (this.#prepared.size < mostPrepared) break;
      this.#prepared.delete(oldest);
      this.#connection.unprepare({ sql: text, rowsAsArray: true });
    }
    this.#prepared.set(statement.id, { sql, statement: prepared });
    return prepared;
  }

  #finish(statement: DriverStatement): void {
    if (!statement.prepare && this.usable)
      this.#connection.unprepare({ sql: statement.sql, rowsAsArray: true });
  }

  #command<Result>(
    start: (done: (error: Mysql2Error | null, result: Result) => void) => void,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (!this.usable) {
        reject(ConnectionLost.before());
        return;
      }
      this.#begin();
      start((error, result) => {
        this.#end();
        if (error === null || error === undefined) {
          this.#note(result);
          resolve(result);
          return;
        }
        if (error.fatal === true) this.#lose();
        reject(error);
      });
    });
  }

  #begin(): void {
    this.#underway += 1;
    this.running = ++this.#serial;
  }

  #end(): void {
    this.#underway -= 1;
    this.running = this.#underway > 0 ? ++this.#serial : 0;
  }

  /** Results with rows do not tell whether a transaction is open; those that open or end one have none. */
  #note(result: unknown): void {
    if (typeof result !== "object" || result === null || Array.isArray(result)) return;
    if (!("serverStatus" in result) || typeof result.serverStatus !== "number") return;
    this.#inTransaction = (result.serverStatus & transactionOpen) !== 0;
  }

  #bound(values: readonly DriverValue[]): Mysql2Value[] {
    return values.map((value) => {
      if (typeof value === "bigint") return this.#module.TypedParameter?.BIGINT(value) ?? String(value);
      if (!(value instanceof Uint8Array)) return value;
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    });
  }

  #lose(): void {
    if (!this.usable) return;
    this.usable = false;
    this.#stream?.fail(new ConnectionLost("ECONNRESET", "The connection to the database ended."));
    this.#onLost(this);
  }
}

function firstId(result: OkPacket): number | bigint | undefined {
  const { insertId } = result;
  if (typeof insertId === "number") return insertId === 0 ? undefined : insertId;
  const id = BigInt(insertId);
  return id === 0n ? undefined : id;
}
