/** The place of one worker: which process serves in it, and which follows when that one ends or is replaced. */
import type { Logger } from "../../log/index.ts";
import { type WorkerStatus, workerStatus } from "../status/status.ts";
import { respawnDelay } from "./respawn-delay.ts";
import type { Started, WorkerProcess } from "./worker-process.ts";

/** Milliseconds of service after which an end is the first of a row again. */
const STEADY = 30_000;
/** Milliseconds that a replacement may take to load before it counts as failed. */
const START_LIMIT = 60_000;
/** Milliseconds that a worker may drain and run its close hooks for. */
const DRAIN_LIMIT = 30_000;

/** One of the workers, whatever process it is at the moment. */
export class Slot {
  readonly #fork: () => WorkerProcess;
  readonly #log: Logger;
  /** All processes of this place that run: the one that serves, its successor, and those that drain. */
  readonly #processes = new Set<WorkerProcess>();
  #current: WorkerProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** How many processes have ended by themselves, and how many of them in a row. */
  #restarts = 0;
  #endings = 0;
  #stopping = false;

  constructor(fork: () => WorkerProcess, log: Logger) {
    this.#fork = fork;
    this.#log = log;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** The processes that run. */
  get processes(): Iterable<WorkerProcess> {
    return this.#processes;
  }

  /** Starts the first process of this place. One that fails is not replaced by itself. */
  async start(): Promise<Started> {
    const fresh = this.#launch();
    const started = await fresh.started;
    if (started.ready) this.#install(fresh);
    return started;
  }

  /** Starts a process with fresh code, then drains the one that served. Where the fresh one fails, that one goes on. */
  async replace(): Promise<Started> {
    const fresh = this.#launch();
    const started = await startedWithin(fresh, START_LIMIT);
    if (!started.ready || this.#stopping) return started;
    const old = this.#current;
    clearTimeout(this.#timer);
    this.#endings = 0;
    this.#install(fresh);
    await old?.drain(DRAIN_LIMIT);
    return started;
  }

  /** Starts the next process after a while that grows with every end in a row. */
  respawn(): void {
    if (this.#stopping) return;
    this.#endings++;
    const milliseconds = respawnDelay(this.#endings);
    this.#log.warn({ milliseconds, endings: this.#endings }, "a worker will be started in place of another");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const fresh = this.#launch();
      this.#install(fresh);
      const started = await startedWithin(fresh, START_LIMIT);
      if (!started.ready) this.#log.error({ found: started.text }, "a worker could not be started");
    }, milliseconds);
  }

  /** Passes the signal on and waits for the end of all processes. Resolves to the worst of their exit codes. */
  async stop(signal: NodeJS.Signals, limit: number): Promise<number> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const ends = [...this.#processes].map(async (process) => {
      const loading = process.state === "starting";
      process.signal(signal);
      const ended = await process.endedWithin(limit);
      return loading ? 0 : ended.code;
    });
    return Math.max(0, ...(await Promise.all(ends)));
  }

  /** The figures of every process of this place. */
  async status(): Promise<WorkerStatus[]> {
    return Promise.all(
      [...this.#processes].map(async (process) => {
        const report = await process.report();
        return workerStatus({ pid: process.pid, state: process.state, restarts: this.#restarts }, report);
      }),
    );
  }

  #launch(): WorkerProcess {
    const process = this.#fork();
    this.#processes.add(process);
    void process.ended.then(({ code, signal }) => {
      this.#processes.delete(process);
      if (process !== this.#current || this.#stopping) return;
      this.#current = undefined;
      this.#restarts++;
      if (process.served > STEADY) this.#endings = 0;
      this.#log.error(
        { worker: process.pid, found: signal ?? `exit code ${code}` },
        "a worker ended by itself",
      );
      this.respawn();
    });
    return process;
  }

  #install(process: WorkerProcess): void {
    // One that has ended in the meantime is seen to have, because its end is told behind its start.
    this.#current = process;
  }
}

async function startedWithin(process: WorkerProcess, limit: number): Promise<Started> {
  const timer = setTimeout(() => process.signal("SIGKILL"), limit);
  const started = await process.started;
  clearTimeout(timer);
  return started;
}
