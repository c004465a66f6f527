/** The command `idle`: what a connection costs that has had one answer and waits, in bytes of memory. */
import { join } from "node:path";
import { type Candidate, commandFor, type Runtimes } from "../candidates.ts";
import { CandidateProcess } from "../measure/candidate-process.ts";
import { residentBytes } from "../measure/cpu-time.ts";
import { GeneratorProcess } from "../measure/generator-process.ts";
import { openFiles } from "../measure/open-files.ts";
import { progress } from "../progress.ts";
import { type Report, spreadText } from "../report.ts";
import { shuffled, spreadOf } from "../statistics.ts";

interface IdlePlan extends Runtimes {
  candidates: readonly Candidate[];
  rounds: number;
}

const wanted = 10_000;
/** Opened and counted before the first reading, so that what is made once is not counted. */
const firstConnections = 500;
/** Files that a process has open beside its connections. */
const spare = 500;

/** Bytes for each connection, in a new process of the candidate. */
async function measureOnce(candidate: Candidate, connections: number, runtimes: Runtimes): Promise<number> {
  const file = join(import.meta.dirname, "../candidates", candidate.file);
  const generator = new GeneratorProcess();
  const server = await CandidateProcess.start(candidate, commandFor(candidate.runtime, file, runtimes));
  try {
    const port = server.portFor("plaintext");
    await generator.hold(port, firstConnections);
    const collected = await server.collect();
    if (!collected) process.stderr.write(`${candidate.name}: nothing can collect its garbage\n`);
    const before = residentBytes(server.pid);
    const { open } = await generator.hold(port, connections);
    if (open < connections)
      throw new Error(`${candidate.name} has closed ${connections - open} connections.`);
    await server.collect();
    return (residentBytes(server.pid) - before) / (connections - firstConnections);
  } finally {
    generator.stop();
    await server.stop();
  }
}

/** Runs the plan. */
export async function measureIdle(plan: IdlePlan): Promise<Report> {
  const connections = Math.min(wanted, openFiles() - spare);
  if (connections < wanted) {
    process.stderr.write(
      `The system allows too few open files: ${connections} connections instead of ${wanted}\n`,
    );
  }
  const found = new Map<string, number[]>(plan.candidates.map(({ name }) => [name, []]));
  for (let round = 1; round <= plan.rounds; round++) {
    for (const candidate of shuffled(plan.candidates)) {
      progress(`round ${round} of ${plan.rounds}: ${candidate.name}`);
      found.get(candidate.name)?.push(await measureOnce(candidate, connections, plan));
    }
  }
  progress("");
  const data = Array.from(found, ([candidate, bytes]) => ({
    candidate,
    connections,
    bytes: spreadOf(bytes),
  }));
  const rows = data.map(({ candidate, bytes }) => {
    const { median, least, most } = bytes;
    return [candidate, spreadText({ median: median / 1024, least: least / 1024, most: most / 1024 })];
  });
  const head = ["candidate", "KiB per connection"];
  return { title: `${connections} idle connections`, table: { head, rows, leftAligned: 1 }, data };
}
