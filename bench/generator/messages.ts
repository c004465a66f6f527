/** What the runner and the process of the generator say to each other. */
import type { IdleResult } from "./idle-connections.ts";
import type { Measurement } from "./load.ts";

/** Checks a candidate's answers, or puts load on it, or holds idle connections to it. */
export type Job =
  | { kind: "verify"; port: number; scenario: string; contents: number }
  | { kind: "load"; port: number; scenario: string; pid: number; seconds: number }
  | { kind: "idle"; port: number; connections: number }
  | { kind: "close" };

/** What comes back for a job: its result, or why there is none. */
export type Outcome = { result: Measurement | IdleResult | undefined } | { failure: string };
