/** What the system says about a process: resident memory, processor time, open file descriptors. */
import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;
/** Clock ticks a second in /proc (`getconf CLK_TCK`), 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Resident bytes. */
export function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * PAGE;
}

/** Seconds of processor time, user's and system's. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name of the program stands in parentheses and may have spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Open file descriptors. */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Watches resident memory until it is stopped. */
export class MemoryWatch {
  readonly samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number, every = 250) {
    this.samples.push(residentBytes(pid));
    this.#timer = setInterval(() => this.samples.push(residentBytes(pid)), every);
  }

  /** The most there was. */
  get peak(): number {
    return Math.max(...this.samples);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
