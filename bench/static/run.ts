/**
 * What files cost: constant octets from memory (`raw`), Limpid, nginx and what Node has, in turn, each on its own
 * port, on one core; and what 8 downloads of 100 MB do to Limpid's memory and to its other clients.
 *
 *     node --conditions=source bench/static/run.ts [--rounds 5] [--seconds 2] [--scenario "4 KiB"] [--candidate limpid] [--json]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { install } from "../install.ts";
import { type Figures, load } from "./load.ts";
import { measureNeighbours } from "./neighbours.ts";
import { scenarios } from "./scenarios.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    scenario: { type: "string" },
    candidate: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const everybody = ["raw", "limpid", "nginx", "sirv", "send", "express", "fastify"];
const names = everybody.filter(
  (name) => values.candidate === undefined || ["raw", ...values.candidate.split(",")].includes(name),
);
const chosen = scenarios.filter(
  ({ name }) => values.scenario === undefined || values.scenario.split("|").includes(name),
);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

install();
const scratch = mkdtempSync(join(tmpdir(), "limpid-bench-static-"));
const folder = join(scratch, "files");
const servers: ServerProcess[] = [];
const samples: { scenario: string; candidate: string; round: number; figures: Figures }[] = [];
try {
  writeFolder();
  for (const name of names) servers.push(await startServer(name, folder, scratch));
  for (const scenario of chosen)
    for (const server of servers) await load(server, scenario, Math.min(1, seconds));
  for (let round = 0; round < rounds; round++) {
    for (const scenario of shuffled(chosen)) {
      for (const server of shuffled(servers)) {
        const figures = await load(server, scenario, seconds);
        samples.push({ scenario: scenario.name, candidate: server.name, round, figures });
      }
    }
  }
  const limpid = servers.find(({ name }) => name === "limpid");
  const neighbours =
    limpid === undefined || values.scenario !== undefined ? undefined : await measureNeighbours(limpid);
  if (values.json) console.log(JSON.stringify({ samples, neighbours }));
  else report(neighbours);
} finally {
  for (const server of servers) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** Octets that no coding makes smaller. */
function writeFolder(): void {
  const noise = Buffer.alloc(104_857_600);
  for (let at = 0, seed = 1; at < noise.length; at += 4) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    noise.writeUInt32LE(seed, at);
  }
  mkdirSync(folder);
  for (const { file, bytes } of scenarios)
    if (bytes > 0) writeFileSync(join(folder, file), noise.subarray(0, bytes));
}

function report(neighbours: unknown): void {
  for (const { name } of chosen) {
    console.log(`\n${name}`);
    for (const candidate of names) {
      const own = samples.filter((one) => one.scenario === name && one.candidate === candidate);
      const ratios = own.map(({ round, figures }) => {
        const anchor = samples.find(
          (one) => one.scenario === name && one.candidate === "raw" && one.round === round,
        );
        return figures.cpuPerRequest / (anchor?.figures.cpuPerRequest ?? Number.NaN);
      });
      const median = (pick: (figures: Figures) => number): number =>
        middle(own.map(({ figures }) => pick(figures)));
      const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
      console.log(
        `  ${candidate.padEnd(8)} ${median(({ cpuPerRequest }) => cpuPerRequest)
          .toFixed(1)
          .padStart(9)} µs  ${median((one) => one.megabytesPerCpuSecond)
          .toFixed(0)
          .padStart(6)} MB/CPU-s  ${middle(ratios).toFixed(2).padStart(6)} × raw (${spread})`,
      );
    }
  }
  if (neighbours !== undefined) console.log("\n8 downloads of 100 MB and one client of 1 KiB:", neighbours);
}

function middle(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? Number.NaN;
}

function shuffled<Value>(list: readonly Value[]): Value[] {
  return list
    .map((value) => ({ value, key: Math.random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ value }) => value);
}
