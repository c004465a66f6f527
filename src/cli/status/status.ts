/** The state of what `limpid start` runs, as `limpid status` and SIGUSR2 show it. */
import type { Serving } from "../serve.ts";
import { type ProcessReport, processReporter, rounded } from "./process-report.ts";

/** What a worker does. */
export type WorkerState = "starting" | "ready" | "draining";

/** One process that serves. What it has not told (it starts, or its event loop is blocked) is null. */
export interface WorkerStatus {
  readonly pid: number;
  readonly state: WorkerState;
  /** How often a process in this place has ended by itself and was replaced. */
  readonly restarts: number;
  readonly uptime: number | null;
  readonly connections: number | null;
  readonly requests: number | null;
  readonly rss: number | null;
  readonly eventLoopUtilization: number | null;
}

/** The state of one `limpid start`. */
export interface Status {
  /** The process that takes signals. */
  readonly pid: number;
  /** The module of the application. */
  readonly application: string;
  readonly url: string;
  /** Seconds. */
  readonly uptime: number;
  /** How often the application was loaded anew. */
  readonly reloads: number;
  /** How many workers have ended by themselves and were replaced. */
  readonly restarts: number;
  /** Without `--workers` the process itself. */
  readonly workers: readonly WorkerStatus[];
}

/** The status of a worker from what it reported, if it did. */
export function workerStatus(
  known: Pick<WorkerStatus, "pid" | "state" | "restarts">,
  report: ProcessReport | undefined,
): WorkerStatus {
  return {
    ...known,
    uptime: report?.uptime ?? null,
    connections: report?.connections ?? null,
    requests: report?.requests ?? null,
    rss: report?.rss ?? null,
    eventLoopUtilization: report?.eventLoopUtilization ?? null,
  };
}

/** The status of a process that serves alone. */
export function statusOfOne(
  application: string,
  serving: Serving,
  state: () => WorkerState,
): () => Promise<Status> {
  const report = processReporter(serving);
  return async () => ({
    pid: process.pid,
    application,
    url: serving.url,
    uptime: rounded(process.uptime(), 1),
    reloads: 0,
    restarts: 0,
    workers: [workerStatus({ pid: process.pid, state: state(), restarts: 0 }, report())],
  });
}
