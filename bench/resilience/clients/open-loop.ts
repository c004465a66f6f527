/** Sends requests at a rate that does not depend on the answers, or as fast as they come; tells what each met. */
import { connect, type Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Latencies, latencies } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { ResponseReader } from "./response-reader.ts";

/** One phase of load. */
export interface Load {
  readonly port: number;
  readonly path: string;
  readonly seconds: number;
  /** Requests a second, at random moments. Without it each of the connections sends when it has its answer. */
  readonly rate?: number;
  /** Connections of a closed loop. */
  readonly connections?: number;
}

/** What a phase came to. */
export interface LoadResult {
  readonly sent: number;
  /** Answers with status 200, a second. */
  readonly goodput: number;
  readonly accepted: Latencies & { readonly count: number };
  readonly shed: Latencies & { readonly count: number };
  /** Anything else: another status, a connection that broke. */
  readonly errors: number;
  /** Answers with 503 that say when to come back. */
  readonly told: number;
  /** Milliseconds from the beginning of the phase to the last answer with 503. */
  readonly lastShed: number;
  /** How late this process itself was, which is in every latency. */
  readonly ownP99: number;
}

/** Connections that are open before a phase begins, so that it measures requests and not handshakes. */
const READY_CONNECTIONS = 1000;
/** More connections than a phase that the server keeps up with needs. */
const MOST_CONNECTIONS = 4000;

class Phase {
  readonly #load: Load;
  #begun = 0;
  #end = 0;
  readonly #request: Buffer;
  readonly #free: Client[] = [];
  readonly #all = new Set<Client>();
  readonly #accepted: number[] = [];
  readonly #shed: number[] = [];
  readonly #queue: number[] = [];
  #queued = 0;
  #sent = 0;
  #errors = 0;
  #told = 0;
  #lastShed = 0;

  constructor(load: Load) {
    this.#load = load;
    this.#request = Buffer.from(`GET ${load.path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  }

  async run(): Promise<LoadResult> {
    const { rate } = this.#load;
    const ready = Array.from({ length: READY_CONNECTIONS }, () => new Client(this.#load.port, this));
    for (const client of ready) {
      this.#all.add(client);
      await client.connected;
      this.#free.push(client);
    }
    const own = monitorEventLoopDelay({ resolution: 1 });
    own.enable();
    this.#begun = performance.now();
    this.#end = this.#begun + this.#load.seconds * 1000;
    if (rate === undefined)
      for (let n = 0; n < (this.#load.connections ?? 64); n++) this.#send(performance.now());
    let next = this.#begun;
    while (performance.now() < this.#end) {
      for (const now = performance.now(); rate !== undefined && next <= now; next += interval(rate))
        this.#send(next);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    own.disable();
    const late = performance.now() + 5000;
    while (this.#free.length < this.#all.size && performance.now() < late) await new Promise(setImmediate);
    this.#errors += this.#all.size - this.#free.length;
    for (const client of this.#all) client.close();
    const { seconds } = this.#load;
    return {
      sent: this.#sent,
      goodput: this.#accepted.length / seconds,
      accepted: { ...latencies(this.#accepted), count: this.#accepted.length },
      shed: { ...latencies(this.#shed), count: this.#shed.length },
      errors: this.#errors,
      told: this.#told,
      lastShed: this.#lastShed,
      ownP99: own.percentile(99) / 1e6,
    };
  }

  #send(due: number): void {
    this.#sent++;
    const client = this.#free.pop();
    if (client !== undefined) client.send(this.#request, due);
    else if (this.#all.size < MOST_CONNECTIONS) {
      const made = new Client(this.#load.port, this);
      this.#all.add(made);
      made.send(this.#request, due);
    } else this.#queue.push(due);
  }

  answered(client: Client, due: number, status: number, retry: boolean): void {
    const now = performance.now();
    if (status === 200) this.#accepted.push(now - due);
    else if (status === 503) {
      this.#shed.push(now - due);
      this.#lastShed = now - this.#begun;
      if (retry) this.#told++;
    } else this.#errors++;
    if (client.closed) this.#all.delete(client);
    else this.#free.push(client);
    if (this.#queued < this.#queue.length) this.#again(this.#queue[this.#queued++] ?? now);
    else if (this.#load.rate === undefined && now < this.#end) this.#send(now);
  }

  #again(due: number): void {
    this.#sent--;
    this.#send(due);
  }

  lost(client: Client, busy: boolean): void {
    if (busy) this.#errors++;
    this.#all.delete(client);
    const at = this.#free.indexOf(client);
    if (at >= 0) this.#free.splice(at, 1);
  }
}

/** One connection. */
class Client {
  closed = false;
  readonly connected: Promise<void>;
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  readonly #phase: Phase;
  #due: number | undefined;

  constructor(port: number, phase: Phase) {
    this.#phase = phase;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (bytes: Buffer) => this.#read(bytes));
    this.#socket.on("error", () => {});
    this.connected = new Promise((resolve) =>
      this.#socket.once("connect", resolve).once("close", () => resolve()),
    );
    this.#socket.on("close", () => {
      if (!this.closed) phase.lost(this, this.#due !== undefined);
    });
  }

  send(request: Buffer, due: number): void {
    this.#due = due;
    this.#socket.write(request);
  }

  close(): void {
    this.closed = true;
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    const retry = bytes.toString("latin1", 0, 300).includes("Retry-After: ");
    for (const { status, close } of this.#reader.push(bytes)) {
      const due = this.#due ?? 0;
      this.#due = undefined;
      if (close) this.close();
      this.#phase.answered(this, due, status, retry);
    }
  }
}

/** Milliseconds between two arrivals of many independent clients. */
function interval(rate: number): number {
  return (-Math.log(1 - Math.random()) * 1000) / rate;
}

perform({ load: (load: Load): Promise<LoadResult> => new Phase(load).run() });
