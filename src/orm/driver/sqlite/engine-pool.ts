/** Engines of one kind, opened as they are needed, each lent to one borrower at a time. */
import { ServiceUnavailableError } from "../../../errors/index.ts";
import { poolClosed } from "../pool/pool-errors.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";

interface Waiter {
  readonly timer: NodeJS.Timeout;
  readonly resolve: (engine: SqliteEngine | Promise<SqliteEngine>) => void;
  readonly reject: (error: unknown) => void;
}

export class EnginePool {
  readonly #open: () => SqliteEngine | Promise<SqliteEngine>;
  readonly #maximum: number;
  readonly #acquireTimeout: number;
  readonly #idle: SqliteEngine[] = [];
  readonly #waiting = new Set<Waiter>();
  /** Those that are lent, too. */
  readonly #engines = new Set<SqliteEngine>();
  #opening = 0;
  #closed = false;

  constructor(open: () => SqliteEngine | Promise<SqliteEngine>, maximum: number, acquireTimeout: number) {
    this.#open = open;
    this.#maximum = maximum;
    this.#acquireTimeout = acquireTimeout;
  }

  status(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    return { open: this.#engines.size, idle: this.#idle.length, waiting: this.#waiting.size };
  }

  /** Rejects with `LMP_ORM_POOL_TIMEOUT`. */
  take(): SqliteEngine | Promise<SqliteEngine> {
    for (let engine = this.#idle.pop(); engine !== undefined; engine = this.#idle.pop()) {
      if (engine.usable) return engine;
      this.#engines.delete(engine);
    }
    return this.#engines.size + this.#opening < this.#maximum ? this.#openOne() : this.#wait();
  }

  /** One that broke is closed, and another opened for whoever waits. */
  give(engine: SqliteEngine): void {
    if (!engine.usable || this.#closed) {
      this.#engines.delete(engine);
      void engine.close();
      if (this.#closed) return;
    }
    const [waiter] = this.#waiting;
    if (waiter === undefined) {
      if (engine.usable) this.#idle.push(engine);
      return;
    }
    this.#waiting.delete(waiter);
    clearTimeout(waiter.timer);
    waiter.resolve(engine.usable ? engine : this.#openLater());
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting) {
      clearTimeout(waiter.timer);
      waiter.reject(poolClosed());
    }
    this.#waiting.clear();
    this.#idle.length = 0;
    await Promise.all([...this.#engines].map((engine) => engine.close()));
    this.#engines.clear();
  }

  #openOne(): SqliteEngine | Promise<SqliteEngine> {
    const engine = this.#open();
    if (engine instanceof Promise) return this.#opened(engine);
    this.#engines.add(engine);
    return engine;
  }

  async #opened(opening: Promise<SqliteEngine>): Promise<SqliteEngine> {
    this.#opening++;
    try {
      const engine = await opening;
      this.#engines.add(engine);
      return engine;
    } finally {
      this.#opening--;
    }
  }

  /** As a promise, so that its failure is that of the waiter. */
  async #openLater(): Promise<SqliteEngine> {
    return this.#openOne();
  }

  #wait(): Promise<SqliteEngine> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(this.#timeout());
      }, this.#acquireTimeout);
      const waiter: Waiter = { timer, resolve, reject };
      this.#waiting.add(waiter);
    });
  }

  #timeout(): ServiceUnavailableError {
    return new ServiceUnavailableError("No connection to the database became free in time.", {
      code: "LMP_ORM_POOL_TIMEOUT",
      expected: `a free reader within ${this.#acquireTimeout} ms`,
      found: `${this.#engines.size} in use, by streams, reading transactions or slow queries; ${this.#waiting.size} more waiting`,
      fix: "End streams sooner, look for slow statements, or raise pool.maximum or threads.",
      headers: { "Retry-After": "1" },
    });
  }
}
