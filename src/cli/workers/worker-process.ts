/** One worker as the primary sees it: its state, its messages, and its end. */
import type { Worker } from "node:cluster";
import type { ProcessReport } from "../status/process-report.ts";
import type { WorkerState } from "../status/status.ts";
import { isOurs, type ToPrimary, type ToWorker } from "./messages.ts";

/** How a start went. */
export type Started =
  | { readonly ready: true; readonly url: string }
  | { readonly ready: false; readonly text: string; readonly code: number };

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly signal: string | undefined;
}

/** Milliseconds to wait for a report; a worker whose event loop is blocked gives none. */
const REPORT_PATIENCE = 2_000;

/** The process of a worker. */
export class WorkerProcess {
  /** Resolves when the worker serves, or is known not to. */
  readonly started: Promise<Started>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<Ended>;
  readonly #worker: Worker;
  readonly #starting: PromiseWithResolvers<Started> = Promise.withResolvers();
  readonly #ending: PromiseWithResolvers<Ended> = Promise.withResolvers();
  #state: WorkerState = "starting";
  #readySince: number | undefined;
  #code: number | undefined;
  #reports: ((report: ProcessReport | undefined) => void)[] = [];

  constructor(worker: Worker) {
    this.#worker = worker;
    this.started = this.#starting.promise;
    this.ended = this.#ending.promise;
    worker.on("message", (message) => this.#take(message));
    // A worker that has just died cannot be written to; `exit` tells of it.
    worker.on("error", () => {});
    worker.on("exit", (code, signal) => this.#end(code, signal));
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0;
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** Milliseconds that it has served for. */
  get served(): number {
    return this.#readySince === undefined ? 0 : performance.now() - this.#readySince;
  }

  /** Asks for the figures of the process; undefined where it does not tell. */
  report(): Promise<ProcessReport | undefined> {
    if (this.#state === "starting") return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<ProcessReport | undefined>();
    const timer = setTimeout(resolve, REPORT_PATIENCE, undefined);
    this.#reports.push((report) => {
      clearTimeout(timer);
      resolve(report);
    });
    this.#tell({ limpid: "report" });
    return promise;
  }

  /** Has it end what has begun; resolves when the process has ended, by force after `limit` milliseconds. */
  async drain(limit: number): Promise<Ended> {
    this.#tell({ limpid: "drain" });
    return this.endedWithin(limit);
  }

  /** Passes on a signal that the primary was sent. */
  signal(signal: NodeJS.Signals): void {
    this.#worker.process.kill(signal);
  }

  /** Waits for the end of the process and brings it about after `limit` milliseconds. */
  async endedWithin(limit: number): Promise<Ended> {
    const timer = setTimeout(() => this.signal("SIGKILL"), limit);
    const ended = await this.ended;
    clearTimeout(timer);
    return ended;
  }

  #take(message: unknown): void {
    if (!isOurs<ToPrimary>(message)) return;
    switch (message.limpid) {
      case "ready":
        this.#state = "ready";
        this.#readySince = performance.now();
        this.#starting.resolve({ ready: true, url: message.url });
        break;
      case "failed":
        this.#starting.resolve({ ready: false, text: message.text, code: message.code });
        break;
      case "draining":
        this.#state = "draining";
        break;
      case "report":
        this.#reports.shift()?.(message.report);
        break;
      case "done":
        this.#code = message.code;
        this.#tell({ limpid: "exit" });
    }
  }

  #tell(message: ToWorker): void {
    if (this.#worker.isConnected()) this.#worker.send(message);
  }

  #end(code: number | null, signal: string | null): void {
    const ended: Ended = { code: this.#code ?? (signal ? 1 : (code ?? 1)), signal: signal ?? undefined };
    const how = ended.signal === undefined ? `with exit code ${ended.code}` : `by ${ended.signal}`;
    const text = `A worker ended ${how} before it served.`;
    this.#starting.resolve({ ready: false, text, code: ended.code || 1 });
    for (const answer of this.#reports) answer(undefined);
    this.#ending.resolve(ended);
  }
}
