/**
 * The process that holds the port and looks after the workers: starts and replaces them, and ends with them.
 *
 * Connections go through `node:cluster`, round robin. Measured by `bench/workers/scheduling.ts` (the table is beside
 * it): every worker gets as many connections as the next, which a handle that all accept from and SO_REUSEPORT both
 * miss by far; nothing is lost while workers are replaced, where SO_REUSEPORT loses what waits in the queue of the one
 * that leaves; and it works on unix sockets and on macOS. It costs some 50 microseconds of this process a connection,
 * nothing a request. `NODE_CLUSTER_SCHED_POLICY=none` has all accept from one handle instead.
 */
import cluster from "node:cluster";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Logger } from "../../log/index.ts";
import type { ServerOptions } from "../../server/index.ts";
import { rounded } from "../status/process-report.ts";
import type { Status } from "../status/status.ts";
import { GRACE } from "../until-stopped.ts";
import type { Orders } from "./messages.ts";
import { Slot } from "./slot.ts";
import { type Started, WorkerProcess } from "./worker-process.ts";

/** Milliseconds that close hooks have behind the last request before a worker is ended by force. */
const HOOKS = 10_000;

const workerMain = fileURLToPath(new URL(`./worker-main${extname(import.meta.url)}`, import.meta.url));

/** The primary of `limpid start --workers`. */
export class Primary {
  readonly #orders: Orders;
  readonly #log: Logger;
  readonly #slots: Slot[];
  #url = "";
  #reloads = 0;
  /** Workers are being started or replaced; what is asked for meanwhile is done behind it. */
  #busy = false;
  #again = false;
  #stopping = false;

  constructor(count: number, orders: Orders, log: Logger) {
    this.#orders = orders;
    this.#log = log;
    this.#slots = Array.from({ length: count }, () => new Slot(() => this.#fork(), log));
    // Whichever way this process ends, nobody serves behind its back.
    process.once("exit", () => this.#killAll());
  }

  /** Where the workers listen, as a URL. */
  get url(): string {
    return this.#url;
  }

  /** Whether it was told to stop. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Starts the workers. Resolves, when all have tried, to how the first one started. */
  async start(): Promise<Started> {
    return this.#exclusively(() => this.#startAll());
  }

  /** Replaces the workers one after the other. A call while they start or are replaced has it done once more. */
  reload(): void {
    if (this.#stopping) return;
    if (this.#busy) this.#again = true;
    else void this.#exclusively(() => this.#replaceAll());
  }

  /** Ends all workers at the same time. Rejects where one of them did not end well. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    this.#stopping = true;
    const limit = this.#orders.pause + GRACE + HOOKS;
    const codes = await Promise.all(this.#slots.map((slot) => slot.stop(signal, limit)));
    if (codes.some((code) => code !== 0)) throw new Error("A worker did not end well.");
  }

  async status(): Promise<Status> {
    const workers = await Promise.all(this.#slots.map((slot) => slot.status()));
    return {
      pid: process.pid,
      application: this.#orders.application,
      url: this.#url,
      uptime: rounded(process.uptime(), 1),
      reloads: this.#reloads,
      restarts: this.#slots.reduce((sum, slot) => sum + slot.restarts, 0),
      workers: workers.flat(),
    };
  }

  #fork(): WorkerProcess {
    cluster.setupPrimary({
      exec: workerMain,
      args: [JSON.stringify({ ...this.#orders, options: this.#where() })],
    });
    return new WorkerProcess(cluster.fork());
  }

  /**
   * Where a new worker is to listen. Any free port is the same one for all while one of them lives; behind the last
   * one it would be another.
   */
  #where(): ServerOptions {
    const { options } = this.#orders;
    if (options.port !== 0 || this.#url === "") return options;
    const alive = this.#slots.some((slot) => [...slot.processes].some(({ state }) => state === "ready"));
    return alive ? options : { ...options, port: Number(new URL(this.#url).port) };
  }

  async #exclusively<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#busy = true;
    this.#again = false;
    const value = await work();
    this.#busy = false;
    if (this.#again) this.reload();
    return value;
  }

  /**
   * The first worker starts alone, because what keeps it from serving would keep all of them, and because one has to
   * clear away a unix socket that was left behind.
   */
  async #startAll(): Promise<Started> {
    const [first, ...others] = this.#slots;
    const started = (await first?.start()) as Started;
    if (!started.ready) return started;
    this.#url = started.url;
    await Promise.all(
      others.map(async (slot) => {
        const other = await slot.start();
        if (other.ready || this.#stopping) return;
        this.#log.error({ found: other.text }, "a worker could not be started");
        slot.respawn();
      }),
    );
    return started;
  }

  async #replaceAll(): Promise<void> {
    const begun = performance.now();
    this.#log.info("reloading");
    for (const [index, slot] of this.#slots.entries()) {
      const started = await slot.replace();
      if (this.#stopping) return;
      if (!started.ready) {
        const rest = this.#slots.length - index;
        this.#log.error(
          { found: started.text },
          `the reload failed; ${rest} of ${this.#slots.length} workers go on as they were`,
        );
        return;
      }
    }
    this.#reloads++;
    this.#log.info({ milliseconds: Math.round(performance.now() - begun) }, "reloaded");
  }

  #killAll(): void {
    for (const slot of this.#slots) {
      for (const worker of slot.processes) worker.signal("SIGKILL");
    }
  }
}
