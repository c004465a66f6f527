/** A connection in a worker thread, as this thread sees it: orders go out, replies come back. */
import type { Worker } from "node:worker_threads";
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement, WriteResult } from "../driver.ts";
import { CommitGuard } from "./commit-guard.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";
import { type Reply, type Task, unpackError, type WorkerStart } from "./worker-messages.ts";

interface Pending {
  /** Whether the order may be ended when it takes too long. */
  readonly limited: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface WorkerSettings extends Omit<WorkerStart, "guard"> {
  /** Milliseconds after which a statement is ended, and its thread with it; 0 for never. */
  readonly statementTimeout: number;
}

export class WorkerEngine implements SqliteEngine {
  readonly #worker: Worker;
  readonly #guard: CommitGuard;
  readonly #statementTimeout: number;
  /** In the order of sending, which is that of the replies. */
  readonly #pending = new Map<number, Pending>();
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #inTransaction = false;
  #unlimited = false;
  #ended = false;

  /** Starts a worker and resolves when its connection is open. `exited` is called when its thread is gone. */
  static async open(
    { statementTimeout, ...start }: WorkerSettings,
    exited: () => void,
  ): Promise<WorkerEngine> {
    const guard = new CommitGuard();
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    // The built layer is one file in its folder, and the worker another one beside it.
    const program = new URL(
      `./sqlite-worker.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`,
      import.meta.url,
    );
    const worker = new Worker(program, {
      workerData: { ...start, guard: guard.memory } satisfies WorkerStart,
    });
    worker.once("exit", exited);
    const engine = new WorkerEngine(worker, guard, statementTimeout);
    await engine.#opened();
    return engine;
  }

  constructor(worker: Worker, guard: CommitGuard, statementTimeout: number) {
    this.#worker = worker;
    this.#guard = guard;
    this.#statementTimeout = statementTimeout;
    worker.on("message", (reply: Reply) => this.#receive(reply));
    worker.on("error", (error) => this.#end(lost(error)));
    worker.on("exit", () => this.#end(lost(undefined)));
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  get usable(): boolean {
    return !this.#ended;
  }

  rows(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow[]> {
    return this.#order({ kind: "rows", statement, values }) as Promise<DriverRow[]>;
  }

  row(statement: DriverStatement, values: DriverValue[]): Promise<DriverRow | undefined> {
    return this.#order({ kind: "row", statement, values }) as Promise<DriverRow | undefined>;
  }

  write(statement: DriverStatement, values: DriverValue[]): Promise<WriteResult> {
    return this.#order({ kind: "write", statement, values }) as Promise<WriteResult>;
  }

  async script(sql: string): Promise<void> {
    await this.#order({ kind: "script", sql });
  }

  setUnlimited(unlimited: boolean): void {
    this.#unlimited = unlimited;
  }

  /** The worker reads a portion when the one before has been used up. */
  async *portions(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const stream = this.#last + 1;
    await this.#order({ kind: "stream", stream, statement, values, size });
    try {
      for (;;) {
        const portion = (await this.#order({ kind: "next", stream })) as DriverRow[] | undefined;
        if (portion === undefined) return;
        yield portion;
      }
    } finally {
      if (!this.#ended) await this.#order({ kind: "end", stream });
    }
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    // What still runs has had its time; SQLite rolls back what is not committed.
    const isBusy = this.#pending.size > 0;
    if (!isBusy) await this.#order({ kind: "close" }).catch(() => undefined);
    this.#end(lost(undefined));
    const terminated = this.#worker.terminate();
    if (!isBusy) await terminated;
  }

  #opened(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(0, { limited: false, resolve, reject });
    });
  }

  #order(task: Task): Promise<unknown> {
    if (this.#ended) return Promise.reject(lost(undefined));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const limited = task.kind !== "script" && task.kind !== "close";
      // A program waits for its queries to end, and not for idle threads.
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(id, { limited, resolve, reject });
      if (this.#pending.size === 1) this.#setTimer();
      this.#worker.postMessage({ id, task });
    });
  }

  #receive({ id, value, error, inTransaction }: Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#inTransaction = inTransaction;
    if (this.#pending.size === 0) this.#worker.unref();
    this.#setTimer();
    if (error === undefined) pending?.resolve(value);
    else pending?.reject(unpackError(error));
  }

  /** The time of an order counts from when the one before is done. */
  #setTimer(): void {
    clearTimeout(this.#timer);
    const [first] = this.#pending.values();
    if (first?.limited !== true || this.#unlimited || this.#statementTimeout === 0) return;
    this.#timer = setTimeout(() => this.#expire(), this.#statementTimeout);
  }

  /** node:sqlite cannot interrupt a statement: its thread is left to itself and ends when the statement does. */
  #expire(): void {
    if (this.#guard.cancel()) {
      this.#end(interrupted(this.#statementTimeout));
      void this.#worker.terminate();
    } else {
      this.#setTimer();
    }
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#inTransaction = false;
    clearTimeout(this.#timer);
    this.#worker.unref();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** As SQLite names what was interrupted. */
function interrupted(statementTimeout: number): Error {
  const message = `interrupted: the statement ran longer than ${statementTimeout} ms`;
  return Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR", errcode: 9 });
}

/** As node:sqlite names a connection that is closed. */
function lost(cause: unknown): Error {
  const error = new Error("The thread of the connection has ended; the database is not open.", { cause });
  return Object.assign(error, { code: "ERR_INVALID_STATE" });
}
