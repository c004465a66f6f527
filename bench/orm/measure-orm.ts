/** The command `orm`: database layers, each in a process of its own, compared and then measured in turn. */
import type { Runtimes } from "../candidates.ts";
import { progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { shuffled } from "../statistics.ts";
import { CandidateProcess } from "./candidate-process.ts";
import { candidates } from "./candidates.ts";
import type { Connection } from "./operations.ts";
import { difference } from "./plain.ts";
import { PostgresqlSchemas } from "./postgresql-schemas.ts";
import { generateClient } from "./prisma/generate.ts";
import type { Figures } from "./process.ts";
import { type Column, databaseReport } from "./report-orm.ts";
import { scenarios } from "./scenarios.ts";
import type { DatabaseName } from "./tables.ts";

interface OrmPlan extends Runtimes {
  scenarios: readonly string[];
  candidates: readonly string[];
  databases: readonly string[];
  rounds: number;
  seconds: number;
}

const [one, many] = [1, 64] as const;

/** The columns of a database: SQLite is in the process, so that nothing is gained by asking twice at a time. */
function columnsOf(database: DatabaseName, wanted: readonly string[]): Column[] {
  return scenarios
    .filter(({ name }) => wanted.includes(name))
    .flatMap(({ name, many: often }) =>
      (often && database === "postgresql" ? [one, many] : [one]).map((inFlight) => ({
        scenario: name,
        inFlight,
        figures: new Map<string, Figures[]>(),
      })),
    );
}

/** Fails unless everybody gives and leaves what the anchor does. */
function compare([anchor, ...others]: readonly CandidateProcess[]): void {
  for (const scenario of Object.keys(anchor!.answers)) {
    for (const { name, answers } of others) {
      const found = difference(anchor!.answers[scenario], answers[scenario]);
      if (found === undefined) continue;
      throw new Error(`${scenario} of ${name} is not what ${anchor!.name} gives:\n${found}`);
    }
  }
}

async function measure(running: readonly CandidateProcess[], columns: readonly Column[], plan: OrmPlan) {
  const milliseconds = plan.seconds * 1000;
  // The first round warms up.
  for (let round = 0; round <= plan.rounds; round++) {
    progress(`round ${round} of ${plan.rounds}`);
    for (const { scenario, inFlight, figures } of shuffled(columns)) {
      for (const candidate of shuffled(running)) {
        const found = await candidate.measure({ scenario, inFlight, milliseconds });
        if (round > 0) figures.set(candidate.name, [...(figures.get(candidate.name) ?? []), found]);
      }
    }
  }
  progress("");
}

async function measureDatabase(
  database: DatabaseName,
  connect: () => Promise<Connection>,
  plan: OrmPlan,
): Promise<Column[]> {
  const [anchor, ...others] = Object.keys(candidates[database]);
  const wanted = others.filter((name) => plan.candidates.includes(name));
  if (wanted.includes("prisma")) generateClient(database, plan.node);
  const columns = columnsOf(database, plan.scenarios);
  const running: CandidateProcess[] = [];
  try {
    for (const name of [anchor!, ...wanted]) {
      progress(`${database}: starting ${name}`);
      running.push(await CandidateProcess.start(database, name, await connect(), plan));
    }
    compare(running);
    await measure(running, columns, plan);
  } finally {
    for (const candidate of running) await candidate.stop();
  }
  return columns;
}

async function measureSqlite(plan: OrmPlan): Promise<Report> {
  const columns = await measureDatabase("sqlite", async () => ({ url: "", schema: "" }), plan);
  return databaseReport("SQLite in memory", Object.keys(candidates.sqlite), columns);
}

async function measurePostgresql(plan: OrmPlan): Promise<Report> {
  await using schemas = await PostgresqlSchemas.connect();
  const columns = await measureDatabase("postgresql", () => schemas.create(), plan);
  return databaseReport(`PostgreSQL ${schemas.version}`, Object.keys(candidates.postgresql), columns);
}

/** Runs the plan. */
export async function measureOrm(plan: OrmPlan): Promise<Report> {
  const reports: Report[] = [];
  if (plan.databases.includes("sqlite")) reports.push(await measureSqlite(plan));
  if (plan.databases.includes("postgresql")) reports.push(await measurePostgresql(plan));
  const [first, ...further] = reports;
  return { ...first!, further };
}
