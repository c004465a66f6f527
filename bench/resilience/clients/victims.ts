/** Well-behaved clients at a constant rate, whose latency counts from the moment a request was due. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Latencies, latencies, sleep } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { Dialled } from "./dialled.ts";
import { sourceAddress } from "./source-address.ts";

/** What a script gives to `begin`. */
export interface VictimsLoad {
  readonly port: number;
  readonly clients: number;
  /** Requests a second of all clients together. */
  readonly rate: number;
}

const NET = 9;
/** A request without an answer for this long is an error. */
const PATIENCE = 10_000;
const request = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: victim\r\nAccept: */*\r\n\r\n";

const taken: number[] = [];
const errors = new Map<string, number>();
let stopping = false;
let pace: NodeJS.Timeout | undefined;
let inFlight = 0;
const ownDelay = monitorEventLoopDelay({ resolution: 5 });

class Victim {
  readonly #load: VictimsLoad;
  readonly #from: string;
  readonly #due: number[] = [];
  #dialled: Dialled | undefined;
  #busy = false;

  constructor(load: VictimsLoad, number: number) {
    this.#load = load;
    this.#from = sourceAddress(NET, number);
  }

  async dial(): Promise<void> {
    this.#dialled = await Dialled.dial({ port: this.#load.port, from: this.#from });
  }

  request(due: number): void {
    this.#due.push(due);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let due = this.#due.shift(); due !== undefined; due = this.#due.shift()) {
      inFlight++;
      try {
        await this.#exchange(due);
      } catch (error) {
        count(error instanceof Error ? error.message : String(error));
      }
      inFlight--;
    }
    this.#busy = false;
  }

  async #exchange(due: number): Promise<void> {
    if (!this.#dialled?.open) await this.dial();
    const late = setTimeout(() => this.#dialled?.close(), PATIENCE);
    const outcome = await this.#dialled?.request(request);
    clearTimeout(late);
    taken.push(performance.now() - due);
    if (outcome === undefined) return;
    if ("lost" in outcome) count(`lost: ${outcome.code}`);
    else if (outcome.status !== 200 || outcome.text !== "hello") count(`status ${outcome.status}`);
  }
}

function count(what: string): void {
  errors.set(what, (errors.get(what) ?? 0) + 1);
}

perform({
  async begin(load: VictimsLoad): Promise<void> {
    const victims = Array.from({ length: load.clients }, (_, number) => new Victim(load, number));
    for (const victim of victims) await victim.dial();
    const begun = performance.now();
    let sent = 0;
    ownDelay.enable();
    pace = setInterval(() => {
      const now = performance.now();
      for (; begun + (sent * 1000) / load.rate <= now && !stopping; sent++) {
        victims[sent % victims.length]?.request(begun + (sent * 1000) / load.rate);
      }
    }, 1);
  },
  /** Gives what has been measured so far, and forgets it. */
  reset(): Latencies {
    const before = latencies(taken);
    taken.length = 0;
    errors.clear();
    ownDelay.reset();
    return before;
  },
  async finish() {
    stopping = true;
    clearInterval(pace);
    for (const end = performance.now() + PATIENCE; inFlight > 0 && performance.now() < end; ) await sleep(20);
    const failed = [...errors.values()].reduce((sum, one) => sum + one, 0);
    return {
      requests: taken.length,
      errors: failed + inFlight,
      kinds: Object.fromEntries(errors),
      ...latencies(taken),
      /** How late this process itself was: what of the latency is not the server's. */
      ownP99: ownDelay.percentile(99) / 1e6 - 5,
    };
  },
});
