/**
 * How several processes may share one port: through the primary (round robin), one handle that all accept from
 * (shared), or a socket each with SO_REUSEPORT (reuseport). Measures how evenly connections fall, the processor time
 * of a request, and what is lost while workers are replaced. `node bench/workers/scheduling.ts [--json]`
 */
import { type ChildProcess, fork } from "node:child_process";
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const modes = ["round robin", "shared", "reuseport"] as const;
type Mode = (typeof modes)[number];
type Place = { port: number } | { path: string };

const WORKERS = 4;
const CONNECTIONS = 64;
const SECONDS = Number(process.env.SECONDS ?? 4);
const RELOADS = Number(process.env.RELOADS ?? 5);
const PORT = 38_471;
const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

const [role, mode = "round robin", where = ""] = process.argv.slice(2);
if (role === "worker") serve(mode as Mode, JSON.parse(where) as Place);
else if (role === "primary") await lead(mode as Mode, where);
else await measure(role === "--json");

/** A worker: the least that can be called a server, so that the difference between the ways is seen. */
function serve(mode: Mode, place: Place): void {
  const reply = `HTTP/1.1 200 OK\r\nContent-Length: ${String(process.pid).length}\r\n\r\n${process.pid}`;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("data", () => socket.write(reply));
    socket.on("error", () => {});
  });
  // The primary may have gone; then nobody is left to be told.
  cluster.worker?.on("error", () => process.exit());
  server.on("error", (error) => process.send?.({ failed: error.message }));
  server.listen({ ...place, reusePort: mode === "reuseport", exclusive: mode === "reuseport" }, () =>
    process.send?.("ready"),
  );
  process.on("message", (message) => {
    // A connection may be on its way from the primary; what it says behind `left` comes behind those, too.
    if (message === "leave") server.close(() => process.send?.("left"));
    if (message === "exit") process.exit();
  });
}

/** The primary: starts the workers and replaces them one after the other when it is told to. */
async function lead(mode: Mode, where: string): Promise<void> {
  cluster.schedulingPolicy = mode === "round robin" ? cluster.SCHED_RR : cluster.SCHED_NONE;
  cluster.setupPrimary({ exec: import.meta.filename, args: ["worker", mode, where] });
  let workers = await Promise.all(Array.from({ length: WORKERS }, ready));
  const tell = (): void => void process.send?.({ pids: workers.map((one) => one.process.pid) });
  process.on("message", async (message) => {
    for (const old of workers) {
      const fresh = await ready();
      if (message === "reload") {
        old.send("leave");
        await once(old, "message");
        old.send("exit");
      } else old.process.kill("SIGKILL");
      await once(old, "exit");
      workers = workers.map((one) => (one === old ? fresh : one));
    }
    tell();
  });
  tell();
}

async function ready(): Promise<Worker> {
  const worker = cluster.fork();
  const [message] = (await once(worker, "message")) as [string | { failed: string }];
  if (message === "ready") return worker;
  process.send?.(message);
  process.exit(1);
}

async function measure(json: boolean): Promise<void> {
  for (const mode of modes) {
    const place = { port: PORT };
    const primary = await started(mode, place);
    const pids = [primary.process.pid ?? 0, ...primary.pids];
    const shares = await fairness(place);
    const kept = await processorTime(pids, () => load(place, CONNECTIONS, true));
    const single = await processorTime(pids, () => load(place, 16, false));
    const reloads = await replaced(primary.process, place, "reload");
    const crashes = await replaced(primary.process, place, "kill");
    primary.process.kill("SIGKILL");
    const result = {
      mode,
      connectionsPerWorker: shares,
      keepAlive: kept,
      connectionPerRequest: single,
      reloads,
      crashes,
      unixSocket: await unixSocket(mode),
    };
    console.log(json ? JSON.stringify(result) : result);
  }
}

interface Started {
  readonly process: ChildProcess;
  readonly pids: readonly number[];
}

async function started(mode: Mode, place: Place): Promise<Started> {
  const process = fork(import.meta.filename, ["primary", mode, JSON.stringify(place)]);
  const [{ pids, failed }] = (await once(process, "message")) as [{ pids?: number[]; failed?: string }];
  if (pids === undefined) throw new Error(failed);
  return { process, pids };
}

async function unixSocket(mode: Mode): Promise<string> {
  const path = join(tmpdir(), `scheduling-${process.pid}.sock`);
  try {
    (await started(mode, { path })).process.kill("SIGKILL");
    return "yes";
  } catch (error) {
    return `no: ${(error as Error).message}`;
  } finally {
    rmSync(path, { force: true });
  }
}

/** Replaces all workers again and again under load, in order or by SIGKILL. */
async function replaced(primary: ChildProcess, place: Place, how: "reload" | "kill") {
  let done = false;
  const loading = load(place, 16, false, () => done);
  for (let count = 0; count < RELOADS; count++) {
    primary.send(how);
    await once(primary, "message");
  }
  done = true;
  return { times: RELOADS, ...(await loading) };
}

/** How many of the connections each worker got. */
async function fairness(place: Place): Promise<number[]> {
  const sockets: Socket[] = [];
  const shares = new Map<string, number>();
  for (let count = 0; count < CONNECTIONS; count++) {
    const socket = connect(place);
    sockets.push(socket);
    socket.write(request);
    const [bytes] = (await once(socket, "data")) as [Buffer];
    const pid = bytes.toString("latin1").split("\r\n\r\n")[1] ?? "";
    shares.set(pid, (shares.get(pid) ?? 0) + 1);
  }
  for (const socket of sockets) socket.destroy();
  return [...shares.values(), ...Array<number>(WORKERS - shares.size).fill(0)].sort((a, b) => b - a);
}

/** Asks and waits, on so many connections at once; counts requests that got no answer. */
async function load(place: Place, parallel: number, keep: boolean, over?: () => boolean) {
  const end = performance.now() + SECONDS * 1000;
  const finished = over ?? ((): boolean => performance.now() > end);
  const total = { requests: 0, lost: 0, hung: 0 };
  const loop = async (): Promise<void> => {
    while (!finished()) await conversation(place, total, keep ? finished : (): boolean => true);
  };
  await Promise.all(Array.from({ length: parallel }, loop));
  return total;
}

function conversation(
  place: Place,
  total: { requests: number; lost: number; hung: number },
  last: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ ...place, noDelay: true });
    let answered = false;
    const ask = (): void => {
      answered = false;
      socket.write(request);
    };
    socket.on("connect", ask);
    socket.on("data", () => {
      total.requests++;
      answered = true;
      if (last()) socket.end();
      else ask();
    });
    let hung = false;
    socket.setTimeout(2_000, () => {
      hung = true;
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (hung) total.hung++;
      else if (!answered) total.lost++;
      resolve();
    });
  });
}

/** Microseconds of processor time that all processes of the server spend on one request. */
async function processorTime(pids: readonly number[], run: () => Promise<{ requests: number }>) {
  const before = spent(pids);
  const begun = performance.now();
  const { requests } = await run();
  const seconds = (performance.now() - begun) / 1000;
  const after = spent(pids);
  const each = pids.map((_, index) => ((after[index] ?? 0) - (before[index] ?? 0)) / requests);
  return {
    requestsPerSecond: Math.round(requests / seconds),
    microseconds: Math.round(each.reduce((sum, one) => sum + one, 0) * 10) / 10,
    ofPrimary: Math.round((each[0] ?? 0) * 10) / 10,
  };
}

/** utime and stime of /proc/PID/stat, in microseconds; a tick is 10 ms. */
function spent(pids: readonly number[]): number[] {
  return pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  });
}
