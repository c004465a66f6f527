/** Hostile clients that dial again whenever they are cut off, and how long each was suffered. */
import { createConnection, type Socket } from "node:net";
import { latencies, percentile } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { openConnectionsTo } from "../apparatus/tcp-table.ts";
import { sourceAddress } from "./source-address.ts";

/** In what they are slow. */
export type Slowness = "headers" | "bodies" | "readers";

/** What a script gives to `begin`. */
export interface SlowLoad {
  readonly port: number;
  readonly slowness: Slowness;
  readonly clients: number;
  /** Milliseconds between two bytes of one client. */
  readonly interval: number;
  /** Whether a client that was cut off comes back. */
  readonly redial: boolean;
}

const NET = 1;
/** Dials a second while they arrive, so that the machine measures the server and not its own handshakes. */
const ARRIVALS = 1000;
/** Milliseconds between two walks over the clients; each walk serves those whose turn it is. */
const WALK = 20;
const head = "Host: localhost\r\nUser-Agent: slow\r\n";

const ages: number[] = [];
const answers = new Map<string, number>();
const failures = new Map<string, number>();
const clients: SlowClient[] = [];
let stopped = false;

class SlowClient {
  readonly #load: SlowLoad;
  readonly #number: number;
  #socket: Socket | undefined;
  #connectedAt = 0;
  /** When it became slow: when it had connected, or when the system took the last byte that it does not read. */
  #slowSince = 0;
  #unread = 0;
  #answer = "";
  /** Every other slow body stops altogether. */
  readonly #silent: boolean;

  constructor(load: SlowLoad, number: number) {
    this.#load = load;
    this.#number = number;
    this.#silent = load.slowness === "bodies" && number % 2 === 1;
  }

  get connected(): boolean {
    return this.#connectedAt > 0;
  }

  /** `address:port`, as the system's table has it. */
  get localEnd(): string {
    return `${this.#socket?.localAddress}:${this.#socket?.localPort}`;
  }

  dial(): void {
    const { port, slowness } = this.#load;
    const socket = createConnection({
      port,
      host: "127.0.0.1",
      localAddress: sourceAddress(NET, this.#number),
    });
    this.#socket = socket;
    this.#answer = "";
    if (slowness === "readers") socket.pause();
    else socket.on("data", (bytes: Buffer) => (this.#answer ||= bytes.toString("latin1", 9, 12)));
    socket.on("connect", () => {
      this.#connectedAt = performance.now();
      this.#slowSince = this.#connectedAt;
      socket.write(this.#beginning());
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (!this.connected) count(failures, error.code ?? error.message);
    });
    socket.on("close", () => this.cut());
  }

  #beginning(): string {
    const { slowness } = this.#load;
    if (slowness === "headers") return `GET / HTTP/1.1\r\n${head}X-Slow: `;
    if (slowness === "bodies") return `POST /upload HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\nx`;
    return `GET ${this.#number % 2 === 0 ? "/large" : "/generator/104857600"} HTTP/1.1\r\n${head}\r\n`;
  }

  /** One more byte. */
  drip(): void {
    if (!this.#silent && this.connected && this.#socket?.writable) this.#socket.write("x");
  }

  /** The system holds so many bytes that it has not read. */
  holds(unread: number): void {
    if (unread !== this.#unread) this.#slowSince = performance.now();
    this.#unread = unread;
  }

  /** The connection is over. */
  cut(): void {
    if (stopped) return;
    if (this.connected) {
      ages.push((performance.now() - this.#slowSince) / 1000);
      count(answers, this.#answer || "none");
    }
    this.#connectedAt = 0;
    this.#socket?.removeAllListeners("close").on("error", () => {});
    this.#socket?.destroy();
    if (this.#load.redial) setTimeout(() => this.dial(), 10);
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** Serves every client once in an interval, a part of them in each walk. */
function walk(load: SlowLoad): void {
  let next = 0;
  const each = load.clients / (load.interval / WALK);
  let owed = 0;
  setInterval(() => {
    for (owed += each; owed >= 1; owed--) clients[next++ % load.clients]?.drip();
  }, WALK);
}

/** Who does not read does not see that it was cut off; the system's table does. */
function watch(load: SlowLoad): void {
  setInterval(() => {
    const open = openConnectionsTo(load.port);
    for (const client of clients) {
      const unread = open.get(client.localEnd);
      if (!client.connected) continue;
      if (unread === undefined) client.cut();
      else client.holds(unread);
    }
  }, 200);
}

perform({
  /** Resolves when all have arrived. */
  begin(load: SlowLoad): Promise<void> {
    if (load.slowness === "readers") watch(load);
    else walk(load);
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        for (let one = 0; one < (ARRIVALS * WALK) / 1000 && clients.length < load.clients; one++) {
          const client = new SlowClient(load, clients.length);
          clients.push(client);
          client.dial();
        }
        if (clients.length < load.clients) return;
        clearInterval(timer);
        resolve();
      }, WALK);
    });
  },
  connected: () => clients.filter((client) => client.connected).length,
  finish() {
    stopped = true;
    return {
      cuts: ages.length,
      ...latencies(ages),
      earliest: percentile(ages, 0),
      answers: Object.fromEntries(answers),
      failures: Object.fromEntries(failures),
    };
  },
});
