/** What a run has found: an input, what it did, and the seed it came from; written to a file, from which it is replayed. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TargetName } from "./options.ts";

/** How an input was wrong. */
export type FindingKind =
  | "crash"
  | "hang"
  | "wrong-answer"
  | "depends-on-split"
  | "framed-differently"
  | "accepted-only-here"
  | "not-inert"
  | "memory";

/** One input that should not have done what it did. */
export interface Finding {
  readonly kind: FindingKind;
  readonly target: TargetName;
  readonly seed: number;
  /** What was seen, in a sentence or two. */
  readonly found: string;
  /** The octets in hexadecimal. */
  readonly input: string;
}

/** Writes the finding and returns the path of its file. */
export function writeFinding(folder: string, finding: Finding, number: number): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${finding.target}-${finding.kind}-${finding.seed}-${number}.json`);
  writeFileSync(path, `${JSON.stringify(finding, null, 2)}\n`);
  return path;
}

/** Reads a finding; throws where the file is none. */
export function readFinding(path: string): Finding {
  const finding = JSON.parse(readFileSync(path, "utf8")) as Finding;
  if (typeof finding.input === "string" && /^(?:[0-9a-f]{2})*$/.test(finding.input)) return finding;
  throw new Error(`${path} is not a finding: it has no input in hexadecimal.`);
}
