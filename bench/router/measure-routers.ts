/** The command `router`: routers alone, each in a process of its own, measured in turn. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { commandFor, type Runtimes } from "../candidates.ts";
import { pinned } from "../measure/pinned.ts";
import { progress } from "../progress.ts";
import { type Report, spreadText } from "../report.ts";
import { median, shuffled, spreadOf } from "../statistics.ts";
import { tableNames } from "./tables.ts";

/** The routers that can be compared; the first is the one that ratios refer to. */
export const routerNames: readonly string[] = [
  "memoirist",
  "limpid",
  "find-my-way",
  "rou3",
  "rou3-compiled",
  "hono-smart",
  "hono-regexp",
  "hono-trie",
];
const reference = "memoirist";

interface RouterPlan extends Runtimes {
  candidates: readonly string[];
  rounds: number;
  seconds: number;
}

interface RunningRouter {
  name: string;
  child: ChildProcess;
  nanoseconds: number[];
}

const file = join(import.meta.dirname, "process.ts");
/** Building 10,000 routes is quadratic in some routers. */
const patience = 20_000;

/** The next figure of a process, or nothing where it has ended or takes too long. */
async function figure(child: ChildProcess): Promise<number | undefined> {
  const waiting = new AbortController();
  const ended = once(child, "exit", { signal: waiting.signal }).then(() => undefined);
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(patience)]);
  const said = once(child, "message", { signal }).then(([number]) => number as number);
  try {
    return await Promise.race([said, ended]);
  } catch {
    return undefined;
  } finally {
    waiting.abort();
    said.catch(() => {});
    ended.catch(() => {});
  }
}

async function startRouter(
  name: string,
  table: string,
  plan: RouterPlan,
): Promise<RunningRouter | undefined> {
  progress(`${table}: building ${name}`);
  const [program, args] = pinned("server", [...commandFor("node", file, plan), name, table]);
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  child.stderr?.resume();
  if ((await figure(child)) !== undefined) return { name, child, nanoseconds: [] };
  child.kill("SIGKILL");
  process.stderr.write(
    `${table}: ${name} is left out, because it does not take these routes or takes too long\n`,
  );
  return undefined;
}

/** Nanoseconds by router, one figure for each round. */
async function measureTable(table: string, plan: RouterPlan): Promise<Map<string, number[]>> {
  const running: RunningRouter[] = [];
  try {
    for (const name of plan.candidates) {
      const router = await startRouter(name, table, plan);
      if (router !== undefined) running.push(router);
    }
    // The first round warms up.
    for (let round = 0; round <= plan.rounds; round++) {
      for (const { name, child, nanoseconds } of shuffled(running)) {
        progress(`${table}: round ${round} of ${plan.rounds}: ${name}`);
        child.send(plan.seconds * 1000);
        const found = await figure(child);
        if (found !== undefined && round > 0) nanoseconds.push(found);
      }
    }
  } finally {
    for (const { child } of running) child.kill("SIGKILL");
  }
  progress("");
  return new Map(running.map(({ name, nanoseconds }) => [name, nanoseconds]));
}

/** Runs the plan on every table. */
export async function measureRouters(plan: RouterPlan): Promise<Report> {
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const table of tableNames) {
    const measured = await measureTable(table, plan);
    const references = measured.get(reference) ?? [];
    for (const [router, nanoseconds] of measured) {
      const ratio = spreadOf(nanoseconds.map((own, round) => own / (references[round] ?? Number.NaN)));
      data.push({ table, router, nanoseconds: median(nanoseconds), ratio, rounds: nanoseconds });
      rows.push([table, router, median(nanoseconds).toFixed(0), spreadText(ratio)]);
    }
  }
  const head = ["routes", "router", "ns", `to ${reference}`];
  return { title: "Router alone", table: { head, rows, leftAligned: 2 }, data };
}
