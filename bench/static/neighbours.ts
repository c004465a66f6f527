/** What large downloads do to everybody else: the latency of a small request, and the memory of the server. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
  const client = spawn(
    process.execPath,
    [join(import.meta.dirname, "small-client.ts"), String(server.port)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  while (!finished) {
    residentMost = Math.max(residentMost, residentMiB(server.pid));
    await sleep(100);
  }
  client.stdin.end();
  const [line] = (await once(client.stdout, "data")) as [Buffer];
  await downloads;
  const times = JSON.parse(String(line)) as Pick<Neighbours, "requests" | "p50" | "p99" | "longest">;
  return { ...times, residentBefore, residentMost };
}
