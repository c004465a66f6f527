/** The process of one candidate: answers each scenario once to be compared, then measures what it is told. */
import { candidates } from "./candidates.ts";
import type { Connection } from "./operations.ts";
import { plainAnswer, plainState } from "./plain.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { type DatabaseName, reset, setUp, stateColumns } from "./tables.ts";

/** What is to be measured. */
export interface Order {
  readonly scenario: string;
  readonly inFlight: number;
  readonly milliseconds: number;
}

/** What one operation took, in microseconds. */
export interface Figures {
  /** User and system time of this process, all threads. */
  readonly cpu: number;
  readonly wall: number;
}

/** What a scenario gave, and the rows it left. */
export interface Answer {
  readonly answer: unknown;
  readonly state: unknown;
}

const [database, name = "", connection = "{}", ...wanted] = process.argv.slice(2) as [
  DatabaseName,
  ...string[],
];
const open = await candidates[database][name]!();
const opened = await open(JSON.parse(connection) as Connection);
if (database === "sqlite") for (const statement of setUp(database)) await opened.run(statement);
const operations = opened.operations();

async function putBack({ writes }: Scenario): Promise<void> {
  if (writes) for (const statement of reset(database)) await opened.run(statement);
}

async function stateNow(): Promise<unknown> {
  const state: object[][] = [];
  for (const [table, columns] of Object.entries(stateColumns)) {
    const rows = await opened.read(`SELECT ${columns.join(", ")} FROM ${table} ORDER BY id`, columns);
    state.push(Array.from(rows, plainState));
  }
  return state;
}

/** Two turns, so that what is kept from the first is used once. */
async function answers(): Promise<Record<string, Answer[]>> {
  const found: Record<string, Answer[]> = {};
  for (const scenario of scenarios.filter((known) => wanted.includes(known.name))) {
    await putBack(scenario);
    found[scenario.name] = [];
    for (const turn of [7, 8]) {
      const given = await scenario.run(operations, turn);
      const answer = scenario.answers ? plainAnswer(scenario.name, given) : undefined;
      found[scenario.name]!.push({ answer, state: scenario.writes ? await stateNow() : undefined });
    }
    await putBack(scenario);
  }
  return found;
}

let turn = 0;

/** Runs one operation after the other until the clock says so; an answer that is there is not waited for. */
async function repeat(scenario: Scenario, milliseconds: number): Promise<number> {
  const start = performance.now();
  let times = 0;
  let spent = 0;
  while (spent < milliseconds) {
    // The clock is read rarely: after as many times as there are left by what is known, at most as many as were done.
    const left = Math.ceil((milliseconds - spent) / (spent / times));
    const next = times === 0 ? 1 : Math.min(times, left);
    for (let count = 0; count < next; count++) {
      const answer = scenario.run(operations, turn++);
      if (isThenable(answer)) await answer;
    }
    times += next;
    spent = performance.now() - start;
  }
  return times;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

async function measure({ scenario: asked, inFlight, milliseconds }: Order): Promise<Figures> {
  const scenario = scenarios.find((known) => known.name === asked)!;
  // Warms up, and clears away after what ran before. A forced collection would throw away compiled code too: V8 drops
  // what it has compiled for objects of which none is alive just then.
  await repeat(scenario, milliseconds);
  await putBack(scenario);
  const before = process.cpuUsage();
  const start = performance.now();
  const loops = Array.from({ length: inFlight }, () => repeat(scenario, milliseconds));
  const times = (await Promise.all(loops)).reduce((sum, some) => sum + some, 0);
  const wall = (performance.now() - start) * 1000;
  const { user, system } = process.cpuUsage(before);
  await putBack(scenario);
  return { cpu: (user + system) / times, wall: wall / times };
}

process.on("message", (order: Order) => {
  // A failure ends the process; the other side says whose it was.
  void measure(order).then((figures) => process.send?.(figures));
});
process.on("disconnect", () => process.exit());
process.send?.(await answers());
