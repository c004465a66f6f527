/** `npm run fuzz`: mutates requests, templates and values for databases and reports what they broke; the exit code is 1 where they broke something. */
import { spawn } from "node:child_process";
import { readFinding } from "./finding.ts";
import { type FuzzOptions, fuzzOptions } from "./options.ts";
import { runFuzz, startTarget } from "./run.ts";
import type { FuzzReport } from "./target.ts";

const options = fuzzOptions(process.argv.slice(2));
process.exitCode = options.replay === undefined ? await fuzz(options) : await replay(options.replay);

async function fuzz(given: FuzzOptions): Promise<number> {
  const progress = (line: string): void => void process.stderr.write(`[${given.seed}] ${line}\n`);
  const reports = given.jobs === 1 ? [await runFuzz(given, progress)] : await jobs(given);
  if (given.json) console.log(JSON.stringify(given.jobs === 1 ? reports[0] : reports));
  else for (const report of reports) console.log(described(report));
  return reports.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

/** The same run several times at once, each in a process and from a seed of its own. */
async function jobs({ jobs: count, seed }: FuzzOptions): Promise<FuzzReport[]> {
  const [script = "", ...args] = process.argv.slice(1);
  const started = Array.from({ length: count }, async (_, index) => {
    const own = ["--json", "--jobs", "1", "--seed", String(seed + index)];
    const child = spawn(process.execPath, [...process.execArgv, script, ...args, ...own], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const text of child.stdout) output += text;
    return JSON.parse(output) as FuzzReport;
  });
  return Promise.all(started);
}

/** Tries a finding three times; 1 where it still is one. */
async function replay(file: string): Promise<number> {
  const finding = readFinding(file);
  const octets = Buffer.from(finding.input, "hex");
  const target = await startTarget(finding.target);
  let again = 0;
  for (let times = 0; times < 3; times++) {
    for (const { kind, found } of await target.tryAll([octets], (whole) => [whole])) {
      again++;
      console.log(`${kind}: ${found}`);
    }
  }
  await target.close();
  console.log(
    again === 0 ? `${finding.kind} does not happen any more` : `${finding.kind} happened ${again} times`,
  );
  return again === 0 ? 0 : 1;
}

function described(report: FuzzReport): string {
  const { target, seed, seconds, inputs, inputsPerSecond, crashes, hangs, findings } = report;
  const figures = Object.entries(report.figures).map(([name, value]) => `${name} ${value}`);
  return [
    `${target}, seed ${seed}: ${inputs} inputs in ${seconds} s, ${inputsPerSecond}/s`,
    `  crashes ${crashes}, hangs ${hangs}, other findings ${findings.length - crashes - hangs}`,
    `  memory ${report.rss >> 20} MiB; over the last ${report.slopeInputs} inputs, bytes a million inputs: RSS ${report.rssSlope}, heap ${report.heapSlope}`,
    `  ${figures.join(", ")}`,
    ...findings.map(({ kind, found, file }) => `  ${kind}: ${found}\n    ${file}`),
  ].join("\n");
}
