/** What a process has used, as Linux counts it. */
import { readdirSync, readFileSync } from "node:fs";

/** The CPU time of a process at one moment, in microseconds. */
export interface CpuTime {
  /** utime plus stime of `stat`: every thread, also those that have ended, in steps of 10 ms each. */
  coarse: number;
  /** The sum of `schedstat`: the same to the nanosecond, but only of threads that are there. */
  fine: number;
}

/** Linux gives the times in hundredths of a second on every platform that Node runs on. */
const tick = 10_000;

/** User and system time of a process and all its threads. */
export function cpuTime(pid: number): CpuTime {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name of the program stands in parentheses and may have blanks; behind it utime and stime are the 12th and 13th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) nanoseconds += threadNanoseconds(pid, thread);
  return { coarse: (Number(fields[11]) + Number(fields[12])) * tick, fine: nanoseconds / 1000 };
}

function threadNanoseconds(pid: number, thread: string): number {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1"), 10);
  } catch {
    return 0; // It has ended since the folder was listed, or this kernel does not count.
  }
}

/** What was used between two moments, in microseconds: the fine count, unless it has lost a thread. */
export function cpuBetween(before: CpuTime, after: CpuTime): number {
  return Math.max(after.fine - before.fine, after.coarse - before.coarse - 2 * tick);
}

/** Memory of a process that is resident, in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return Number(kilobytes?.[1] ?? Number.NaN) * 1024;
}
