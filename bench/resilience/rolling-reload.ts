/**
 * Reloads `limpid start --workers` again and again under a constant rate of requests on kept connections, and counts
 * what a client notices: other statuses than 2xx, resets, answers of old code behind a reload, latency.
 *
 *     node bench/resilience/rolling-reload.ts [--workers 4] [--reloads 50] [--rate 2000] [--connections 64] [--json]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    workers: { type: "string", default: "4" },
    reloads: { type: "string", default: "50" },
    rate: { type: "string", default: "2000" },
    connections: { type: "string", default: "64" },
    json: { type: "boolean", default: false },
  },
});
const reloads = Number(values.reloads);
const rate = Number(values.rate);
const root = new URL("../../", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "rolling-reload-"));

/** Sends at a constant rate, whatever comes back; each connection carries one request at a time. */
class Load {
  readonly latencies: number[] = [];
  requests = 0;
  notOk = 0;
  /** How often each status came that is not 2xx; 503 is what a server answers that sheds load. */
  readonly statuses: Record<string, number> = {};
  resets = 0;
  timeouts = 0;
  oldCode = 0;
  connections = 0;
  /** The least version that may answer. */
  least = 0;
  readonly #port: number;
  readonly #idle: Socket[] = [];
  readonly #due: number[] = [];
  #open = 0;

  constructor(port: number) {
    this.#port = port;
  }

  /** Runs until `over`, then until everything that was sent is answered. */
  async run(over: () => boolean): Promise<void> {
    const begun = performance.now();
    let scheduled = 0;
    while (!over()) {
      const due = Math.floor(((performance.now() - begun) * rate) / 1000);
      for (; scheduled < due; scheduled++) this.#due.push(begun + (scheduled * 1000) / rate);
      this.#send();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    while (this.#due.length > 0 || this.#open > this.#idle.length) {
      this.#send();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const socket of this.#idle) socket.destroy();
  }

  #send(): void {
    while (this.#due.length > 0) {
      const socket = this.#idle.shift();
      if (socket !== undefined) socket.emit("ask", this.#due.shift());
      else if (this.#open < Number(values.connections)) this.#connect(this.#due.shift() ?? 0);
      else return;
    }
  }

  #connect(first: number): void {
    this.#open++;
    this.connections++;
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    let asked: number | undefined;
    let text = "";
    let least = 0;
    const ask = (due: number): void => {
      asked = due;
      least = this.least;
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
    socket.setEncoding("latin1");
    socket.setTimeout(15_000, () => {
      if (asked !== undefined) this.timeouts++;
      asked = undefined;
      socket.destroy();
    });
    socket.on("ask", ask);
    socket.on("data", (piece: string) => {
      text += piece;
      const reply = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\ncontent-length: (\d+)\r\n(?:[\s\S]*?\r\n)?\r\n/i.exec(text);
      if (reply === null || asked === undefined || text.length < reply[0].length + Number(reply[2])) return;
      const body = text.slice(reply[0].length);
      text = "";
      this.requests++;
      this.latencies.push(performance.now() - asked);
      const status = reply[1] ?? "";
      if (!status.startsWith("2")) {
        this.notOk++;
        this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      } else if (Number(body) < least) this.oldCode++;
      asked = undefined;
      if (/\r\nconnection: close\r\n/i.test(reply[0])) socket.end();
      else this.#idle.push(socket);
    });
    socket.on("error", () => {});
    socket.on("end", () => this.#forget(socket));
    socket.on("close", () => {
      this.#open--;
      this.#forget(socket);
      if (asked !== undefined) this.resets++;
    });
    ask(first);
  }

  #forget(socket: Socket): void {
    const index = this.#idle.indexOf(socket);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}

function write(version: number): void {
  writeFileSync(
    join(folder, "app.ts"),
    `import { App } from ${JSON.stringify(new URL("src/index.ts", root).href)};
const app = new App();
app.get("/", () => "${version}");
export default app;
`,
  );
}

function start(): ChildProcess {
  const words = ["start", join(folder, "app.ts"), "--port", "0", "--workers", values.workers];
  return spawn(
    process.execPath,
    ["--conditions=source", new URL("src/cli/bin.ts", root).pathname, ...words],
    {
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "info" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

write(1);
const server = start();
const lines = createInterface({ input: server.stdout ?? process.stdin });
try {
  const [first] = (await once(lines, "line")) as [string];
  const load = new Load(Number(/:(\d+) \(/.exec(first)?.[1]));
  let over = false;
  const running = load.run(() => over);
  const begun = performance.now();
  for (let count = 1; count <= reloads; count++) {
    write(count + 1);
    server.kill("SIGHUP");
    for (let text = ""; !text.includes('"message":"reloaded"'); )
      [text] = (await once(lines, "line")) as [string];
    load.least = count + 1;
  }
  over = true;
  await running;
  report(load, (performance.now() - begun) / 1000);
  server.kill("SIGTERM");
  await once(server, "exit");
} finally {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true });
}

function report(load: Load, seconds: number): void {
  const { requests, connections, notOk, resets, timeouts, oldCode } = load;
  const sorted = load.latencies.sort((one, other) => one - other);
  const at = (share: number): number =>
    Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2));
  const result = {
    workers: Number(values.workers),
    reloads,
    seconds: Math.round(seconds),
    requests,
    requestsPerSecond: Math.round(requests / seconds),
    connections,
    notOk,
    statuses: load.statuses,
    resets,
    timeouts,
    oldCode,
    milliseconds: { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) },
  };
  console.log(values.json ? JSON.stringify(result) : result);
  if (notOk + resets + timeouts + oldCode > 0) process.exitCode = 1;
}
