/** The command `templates`: template engines, each in a process of its own, compared and then measured in turn. */
import type { Runtimes } from "../candidates.ts";
import { progress } from "../progress.ts";
import { type Report, spreadText } from "../report.ts";
import { median, type Spread, shuffled, spreadOf } from "../statistics.ts";
import { EngineProcess } from "./engine-process.ts";
import { engines } from "./engines.ts";
import { goals } from "./goals.ts";
import { difference, sameness } from "./same-output.ts";
import { scenarios } from "./scenarios.ts";

/** The engines by name, and the two that ratios refer to. */
export const engineNames: readonly string[] = Object.keys(engines);
/** The scenarios by name. */
export const templateScenarios: readonly string[] = scenarios.map(({ name }) => name);
const [anchor, own] = ["hand-written", "limpid"] as const;

interface TemplatesPlan extends Runtimes {
  scenarios: readonly string[];
  candidates: readonly string[];
  rounds: number;
  seconds: number;
}

/** A scenario with or without writing the page: one column of figures. */
interface Figure {
  readonly name: string;
  readonly scenario: string;
  readonly written: boolean;
}

/** Microseconds by engine, one for each round. */
type Rounds = Map<string, number[]>;

/** Fails unless everybody writes what the first one writes. */
function compare(running: readonly EngineProcess[]): void {
  for (const { name: scenario } of scenarios) {
    const [first, ...others] = running.filter(({ pages }) => pages[scenario] !== undefined);
    for (const { name, pages } of others) {
      const found = difference(first!.pages[scenario]!, pages[scenario]!);
      if (found === undefined) continue;
      throw new Error(`${scenario} of ${name} is not what ${first!.name} writes, ${found}.`);
    }
  }
}

async function measure(running: readonly EngineProcess[], figures: readonly Figure[], plan: TemplatesPlan) {
  const measured = new Map<string, Rounds>(figures.map(({ name }) => [name, new Map()]));
  const milliseconds = plan.seconds * 1000;
  // The first round warms up.
  for (let round = 0; round <= plan.rounds; round++) {
    progress(`round ${round} of ${plan.rounds}`);
    for (const { name, scenario, written } of shuffled(figures)) {
      const rounds = measured.get(name)!;
      for (const engine of shuffled(running.filter(({ pages }) => pages[scenario] !== undefined))) {
        const found = await engine.measure({ scenario, written, milliseconds });
        if (round > 0) rounds.set(engine.name, [...(rounds.get(engine.name) ?? []), found]);
      }
    }
  }
  progress("");
  return measured;
}

/** The ratio within each round. */
function ratio(rounds: Rounds, engine: string, reference: string): Spread | undefined {
  const [these, those] = [rounds.get(engine), rounds.get(reference)];
  return these && those && spreadOf(these.map((microseconds, round) => microseconds / those[round]!));
}

/** How each goal stands. */
function standing(measured: ReadonlyMap<string, Rounds>) {
  return goals.flatMap((goal) => {
    const found = ratio(measured.get(goal.figure) ?? new Map(), own, goal.reference);
    return found === undefined ? [] : [{ ...goal, found, reached: found.median <= goal.most }];
  });
}

/** Starts everybody, and leaves out who cannot be started. */
async function startAll(plan: TemplatesPlan): Promise<EngineProcess[]> {
  const running: EngineProcess[] = [];
  for (const name of engineNames.filter((known) => plan.candidates.includes(known))) {
    progress(`starting ${name}`);
    running.push(await EngineProcess.start(name, plan));
  }
  return running;
}

/** Runs the plan. */
export async function measureTemplates(plan: TemplatesPlan): Promise<Report> {
  const figures = scenarios
    .filter(({ name }) => plan.scenarios.includes(name))
    .flatMap(({ name, written }): Figure[] => [
      { name, scenario: name, written: false },
      ...(written ? [{ name: `${name}, written`, scenario: name, written: true }] : []),
    ]);
  const running = await startAll(plan);
  try {
    compare(running);
    return report(await measure(running, figures, plan));
  } finally {
    for (const engine of running) engine.stop();
  }
}

function report(measured: ReadonlyMap<string, Rounds>): Report {
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const [figure, rounds] of measured) {
    for (const [engine, microseconds] of Array.from(rounds).toSorted(
      ([a], [b]) => position(a) - position(b),
    )) {
      const [toHand, toLimpid] = [ratio(rounds, engine, anchor), ratio(rounds, engine, own)];
      const found = spreadOf(microseconds);
      data.push({ figure, engine, microseconds: found, toHand, toLimpid, rounds: microseconds });
      const cells = [toHand, toLimpid].map((spread) => (spread === undefined ? "" : spreadText(spread)));
      rows.push([figure, engine, median(microseconds).toFixed(1), leastToMost(found), ...cells]);
    }
  }
  const reached = standing(measured);
  const head = ["scenario", "engine", "µs", "least–most", "to hand-written", "to limpid"];
  const notes = reached.map(
    ({ figure, reference, most, found, reached: is }) =>
      `${is ? "reached" : "MISSED "}  ${figure}: ${spreadText(found)} of ${reference}, the goal is ${most.toFixed(2)}`,
  );
  return {
    title: `Template engines, CPU time of one page\n\n${sameness}\n"written" is with the page written into a Buffer.\n\n${notes.join("\n")}`,
    table: { head, rows, leftAligned: 2 },
    data: { figures: data, goals: reached },
  };
}

function position(name: string): number {
  return engineNames.indexOf(name);
}

function leastToMost({ least, most }: Spread): string {
  return `${least.toFixed(1)}–${most.toFixed(1)}`;
}
