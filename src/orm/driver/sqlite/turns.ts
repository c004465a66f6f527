/** The queue for SQLite's one writer: one borrower at a time, in the order of asking. */
import { ServiceUnavailableError } from "../../../errors/index.ts";
import { type Borrower, borrower, borrowingLine } from "../pool/borrower.ts";
import { poolClosed } from "../pool/pool-errors.ts";

/** Whoever has the turn; whether it has a transaction open decides who waits for it. */
export interface Holder {
  readonly inTransaction: boolean;
}

interface Waiter {
  /** Nobody who takes the turn: a reader that only waits until no transaction is open. */
  readonly holder: Holder | undefined;
  readonly borrower: Borrower | undefined;
  readonly timer: NodeJS.Timeout;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface TurnSettings {
  readonly acquireTimeout: number;
  readonly leakAfter: number;
}

export class Turns {
  readonly #settings: TurnSettings;
  readonly #reportsLeaks = process.env.NODE_ENV !== "production";
  readonly #waiting = new Set<Waiter>();
  #holder: Holder | undefined;
  #since = 0;
  #borrower: Borrower | undefined;
  #reported = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(settings: TurnSettings) {
    this.#settings = settings;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get holder(): Holder | undefined {
    return this.#holder;
  }

  /** Takes the turn: at once, or when the promise resolves. Rejects with `LMP_ORM_POOL_TIMEOUT`. */
  take(holder: Holder, briefly = false): void | Promise<void> {
    const by = this.#reportsLeaks && !briefly ? borrower(this.take) : undefined;
    if (this.#holder !== undefined || this.#waiting.size > 0) return this.#wait(holder, by);
    this.#grant(holder, by);
  }

  /** Waits until no transaction of another is open. */
  pass(): void | Promise<void> {
    if (this.#holder?.inTransaction === true) return this.#wait(undefined, undefined);
  }

  /** Gives the turn to whoever waits longest. */
  end(holder: Holder): void {
    if (this.#holder !== holder) return;
    this.#holder = undefined;
    this.#borrower = undefined;
    this.serve();
  }

  /** Lets those pass who wait only for the end of a transaction, and the next take the turn. */
  serve(): void {
    for (const waiter of this.#waiting) {
      const blocked = waiter.holder === undefined ? this.#holder?.inTransaction : this.#holder !== undefined;
      if (blocked === true) return;
      this.#waiting.delete(waiter);
      clearTimeout(waiter.timer);
      if (waiter.holder !== undefined) this.#grant(waiter.holder, waiter.borrower);
      waiter.resolve();
    }
  }

  /** Sends everybody away who waits. */
  close(): void {
    clearInterval(this.#watch);
    for (const waiter of this.#waiting) {
      clearTimeout(waiter.timer);
      waiter.reject(poolClosed());
    }
    this.#waiting.clear();
  }

  #grant(holder: Holder, by: Borrower | undefined): void {
    this.#holder = holder;
    this.#since = performance.now();
    this.#borrower = by;
    this.#reported = false;
    if (this.#reportsLeaks) this.#watch ??= this.#startWatch();
  }

  #wait(holder: Holder | undefined, by: Borrower | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(this.#timeout());
      }, this.#settings.acquireTimeout);
      const waiter: Waiter = { holder, borrower: by, timer, resolve, reject };
      this.#waiting.add(waiter);
    });
  }

  #timeout(): ServiceUnavailableError {
    const line = this.#borrower === undefined ? "" : `, borrowed at ${borrowingLine(this.#borrower)}`;
    const what = this.#holder?.inTransaction === true ? "a transaction has been open" : "it has been in use";
    const lent = `${what} for ${Math.round(performance.now() - this.#since)} ms${line}`;
    return new ServiceUnavailableError(
      "The writing connection of the database did not become free in time.",
      {
        code: "LMP_ORM_POOL_TIMEOUT",
        expected: `the connection within ${this.#settings.acquireTimeout} ms`,
        found: `${lent}; ${this.#waiting.size} more waiting`,
        fix: "End transactions sooner: no waiting for a network within one, and no second session within the first.",
        headers: { "Retry-After": "1" },
      },
    );
  }

  /** One timer for all borrowers: one for each would cost more than a write in memory. */
  #startWatch(): NodeJS.Timeout {
    const { leakAfter } = this.#settings;
    return setInterval(() => this.#report(), Math.max(5, leakAfter / 4)).unref();
  }

  #report(): void {
    const elapsed = performance.now() - this.#since;
    if (this.#holder === undefined || this.#borrower === undefined || this.#reported) return;
    if (elapsed < this.#settings.leakAfter) return;
    this.#reported = true;
    const seconds = (elapsed / 1_000).toFixed(0);
    process.emitWarning(
      `The writing connection of the database has been held for ${seconds} s. It was borrowed at ${borrowingLine(this.#borrower)}.`,
      {
        type: "ConnectionLeakWarning",
        detail: "Close the session or end the transaction when its work is done.",
      },
    );
  }
}
