/** One run: inputs from a seed into a target for so long, with memory measured along the way. */
import { DifferentialTarget } from "./differential-target.ts";
import { EscaperInputs } from "./escaper-inputs.ts";
import { EscaperTarget } from "./escaper-target.ts";
import { type Finding, writeFinding } from "./finding.ts";
import { Inputs } from "./inputs.ts";
import { type MemorySample, memorySlope } from "./memory-slope.ts";
import type { FuzzOptions, TargetName } from "./options.ts";
import { ParserTarget } from "./parser-target.ts";
import { SocketTarget } from "./socket-target.ts";
import { SqlInputs } from "./sql-inputs.ts";
import { SqlTarget } from "./sql-target.ts";
import type { FuzzReport, InputSource, Target, Trouble } from "./target.ts";
import { TemplateInputs } from "./template-inputs.ts";
import { TemplateTarget } from "./template-target.ts";

const secondsBetweenSamples = 2;
/** Findings of one run; a fault that everything runs into needs no thousand witnesses. */
const mostFindings = 50;
/** A slope from which memory is a finding: bytes a million inputs, measured over at least so many of them. */
const leak = { bytes: 64 << 20, inputs: 200_000 };

export async function startTarget(name: TargetName): Promise<Target> {
  switch (name) {
    case "socket":
      return SocketTarget.start();
    case "parser":
      return new ParserTarget();
    case "differential":
      return new DifferentialTarget();
    case "template":
      return new TemplateTarget();
    case "escaper":
      return new EscaperTarget();
    case "sql":
      return SqlTarget.start();
  }
}

function inputsFor(name: TargetName, seed: number): InputSource {
  if (name === "template") return new TemplateInputs(seed);
  if (name === "sql") return new SqlInputs(seed);
  return name === "escaper" ? new EscaperInputs(seed) : new Inputs(seed);
}

/** Runs until the time is over; `progress` gets a line now and then. */
export async function runFuzz(options: FuzzOptions, progress: (line: string) => void): Promise<FuzzReport> {
  const { target: name, seed, seconds } = options;
  const target = await startTarget(name);
  const inputs = inputsFor(name, seed);
  const samples: MemorySample[] = [];
  const findings: (Finding & { file: string })[] = [];
  const begun = performance.now();
  const passed = (): number => (performance.now() - begun) / 1000;
  let tried = 0;
  const keep = ({ kind, found, octets }: Trouble): void => {
    const finding = { kind, target: name, seed, found, input: Buffer.from(octets).toString("hex") };
    findings.push({ ...finding, file: writeFinding(options.folder, finding, findings.length) });
    progress(`${kind}: ${found}`);
  };
  let sampled = 0;
  while (passed() < seconds && tried < options.inputs && findings.length < mostFindings) {
    const size = Math.min(target.batch, options.inputs - tried);
    const batch = Array.from({ length: size }, () => inputs.next());
    for (const trouble of await target.tryAll(batch, (octets) => inputs.cut(octets))) keep(trouble);
    tried += batch.length;
    if (passed() - sampled < secondsBetweenSamples) continue;
    sampled = passed();
    const sample = { inputs: tried, ...(await target.memory()) };
    samples.push(sample);
    progress(
      `${tried} inputs, ${Math.round(tried / sampled)}/s, ${findings.length} findings, ${sample.rss >> 20} MiB`,
    );
  }
  const slope = memorySlope(samples);
  if (slope.inputs >= leak.inputs && slope.heap > leak.bytes) {
    keep({
      kind: "memory",
      found: `the heap grows by ${slope.heap} bytes a million inputs`,
      octets: Buffer.alloc(0),
    });
  }
  const elapsed = passed();
  const { rss } = await target.memory();
  await target.close();
  return {
    target: name,
    seed,
    seconds: Math.round(elapsed * 10) / 10,
    inputs: tried,
    inputsPerSecond: Math.round(tried / elapsed),
    crashes: findings.filter(({ kind }) => kind === "crash").length,
    hangs: findings.filter(({ kind }) => kind === "hang").length,
    rssSlope: slope.rss,
    heapSlope: slope.heap,
    slopeInputs: slope.inputs,
    rss,
    figures: target.figures,
    findings: findings.map(({ input: _input, ...rest }) => rest),
  };
}
