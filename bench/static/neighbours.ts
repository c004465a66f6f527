/** What large downloads do to everybody else: the latency of a small request, and the memory of the server. */
import { once } from "node:events";
import { connect } from "node:net";
import { load } from "./load.ts";
import { scenarios } from "./scenarios.ts";
import { residentMiB, type ServerProcess } from "./server-process.ts";

/** Times in milliseconds, memory in MiB. */
export interface Neighbours {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly residentBefore: number;
  readonly residentMost: number;
}

const seconds = 5;

/** Eight downloads at a time, and one client that asks for 1 KiB again and again. */
export async function measureNeighbours(server: ServerProcess): Promise<Neighbours> {
  const large = scenarios.find(({ name }) => name === "100 MB");
  if (large === undefined) throw new Error("The scenario of 100 MB is gone.");
  const residentBefore = residentMiB(server.pid);
  let residentMost = residentBefore;
  let finished = false;
  const downloads = load(server, { ...large, connections: 8 }, seconds).finally(() => {
    finished = true;
  });
  const times: number[] = [];
  const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
  while (!finished) {
    const began = performance.now();
    socket.write("GET /a.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(socket, "data");
    times.push(performance.now() - began);
    if (times.length % 20 === 0) residentMost = Math.max(residentMost, residentMiB(server.pid));
  }
  socket.destroy();
  await downloads;
  times.sort((one, other) => one - other);
  const at = (share: number): number =>
    Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 100) / 100;
  return {
    requests: times.length,
    p50: at(0.5),
    p99: at(0.99),
    longest: at(0.99999),
    residentBefore: Math.round(residentBefore),
    residentMost: Math.round(residentMost),
  };
}
