/** The command `startup`: from starting a process to its first answer, and the memory of an empty application. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commandFor, type Runtimes } from "../candidates.ts";
import { probe } from "../generator/probe.ts";
import { CandidateProcess } from "../measure/candidate-process.ts";
import { cpuTime, residentBytes } from "../measure/cpu-time.ts";
import { pinned } from "../measure/pinned.ts";
import { progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { median, shuffled } from "../statistics.ts";

/** An empty application. */
export interface Starter {
  name: string;
  file: string;
  runtime: "node" | "bun";
  limpid: "source" | "dist";
  /** Whether it answers requests. */
  serves: boolean;
}

const built = existsSync(join(import.meta.dirname, "../../dist/index.js"));
const node = { runtime: "node", limpid: "dist", serves: true } as const;

/** Everything that is started. Limpid from `dist/` is there after `npm run build`. */
export const starters: readonly Starter[] = [
  { ...node, name: "node", file: "nothing.ts", serves: false },
  { ...node, name: "node:http", file: "node-http.ts" },
  ...(built ? [{ ...node, name: "limpid", file: "limpid.ts" }] : []),
  { ...node, name: "limpid-source", file: "limpid.ts", limpid: "source" },
  { ...node, name: "fastify", file: "fastify.ts" },
  { ...node, name: "hono", file: "hono.ts" },
  { ...node, name: "express", file: "express.ts" },
  { ...node, name: "bun", file: "bun.ts", runtime: "bun" },
];

interface StartupPlan extends Runtimes {
  candidates: readonly string[];
  rounds: number;
}

/** Times in milliseconds, memory in bytes; what is not measured is not a number. */
interface Start {
  listening: number;
  answered: number;
  /** CPU time until then, which does not depend on what else the machine does. */
  cpu: number;
  resident: number;
}

const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

async function startOnce(starter: Starter, plan: StartupPlan): Promise<Start> {
  const { name, runtime, file, limpid, serves } = starter;
  const command = commandFor(runtime, join(import.meta.dirname, file), { ...plan, limpid });
  const begin = performance.now();
  const started = await CandidateProcess.start({ name, about: "", file, runtime }, command);
  try {
    const listening = performance.now() - begin;
    if (serves) await probe(started.portFor("plaintext"), request);
    const answered = serves ? performance.now() - begin : Number.NaN;
    const cpu = cpuTime(started.pid).fine / 1000;
    return { listening, answered, cpu, resident: residentBytes(started.pid) };
  } finally {
    await started.stop();
  }
}

/** Milliseconds of a process that does nothing and ends. */
async function emptyProcess(plan: StartupPlan): Promise<number> {
  const [program, args] = pinned("server", [plan.node, "-e", "0"]);
  const begin = performance.now();
  await once(spawn(program, args, { stdio: "ignore" }), "exit");
  return performance.now() - begin;
}

function cell(value: number): string {
  return Number.isNaN(value) ? "" : value.toFixed(0);
}

/** Runs the plan. */
export async function measureStartup(plan: StartupPlan): Promise<Report> {
  if (!built) process.stderr.write("Limpid is started from its sources alone: `npm run build` makes dist/\n");
  const chosen = starters.filter(({ name }) => plan.candidates.includes(name));
  const found = new Map<string, Start[]>(chosen.map(({ name }) => [name, []]));
  const empty: number[] = [];
  for (let round = 1; round <= plan.rounds; round++) {
    progress(`round ${round} of ${plan.rounds}`);
    empty.push(await emptyProcess(plan));
    for (const starter of shuffled(chosen)) found.get(starter.name)?.push(await startOnce(starter, plan));
  }
  progress("");
  const medians = Array.from(found, ([candidate, starts]) => ({
    candidate,
    listening: median(starts.map(({ listening }) => listening)),
    answered: median(starts.map(({ answered }) => answered)),
    cpu: median(starts.map(({ cpu }) => cpu)),
    resident: median(starts.map(({ resident }) => resident)),
  }));
  const rows = medians.map(({ candidate, listening, answered, cpu, resident }) => [
    candidate,
    cell(listening),
    cell(answered),
    cell(cpu),
    (resident / 2 ** 20).toFixed(1),
  ]);
  rows.unshift(["node -e 0 (to its end)", cell(median(empty)), "", "", ""]);
  const head = ["application", "ready ms", "first answer ms", "CPU ms", "RSS MiB"];
  return {
    title: "Start of an empty application",
    table: { head, rows, leftAligned: 1 },
    data: { medians, empty },
  };
}
