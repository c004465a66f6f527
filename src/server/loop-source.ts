/** What `Overload` knows of the process: its clock, how long its event loop was idle, and how full its heap is. */

/** Where the figures come from; tests bring their own. */
export interface LoopSource {
  /** Milliseconds on the monotonic clock. */
  now(): number;
  /** Milliseconds that the event loop has spent waiting for something to do. */
  idle(): number;
  /** Milliseconds for which the thread could have run and the system let others run. */
  waited(): number;
  /** The share of the heap's limit that is in use, 0 to 1. */
  heap(): number;
}

/** The figures of this process. */
export const processSource: LoopSource = {
  now: () => performance.now(),
  idle: () => performance.nodeTiming.idleTime,
  waited: waitedForProcessor,
  heap: () => {
    const { used_heap_size: used, heap_size_limit: limit } = v8().getHeapStatistics();
    return used / limit;
  },
};

const fs = process.getBuiltinModule("node:fs");

/** First looked at some time after the start, which it would make longer. */
let loaded: typeof import("node:v8") | undefined;

function v8(): typeof import("node:v8") {
  return (loaded ??= process.getBuiltinModule("node:v8"));
}

/** Undefined before the first reading, -1 where the system does not tell. */
let file: number | undefined;
const text = Buffer.alloc(128);

/** Linux tells it in nanoseconds, behind the time on the processor (proc(5)). Elsewhere 0. */
function waitedForProcessor(): number {
  file ??= openedOrNot();
  if (file < 0) return 0;
  try {
    const length = fs.readSync(file, text, 0, text.length, 0);
    return Number(text.toString("latin1", 0, length).split(" ")[1] ?? 0) / 1e6;
  } catch {
    return 0;
  }
}

function openedOrNot(): number {
  try {
    return fs.openSync("/proc/thread-self/schedstat", "r");
  } catch {
    return -1;
  }
}
