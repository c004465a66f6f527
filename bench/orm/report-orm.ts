/** The figures of one database as a table. */
import { type Report, spreadText } from "../report.ts";
import { median, type Spread, spreadOf } from "../statistics.ts";
import type { Figures } from "./process.ts";

/** What was measured of one scenario: the figures of each candidate, one for each round. */
export interface Column {
  readonly scenario: string;
  readonly inFlight: number;
  readonly figures: Map<string, Figures[]>;
}

function cpuOf(figures: readonly Figures[]): number[] {
  return figures.map(({ cpu }) => cpu);
}

/** The ratio of CPU time within each round. */
function ratio(of: readonly Figures[], to: readonly Figures[] | undefined): Spread | undefined {
  return to && spreadOf(of.map(({ cpu }, round) => cpu / to[round]!.cpu));
}

function number(microseconds: number): string {
  return microseconds.toFixed(microseconds < 10 ? 2 : microseconds < 100 ? 1 : 0);
}

/** A title, a table and data; ratios refer to the first of the names. */
export function databaseReport(
  database: string,
  names: readonly string[],
  columns: readonly Column[],
): Report {
  const anchor = names[0]!;
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const { scenario, inFlight, figures } of columns) {
    for (const name of names.filter((known) => figures.has(known))) {
      const found = figures.get(name)!;
      const cpu = spreadOf(cpuOf(found));
      const wall = spreadOf(found.map((each) => each.wall));
      const [toAnchor, toLimpid] = [ratio(found, figures.get(anchor)), ratio(found, figures.get("limpid"))];
      data.push({ scenario, inFlight, candidate: name, cpu, wall, toAnchor, toLimpid, rounds: found });
      rows.push([
        columns.some((column) => column.inFlight > 1) ? `${scenario}, ${inFlight} in flight` : scenario,
        name,
        number(median(cpuOf(found))),
        `${number(cpu.least)}–${number(cpu.most)}`,
        number(wall.median),
        ...[toAnchor, toLimpid].map((spread) => (spread === undefined ? "" : spreadText(spread))),
      ]);
    }
  }
  const head = ["scenario", "candidate", "CPU µs", "least–most", "wall µs", `to ${anchor}`, "to limpid"];
  return {
    title: `Database layers on ${database}, time of one operation\n\nThe answers, and the rows that writing left, were equal. Ratios are of CPU time.`,
    table: { head, rows, leftAligned: 2 },
    data: { database, figures: data },
  };
}
