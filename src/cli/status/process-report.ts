/** What a process that serves knows about itself. */
import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** The figures of one process. */
export interface ProcessReport {
  readonly pid: number;
  /** Seconds since the process began. */
  readonly uptime: number;
  /** Open connections. */
  readonly connections: number;
  /** Requests handed to the application since the process began. */
  readonly requests: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** The share of the last seconds in which the event loop was busy, from 0 to 1. */
  readonly eventLoopUtilization: number;
}

/** What a report counts. */
export interface Counted {
  connections(): number;
  requests(): number;
}

/** Milliseconds that the utilization of the event loop is taken over. */
const WINDOW = 2_000;

/** Begins to watch the event loop. Returns what makes a report. */
export function processReporter(serving: Counted): () => ProcessReport {
  let earlier: EventLoopUtilization | undefined;
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    earlier = last;
    last = performance.eventLoopUtilization();
  }, WINDOW).unref();
  return () => {
    const now = performance.eventLoopUtilization();
    // From one window to two, so that a question right behind a tick is not answered out of a moment.
    const { utilization } = performance.eventLoopUtilization(now, earlier ?? last);
    return {
      pid: process.pid,
      uptime: rounded(process.uptime(), 1),
      connections: serving.connections(),
      requests: serving.requests(),
      rss: process.memoryUsage.rss(),
      eventLoopUtilization: rounded(utilization, 3),
    };
  };
}

/** The number with so many places behind the point. */
export function rounded(value: number, places: number): number {
  return Number(value.toFixed(places));
}
