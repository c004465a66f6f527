/** Connections in this thread: one writer, one reader for everybody, and readers for streams and transactions. */
import { EnginePool } from "./engine-pool.ts";
import { inMemory, openDatabase } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import type { SqliteEngine, SqliteEngines } from "./sqlite-engine.ts";

/** SQLite itself waits for nothing here: that would stop the event loop. */
const busyTimeout = 0;

export class LocalEngines implements SqliteEngines {
  readonly single: boolean;
  readonly maximum: number;
  readonly #path: string;
  readonly #own: EnginePool;
  #writer: SqliteConnection | undefined;
  #shared: SqliteConnection | undefined;

  constructor(path: string, maximum: number, acquireTimeout: number) {
    this.#path = path;
    this.single = path === inMemory;
    this.maximum = this.single ? 1 : Math.max(3, maximum);
    this.#own = new EnginePool(() => this.#openReader(), this.maximum - 2, acquireTimeout);
  }

  openWriter(): SqliteEngine {
    this.#writer = new SqliteConnection(openDatabase(this.#path, "writer", busyTimeout));
    return this.#writer;
  }

  sharedReader(): SqliteEngine {
    if (this.single && this.#writer !== undefined) return this.#writer;
    this.#shared ??= this.#openReader();
    return this.#shared;
  }

  takeReader(): SqliteEngine | Promise<SqliteEngine> {
    return this.#own.take();
  }

  giveReader(engine: SqliteEngine): void {
    this.#own.give(engine);
  }

  status(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    const own = this.#own.status();
    const shared = this.#shared === undefined ? 0 : 1;
    return { open: own.open + shared, idle: own.idle + shared, waiting: own.waiting };
  }

  async close(): Promise<void> {
    await this.#own.close();
    this.#shared?.close();
    this.#shared = undefined;
  }

  #openReader(): SqliteConnection {
    return new SqliteConnection(openDatabase(this.#path, "reader", busyTimeout));
  }
}
