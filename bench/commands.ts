/** What the runner can do, and who takes part in it. */
import { anchor, type Candidate, candidates, type Runtimes } from "./candidates.ts";
import { measureHttp } from "./http.ts";
import { httpReport } from "./http-summary.ts";
import { measureIdle } from "./idle/measure-idle.ts";
import { candidateNames, databaseNames, packages as ormPackages } from "./orm/candidates.ts";
import { measureOrm } from "./orm/measure-orm.ts";
import { scenarios as ormScenarios } from "./orm/scenarios.ts";
import type { Report } from "./report.ts";
import { measureRouters, routerNames } from "./router/measure-routers.ts";
import { scenarios } from "./scenarios.ts";
import { measureStartup, starters } from "./startup/measure-startup.ts";
import { engineNames, measureTemplates, templateScenarios } from "./templates/measure-templates.ts";

/** What a command is told. */
export interface Plan extends Runtimes {
  scenarios: readonly string[];
  candidates: readonly string[];
  databases: readonly string[];
  rounds: number;
  seconds: number;
}

/** A command of the runner. */
export interface Command {
  name: string;
  about: string;
  /** The words that `--candidate` takes, and those that are meant without it. */
  candidates: readonly string[];
  /** The words that `--scenario` takes, likewise. */
  scenarios: readonly string[];
  /** The words that `--database` takes, where there are any. */
  databases?: readonly string[];
  /** Whose versions stand beside the figures, where it is not the usual ones. */
  packages?: readonly string[];
  rounds: number;
  seconds: number;
  run(plan: Plan): Promise<Report>;
}

const everyScenario = scenarios.map(({ name }) => name);

/** The ratios need their anchor, whoever was asked for. */
function httpCandidates(names: readonly string[]): Candidate[] {
  return candidates.filter(({ name }) => names.includes(name) || name === anchor);
}

async function runHttp(plan: Plan): Promise<Report> {
  const chosen = httpCandidates(plan.candidates);
  const wanted = scenarios.filter(({ name }) => plan.scenarios.includes(name));
  const samples = await measureHttp({ ...plan, candidates: chosen, scenarios: wanted });
  return httpReport(
    samples,
    plan.scenarios,
    chosen.map(({ name }) => name),
  );
}

const http = { rounds: 5, seconds: 2, run: runHttp };
const alone = { scenarios: [] };

/** Every command; the first is meant where none is named. */
export const commands: readonly Command[] = [
  {
    ...http,
    name: "http",
    about: "every scenario on every server",
    candidates: candidates.map(({ name }) => name).filter((name) => name !== "limpid-hono"),
    scenarios: everyScenario,
  },
  {
    ...http,
    name: "hono-on-limpid",
    about: "one Hono application on its own server and on Limpid's",
    candidates: ["limit", "hono", "limpid-hono"],
    scenarios: everyScenario,
  },
  {
    ...alone,
    name: "router",
    about: "routers alone, without a server",
    candidates: routerNames,
    rounds: 7,
    seconds: 0.5,
    run: measureRouters,
  },
  {
    ...alone,
    name: "idle",
    about: "memory of 10,000 connections that wait",
    candidates: candidates.map(({ name }) => name).filter((name) => name !== "limpid-hono"),
    rounds: 3,
    seconds: 0,
    run: (plan) =>
      measureIdle({ ...plan, candidates: candidates.filter(({ name }) => plan.candidates.includes(name)) }),
  },
  {
    ...alone,
    name: "startup",
    about: "time to the first answer, and memory of an empty application",
    candidates: starters.map(({ name }) => name),
    rounds: 7,
    seconds: 0,
    run: measureStartup,
  },
  {
    name: "templates",
    about: "template engines alone, without a server",
    candidates: engineNames,
    scenarios: templateScenarios,
    rounds: 7,
    seconds: 0.3,
    run: measureTemplates,
  },
  {
    name: "orm",
    about: "database layers on SQLite and PostgreSQL, which DATABASE_URL names",
    candidates: candidateNames,
    scenarios: ormScenarios.map(({ name }) => name),
    databases: databaseNames,
    packages: ormPackages,
    rounds: 7,
    seconds: 0.25,
    run: measureOrm,
  },
  {
    ...alone,
    name: "attacks",
    about: "what an attacker's value becomes with each template engine; writes docs/template-escaping.md",
    candidates: [],
    rounds: 1,
    seconds: 0,
    // What it needs is there after the first installation only.
    run: async () => (await import("./templates/attack-table.ts")).attackTable(),
  },
];
