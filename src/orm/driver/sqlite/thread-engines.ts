/** Connections in worker threads: one writes, the others read, and a slow query blocks none but its own thread. */
import { ServiceUnavailableError } from "../../../errors/index.ts";
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement } from "../driver.ts";
import { EnginePool } from "./engine-pool.ts";
import { inMemory, type Role } from "./open-database.ts";
import type { SqliteEngine, SqliteEngines } from "./sqlite-engine.ts";
import { WorkerEngine, type WorkerSettings } from "./worker-engine.ts";

export interface ThreadSettings extends Omit<WorkerSettings, "role"> {
  /** With the writer; a reader there is always. */
  readonly threads: number;
  readonly acquireTimeout: number;
}

/** For each thread there may be so many that are left to themselves, less the thread itself. */
const MOST_LEFT = 3;

export class ThreadEngines implements SqliteEngines {
  readonly single: boolean;
  readonly maximum: number;
  readonly #settings: ThreadSettings;
  readonly #readers: EnginePool;
  readonly #crew: ReaderCrew;
  #writer: SqliteEngine | undefined;
  /** Threads that run, with those that were left to a statement whose time is over. */
  #threads = 0;

  constructor(settings: ThreadSettings) {
    this.#settings = settings;
    this.single = settings.path === inMemory;
    this.maximum = this.single ? 1 : Math.max(2, settings.threads);
    this.#readers = new EnginePool(() => this.#start("reader"), this.maximum - 1, settings.acquireTimeout);
    this.#crew = new ReaderCrew(this.#readers);
  }

  async openWriter(): Promise<SqliteEngine> {
    this.#writer = await this.#start("writer");
    return this.#writer;
  }

  sharedReader(): SqliteEngine {
    return this.single && this.#writer !== undefined ? this.#writer : this.#crew;
  }

  takeReader(): SqliteEngine | Promise<SqliteEngine> {
    return this.#readers.take();
  }

  giveReader(engine: SqliteEngine): void {
    this.#readers.give(engine);
  }

  status(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    return this.#readers.status();
  }

  close(): Promise<void> {
    return this.#readers.close();
  }

  async #start(role: Role): Promise<SqliteEngine> {
    const { path, busyTimeout, statementTimeout } = this.#settings;
    if (this.#threads >= this.maximum * MOST_LEFT) throw tooManyLeft(this.#threads);
    this.#threads++;
    const exited = (): void => void this.#threads--;
    return WorkerEngine.open({ path, role, busyTimeout, statementTimeout }, exited);
  }
}

function tooManyLeft(threads: number): ServiceUnavailableError {
  return new ServiceUnavailableError("No connection to the database became free in time.", {
    code: "LMP_ORM_POOL_TIMEOUT",
    expected: "threads whose statements end",
    found: `${threads} threads, most of them busy with statements whose time is over`,
    fix: "Look for what makes statements slow; SQLite cannot interrupt them here.",
    headers: { "Retry-After": "1" },
  });
}

/** The readers as one: every query goes to a thread that is free, or waits for the first that will be. */
class ReaderCrew implements SqliteEngine {
  readonly inTransaction = false;
  readonly usable = true;
  readonly #readers: EnginePool;

  constructor(readers: EnginePool) {
    this.#readers = readers;
  }

  rows(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow[]> {
    return this.#with((reader) => reader.rows(statement, values));
  }

  row(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow | undefined> {
    return this.#with((reader) => reader.row(statement, values));
  }

  write(statement: DriverStatement, values: DriverValue[]): Promise<never> {
    // A reader refuses it, and says so in SQLite's words.
    return this.#with((reader) => reader.write(statement, values)) as Promise<never>;
  }

  script(sql: string): Promise<void> {
    return this.#with((reader) => reader.script(sql));
  }

  async *portions(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const reader = await this.#readers.take();
    try {
      yield* reader.portions(statement, values, size);
    } finally {
      this.#readers.give(reader);
    }
  }

  close(): void {}

  async #with<Result>(run: (reader: SqliteEngine) => Result | Promise<Result>): Promise<Result> {
    const reader = await this.#readers.take();
    try {
      return await run(reader);
    } finally {
      this.#readers.give(reader);
    }
  }
}
