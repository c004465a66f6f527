/** A connection to PostgreSQL: one exchange after the other, over a client of `pg` that only logs in and reads messages. */
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement, WriteResult } from "../driver.ts";
import { ConnectionLost } from "../network/connection-lost.ts";
import type { ServerConnection } from "../network/server-source.ts";
import { boundValues } from "./bound-values.ts";
import { type CopiedRows, CopyExchange } from "./copy-in.ts";
import { type Exchange, ScriptExchange } from "./exchange.ts";
import type { PgClient } from "./pg.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { PortalExchange, type Running, StatementExchange } from "./statement-exchange.ts";

export class PostgresqlConnection implements ServerConnection {
  usable = true;
  running = 0;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  readonly #client: PgClient;
  readonly #prepared = new PreparedStatements();
  readonly #waiting: Exchange[] = [];
  readonly #onLost: (connection: PostgresqlConnection) => void;
  #current: Exchange | undefined;
  /** `I` idle, `T` in a transaction, `E` in one that failed (PostgreSQL §55.7, ReadyForQuery). */
  #status = "I";
  /** A transaction that begins with its first statement. */
  #begin: string | undefined;
  #serial = 0;

  /** Takes a client that has connected. `onLost` is called when it breaks. */
  constructor(client: PgClient, onLost: (connection: PostgresqlConnection) => void) {
    this.#client = client;
    this.#onLost = onLost;
    client.on("error", (error) => this.#lose(error));
    this.closed = new Promise((resolve) => {
      client.on("end", () => {
        this.#lose(undefined);
        resolve();
      });
    });
    client.connection.on("readyForQuery", (message) => this.#ready(message.status));
  }

  get resting(): boolean {
    return this.#current === undefined && this.#status === "I";
  }

  rows(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow[]> {
    return new Promise((resolve, reject) => {
      this.#run(statement, values, 0, (exchange) => {
        if (exchange.failure === undefined) resolve(exchange.rows);
        else reject(exchange.failure);
      });
    });
  }

  row(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow | undefined> {
    return new Promise((resolve, reject) => {
      this.#run(statement, values, 1, (exchange) => {
        if (exchange.failure === undefined) resolve(exchange.rows[0]);
        else reject(exchange.failure);
      });
    });
  }

  write(statement: DriverStatement, values: DriverValue[]): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      this.#run(statement, values, 0, (exchange) => {
        if (exchange.failure === undefined) resolve({ changes: changesOf(exchange.tag), firstId: undefined });
        else reject(exchange.failure);
      });
    });
  }

  /**
   * A named portal lives as long as its transaction, so one is begun where there is none. Each portion is an exchange
   * of its own, and the statement timeout counts for each.
   */
  async *stream(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const own = this.#status === "I" && this.#begin === undefined;
    if (own) this.begin("BEGIN");
    const portal = `limpid_portal_${++this.#serial}`;
    let open = false;
    try {
      let portion: Exchange = await new Promise<Exchange>((resolve) => {
        this.#run(statement, values, size, resolve, portal);
      });
      for (;;) {
        if (portion.failure !== undefined) throw portion.failure;
        open = true;
        if (portion.rows.length > 0) yield portion.rows;
        if (!portion.suspended) break;
        portion = await this.#portal(portal, size);
      }
    } finally {
      if (own) await this.#endOwn();
      else if (open && this.usable && this.#status === "T") await this.#portal(portal, "close");
    }
  }

  script(sql: string): Promise<void> {
    const begin = this.#takeBegin();
    return new Promise((resolve, reject) => {
      this.#exchange(new ScriptExchange(begin === undefined ? sql : `${begin};${sql}`, resolve, reject));
    });
  }

  ping(): Promise<void> {
    return this.script("SELECT 1");
  }

  /** Runs `COPY … FROM STDIN` with these rows; resolves to their number. */
  copy(sql: string, rows: CopiedRows): Promise<number> {
    const begin = this.#takeBegin();
    return new Promise((resolve, reject) => {
      this.#exchange(new CopyExchange(begin === undefined ? sql : `${begin};${sql}`, rows, resolve, reject));
    });
  }

  /** The transaction begins with the next statement, in its round trip. */
  begin(sql: string): void {
    this.#begin = sql;
  }

  /** Forgets a transaction that never began. */
  rest(): void {
    this.#begin = undefined;
  }

  #exchange(exchange: Exchange): void {
    if (!this.usable) this.#fail(exchange, ConnectionLost.before());
    else if (this.#current === undefined) this.#submit(exchange);
    else this.#waiting.push(exchange);
  }

  /** Ends the connection: with a goodbye, or at once if it is `broken` or busy. */
  async end(): Promise<void> {
    if (!this.usable || this.#current !== undefined) this.#client.connection.stream.destroy();
    else this.#client.end().catch(() => {});
    this.usable = false;
    const impatient = setTimeout(() => this.#client.connection.stream.destroy(), 1_000);
    await this.closed;
    clearTimeout(impatient);
  }

  abandon(deadline: number): void {
    this.#lose(ConnectionLost.silent(deadline));
    this.#client.connection.stream.destroy();
  }

  #run(
    statement: DriverStatement,
    values: DriverValue[],
    limit: number,
    done: (exchange: StatementExchange) => void,
    portal = "",
  ): void {
    const running: Running = {
      statement,
      values: boundValues(values),
      portal,
      limit,
      begin: this.#takeBegin(),
    };
    this.#exchange(new StatementExchange(running, this.#prepared, done));
  }

  async #portal(portal: string, limit: number | "close"): Promise<Exchange> {
    return new Promise((resolve) => {
      this.#exchange(new PortalExchange(portal, limit, resolve));
    });
  }

  /** Of a transaction that failed, COMMIT makes a rollback. */
  async #endOwn(): Promise<void> {
    if (this.#begin !== undefined) this.#begin = undefined;
    else if (this.usable) await this.script("COMMIT");
  }

  #takeBegin(): string | undefined {
    const begin = this.#begin;
    if (begin !== undefined) this.#begin = undefined;
    return begin;
  }

  #submit(exchange: Exchange): void {
    this.#current = exchange;
    this.running = ++this.#serial;
    try {
      this.#client.query(exchange);
    } catch (error) {
      // Part of the messages may have left: nobody knows what the server makes of them.
      this.#lose(error instanceof Error ? error : new Error(String(error)));
      this.#client.connection.stream.destroy();
    }
  }

  #ready(status: string): void {
    this.#status = status;
    const exchange = this.#current;
    if (exchange === undefined) return;
    if (exchange instanceof StatementExchange && exchange.failure !== undefined && exchange.retries()) {
      this.#submit(exchange);
      return;
    }
    this.#current = undefined;
    this.running = 0;
    exchange.settle();
    const next = this.#waiting.shift();
    if (next !== undefined) this.#submit(next);
  }

  #lose(cause: Error | undefined): void {
    if (!this.usable && this.#current === undefined) return;
    this.usable = false;
    this.running = 0;
    const lost =
      cause instanceof ConnectionLost
        ? cause
        : new ConnectionLost(
            "ECONNRESET",
            "The connection to the database ended before the answer came.",
            cause,
          );
    const exchanges = this.#current === undefined ? this.#waiting : [this.#current, ...this.#waiting];
    this.#current = undefined;
    for (const exchange of exchanges.splice(0)) this.#fail(exchange, lost);
    this.#waiting.length = 0;
    this.#onLost(this);
  }

  /** What the server said last tells more than the socket. */
  #fail(exchange: Exchange, lost: ConnectionLost): void {
    exchange.failure ??= lost;
    exchange.settle();
  }
}

function changesOf(tag: string): number {
  const count = Number(tag.slice(tag.lastIndexOf(" ") + 1));
  return Number.isNaN(count) ? 0 : count;
}
