/** Lends SQLite's connections: the one writer in turns, and readers beside it. */
import { LimpidError } from "../../../errors/index.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import type {
  ConnectionSource,
  DriverConnection,
  Intent,
  PoolStatus,
  TransactionOptions,
} from "../driver.ts";
import { poolClosed } from "../pool/pool-errors.ts";
import { retryWhileBusy } from "./busy-retry.ts";
import { isBusy } from "./open-database.ts";
import type { SqliteEngine, SqliteEngines } from "./sqlite-engine.ts";
import { type Lender, SqliteLease } from "./sqlite-lease.ts";
import { type TurnSettings, Turns } from "./turns.ts";

export interface SourceSettings extends TurnSettings {
  /** How long a lock of another process is waited for, in milliseconds. */
  readonly busyTimeout: number;
}

export class SqliteSource implements ConnectionSource {
  readonly dialect: Dialect;
  readonly #engines: SqliteEngines;
  readonly #busyTimeout: number;
  readonly #turns: Turns;
  readonly #lender: Lender;
  #writer: SqliteEngine | undefined;
  #lent = 0;
  #closed: Promise<void> | undefined;
  #allReturned: (() => void) | undefined;

  constructor(dialect: Dialect, engines: SqliteEngines, settings: SourceSettings) {
    this.dialect = dialect;
    this.#engines = engines;
    this.#busyTimeout = settings.busyTimeout;
    this.#turns = new Turns(settings);
    const turns = this.#turns;
    this.#lender = {
      busyTimeout: settings.busyTimeout,
      ...(engines.single ? { gate: () => turns.pass() } : {}),
      takeReader: () => (engines.single ? undefined : engines.takeReader()),
      giveReader: (engine) => engines.giveReader(engine),
      settled: (lease) => this.#settled(lease),
    };
  }

  /** Opens the writer, so that a path that leads nowhere is found at the start. */
  async open(): Promise<void> {
    await this.#openWriter();
  }

  acquire(intent: Intent, briefly = false): DriverConnection | Promise<DriverConnection> {
    if (this.#closed !== undefined) throw poolClosed();
    return intent === "read" ? this.#lendReader() : this.#lendWriter(briefly, intent === "migrate");
  }

  release(connection: DriverConnection, broken = false): void {
    if (!(connection instanceof SqliteLease)) return;
    const { shared } = connection;
    const engine = connection.end();
    if (engine === undefined) return;
    if (shared) this.#returned();
    else if (!broken && engine.usable && !engine.inTransaction && !connection.readOnly)
      this.#handOn(connection, engine);
    else void this.#tidy(connection, engine, broken);
  }

  begin(connection: DriverConnection, options: TransactionOptions): void | Promise<void> {
    if (!(connection instanceof SqliteLease) || !connection.usable) throw notLent();
    if (connection.shared) return this.#beginReading(connection, options);
    if (options.readOnly !== true) return connection.script("BEGIN IMMEDIATE");
    connection.readOnly = true;
    return connection.script("PRAGMA query_only = ON; BEGIN");
  }

  status(): PoolStatus {
    const readers = this.#engines.status();
    const writer = this.#writer === undefined ? 0 : 1;
    const free = this.#turns.holder === undefined ? writer : 0;
    return {
      open: readers.open + writer,
      idle: readers.idle + free,
      waiting: readers.waiting + this.#turns.waiting,
      maximum: this.#engines.maximum,
    };
  }

  close(grace = 10_000): Promise<void> {
    this.#closed ??= this.#shutDown(grace);
    return this.#closed;
  }

  #lendReader(): DriverConnection | Promise<DriverConnection> {
    const lease = new SqliteLease(this.#lender, this.#engines.sharedReader(), true);
    this.#lent++;
    if (!this.#engines.single) return lease;
    return this.#lentAfter(lease, this.#turns.pass());
  }

  #lendWriter(briefly: boolean, unlimited: boolean): DriverConnection | Promise<DriverConnection> {
    const lease = new SqliteLease(this.#lender, undefined, false);
    lease.unlimited = unlimited;
    this.#lent++;
    const turn = this.#turns.take(lease, briefly || unlimited);
    if (turn !== undefined || this.#writer?.usable !== true) return this.#lendWriterLater(lease, turn);
    lease.attach(this.#writer);
    return lease;
  }

  async #lendWriterLater(lease: SqliteLease, turn: void | Promise<void>): Promise<SqliteLease> {
    try {
      await turn;
      lease.attach(this.#writer?.usable === true ? this.#writer : await this.#openWriter());
      return lease;
    } catch (error) {
      this.#turns.end(lease);
      this.#returned();
      throw error;
    }
  }

  #lentAfter(lease: SqliteLease, wait: void | Promise<void>): SqliteLease | Promise<SqliteLease> {
    if (wait === undefined) return lease;
    return wait.then(
      () => lease,
      (error: unknown) => {
        this.release(lease);
        throw error;
      },
    );
  }

  /** Another process may be about to open or recover the file. */
  async #openWriter(): Promise<SqliteEngine> {
    const open = () => this.#engines.openWriter();
    try {
      this.#writer = await open();
    } catch (error) {
      if (!isBusy(error)) throw error;
      this.#writer = await retryWhileBusy(open, this.#busyTimeout);
    }
    return this.#writer;
  }

  /** A transaction sees one state of the database, so it needs a connection that nobody else reads with. */
  async #beginReading(lease: SqliteLease, { readOnly }: TransactionOptions): Promise<void> {
    if (readOnly !== true) throw notForWriting();
    if (this.#engines.single) {
      const engine = this.#engines.sharedReader();
      await this.#turns.take(lease);
      lease.attach(engine);
      lease.readOnly = true;
      return lease.script("PRAGMA query_only = ON; BEGIN");
    }
    lease.attach(await this.#engines.takeReader());
    return lease.script("BEGIN");
  }

  #settled(lease: SqliteLease): void {
    if (lease.inTransaction) return;
    if (lease.readOnly) {
      lease.readOnly = false;
      void lease.script("PRAGMA query_only = OFF");
    }
    this.#turns.serve();
  }

  /** Ends what the borrower left open, so that the next one finds nothing of it. */
  async #tidy(lease: SqliteLease, engine: SqliteEngine, broken: boolean): Promise<void> {
    try {
      if (engine.usable && engine.inTransaction) await engine.script("ROLLBACK");
      if (lease.readOnly) await engine.script("PRAGMA query_only = OFF");
      lease.readOnly = false;
      // Closed, a database in memory would be lost.
      if (broken && !this.#engines.single) await engine.close();
    } catch {
      await engine.close();
    }
    this.#handOn(lease, engine);
  }

  #handOn(lease: SqliteLease, engine: SqliteEngine): void {
    if (this.#turns.holder === lease) this.#turns.end(lease);
    else this.#engines.giveReader(engine);
    this.#returned();
  }

  #returned(): void {
    this.#lent--;
    if (this.#lent === 0) this.#allReturned?.();
  }

  async #shutDown(grace: number): Promise<void> {
    if (this.#lent > 0) await this.#untilReturned(grace);
    this.#turns.close();
    await this.#engines.close();
    await this.#writer?.close();
    this.#writer = undefined;
  }

  /** What waits for its turn was asked for before the end, and still gets it. */
  #untilReturned(grace: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, grace);
      this.#allReturned = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function notLent(): LimpidError {
  return new LimpidError(
    "LMP_ORM_TRANSACTION_INVALID",
    "A transaction was begun on a connection that is not lent.",
    {
      expected: "a connection that acquire gave and release did not take back",
      fix: "Begin transactions through the database or a session.",
    },
  );
}

function notForWriting(): LimpidError {
  return new LimpidError("LMP_ORM_TRANSACTION_INVALID", "A writing transaction was begun on a reader.", {
    expected: 'a connection from acquire("write")',
    found: 'one from acquire("read")',
    fix: "Ask for a connection to write, or begin the transaction with readOnly: true.",
  });
}
