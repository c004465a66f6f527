/** The process of one engine: renders each scenario once to be compared, then measures what it is told. */
import { engines } from "./engines.ts";
import { scenarios } from "./scenarios.ts";

/** What is to be measured. */
export interface Order {
  readonly scenario: string;
  /** Whether the page is written into a `Buffer` each time. */
  readonly written: boolean;
  readonly milliseconds: number;
}

const [name = ""] = process.argv.slice(2);
const engine = await engines[name]!();
const prepared = new Map(scenarios.map((scenario) => [scenario.name, scenario.prepare(engine)]));
const buffer = Buffer.allocUnsafe(1 << 20);
/** Every page counts, so that none is made for nothing. */
let octets = 0;

function cpuMicroseconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/** Microseconds of CPU for one time, all threads, over at least so many milliseconds. */
function measure({ scenario, written, milliseconds }: Order): number {
  const work = prepared.get(scenario)!;
  const wanted = milliseconds * 1000;
  const before = process.cpuUsage();
  let times = 0;
  let spent = 0;
  while (spent < wanted) {
    // The clock is read rarely: after as many times as there are left by what is known, at most as many as were done.
    const left = Math.ceil((wanted - spent) / (spent / times));
    const next = times === 0 ? 1 : Math.min(times, left);
    for (let count = 0; count < next; count++) {
      const page = work();
      octets += written ? buffer.write(page) : page.length;
    }
    times += next;
    spent = cpuMicroseconds(before);
  }
  return spent / times;
}

process.on("message", (order: Order) => process.send?.(measure(order)));
process.on("disconnect", () => process.exit(octets < 0 ? 1 : 0));
process.send?.(Object.fromEntries(Array.from(prepared, ([scenario, work]) => [scenario, work?.()])));
