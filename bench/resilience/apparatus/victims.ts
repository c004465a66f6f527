/** The well-behaved clients beside the hostile ones, as a script sees them. */
import { Program } from "./program.ts";
import type { Options, Run } from "./script.ts";
import type { Latencies } from "./statistics.ts";

interface VictimsResult extends Latencies {
  readonly requests: number;
  readonly errors: number;
  readonly kinds: Record<string, number>;
  readonly ownP99: number;
}

/** 200 clients with 500 requests a second. */
export class Victims implements Disposable {
  readonly #program = new Program("clients/victims", { core: 1 });
  #before: Latencies | undefined;

  async begin(port: number, clients = 200, rate = 500): Promise<void> {
    await this.#program.ask("begin", { port, clients, rate });
  }

  /** What came before is warm-up. */
  async reset(): Promise<void> {
    this.#before = await this.#program.ask<Latencies>("reset");
  }

  /** Ends them and judges what they saw. */
  async judge(run: Run<Options>): Promise<void> {
    const result = await this.#program.ask<VictimsResult>("finish");
    run.atLeast("victims' requests", result.requests, 1, "requests");
    run.exactly("victims' errors", result.errors, 0, "requests");
    run.atMost("victims' p99", result.p99, 50, "ms");
    if (this.#before !== undefined) run.shown("victims' p99 when they were alone", this.#before.p99, "ms");
    run.shown("victims' p50", result.p50, "ms");
    run.shown("victims' slowest", result.max, "ms");
    run.shown("the victims' own event loop, p99", result.ownP99, "ms");
    if (result.errors > 0) run.note(`Errors of the victims: ${JSON.stringify(result.kinds)}`);
  }

  [Symbol.dispose](): void {
    this.#program[Symbol.dispose]();
  }
}
