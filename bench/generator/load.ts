/** Load on one server: connections, what they send in turn, and what is counted while it is measured. */
import { setTimeout as sleep } from "node:timers/promises";
import { cpuBetween, cpuTime } from "../measure/cpu-time.ts";
import { firstId, type Scenario } from "../scenarios.ts";
import { Histogram } from "./histogram.ts";
import { LoadConnection } from "./load-connection.ts";
import type { Probe } from "./probe.ts";

/** What a measurement found; times in microseconds. */
export interface Measurement {
  requests: number;
  requestsPerSecond: number;
  cpuPerRequest: number;
  p50: number;
  p99: number;
  /** All requests that were answered, also before and behind the time that was measured. */
  answered: number;
}

/** How long the load runs before anything is counted, in milliseconds. */
const lead = 150;
/** Batches of a pipelined scenario; each has many requests. */
const pipelinedBatches = 512;

/** The requests of a scenario in buffers, as they are written. */
export function batchesOf(scenario: Scenario): Buffer[] {
  const { variants, depth } = scenario;
  const count = depth === 1 ? variants : Math.min(variants, pipelinedBatches);
  return Array.from({ length: count }, (_, batch) =>
    Buffer.from(
      Array.from({ length: depth }, (_, index) =>
        scenario.request(firstId + ((batch * depth + index) % variants)),
      ).join(""),
    ),
  );
}

/** Closed-loop load: each connection waits for its responses before it sends again. */
export class Load {
  readonly port: number;
  readonly chunked: boolean;
  readonly responseLength: number;
  readonly batchLength: number;
  readonly #batches: readonly Buffer[];
  readonly #depth: number;
  readonly #histogram = new Histogram();
  readonly #failure = Promise.withResolvers<never>();
  #next = 0;
  #requests = 0;
  #answered = 0;

  constructor(port: number, scenario: Scenario, batches: readonly Buffer[], first: Probe) {
    this.port = port;
    this.chunked = first.chunked;
    this.responseLength = first.length;
    this.batchLength = first.length * scenario.depth;
    this.#batches = batches;
    this.#depth = scenario.depth;
    // It is awaited only while a measurement runs.
    this.#failure.promise.catch(() => {});
  }

  /** Runs for so many seconds over so many connections; the process is the server's. */
  async run(connections: number, seconds: number, pid: number): Promise<Measurement> {
    const open = Array.from({ length: connections }, () => new LoadConnection(this));
    try {
      return await Promise.race([this.#measure(seconds, pid), this.#failure.promise]);
    } finally {
      for (const connection of open) connection.close();
    }
  }

  async #measure(seconds: number, pid: number): Promise<Measurement> {
    await sleep(lead);
    this.#histogram.clear();
    this.#requests = 0;
    const cpuBefore = cpuTime(pid);
    const begin = performance.now();
    await sleep(seconds * 1000);
    const requests = this.#requests;
    const cpu = cpuBetween(cpuBefore, cpuTime(pid));
    const elapsed = (performance.now() - begin) / 1000;
    if (requests === 0) throw new Error(`Port ${this.port} answered nothing in ${seconds} s.`);
    return {
      requests,
      requestsPerSecond: requests / elapsed,
      cpuPerRequest: cpu / requests,
      p50: this.#histogram.percentile(0.5),
      p99: this.#histogram.percentile(0.99),
      answered: this.#answered,
    };
  }

  /** What the next connection that is ready sends. */
  nextBatch(): Buffer {
    const batch = this.#batches[this.#next]!;
    this.#next = this.#next + 1 === this.#batches.length ? 0 : this.#next + 1;
    return batch;
  }

  /** A batch was answered, so many milliseconds after it was sent. */
  record(milliseconds: number): void {
    this.#requests += this.#depth;
    this.#answered += this.#depth;
    this.#histogram.record(milliseconds * 1000, this.#depth);
  }

  /** Ends the measurement with an error. */
  fail(error: Error): void {
    this.#failure.reject(error);
  }
}
