/** Notices a query that runs again and again in a loop, and names the line that runs it. For development alone. */
import { queryRepeated } from "../moments.ts";

export interface RepeatedQueriesOptions {
  /** How often a query may run before it is reported. Default: 10. */
  readonly times?: number | undefined;
  /** Runs count together for so many milliseconds; 0 for as long as the counter lives, as a session's does. Default: 0. */
  readonly within?: number | undefined;
}

/** More frames than the layer has of its own. */
const FRAMES = 60;

/** The lines that were reported; there are as many as the application's source has. */
const reported = new Set<string>();

/** Counts the runs of each query. One for each session, and one for what a database runs without. */
export class RepeatedQueries {
  readonly #times: number;
  readonly #within: number;
  readonly #runs = new Map<number, number>();
  #since = 0;

  constructor({ times = 10, within = 0 }: RepeatedQueriesOptions = {}) {
    this.#times = times;
    this.#within = within;
  }

  /** To be called where a SELECT runs, before anything is awaited: the stack then still leads to the line. */
  seen(statementId: number, sql: string): void {
    if (this.#within > 0) this.#beginAnew();
    const runs = (this.#runs.get(statementId) ?? 0) + 1;
    this.#runs.set(statementId, runs);
    if (runs === this.#times) report(sql, runs);
  }

  #beginAnew(): void {
    const now = performance.now();
    if (now - this.#since < this.#within) return;
    this.#since = now;
    this.#runs.clear();
  }
}

/** A counter; `undefined` in production, where nothing is counted. */
export function repeatedQueries(options?: RepeatedQueriesOptions): RepeatedQueries | undefined {
  return process.env.NODE_ENV === "production" ? undefined : new RepeatedQueries(options);
}

function report(sql: string, times: number): void {
  const at = callingLine();
  if (at === undefined || reported.has(at)) return;
  reported.add(at);
  if (queryRepeated.active) queryRepeated.announce({ sql, times, at });
  process.emitWarning(`A query ran ${times} times, at ${at}: ${sql}`, {
    type: "LimpidRepeatedQuery",
    detail:
      "Read all rows with one query before the loop, with in([…]), or go along a relation, which does that.",
  });
}

/** The first line of the stack that is neither this layer's, nor a package's, nor Node's. */
function callingLine(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = "" } = new Error("repeated");
  Error.stackTraceLimit = limit;
  for (const frame of stack.split("\n").slice(1)) {
    const at = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*:\d+:\d+)\)?$/.exec(frame)?.[1];
    if (at !== undefined && !isForeign(at)) return at.replace(/^file:\/\//, "");
  }
  return undefined;
}

const layer = new URL("..", import.meta.url).href;

function isForeign(at: string): boolean {
  const url = at.startsWith("file://") ? at : `file://${at}`;
  return url.startsWith(layer) || at.includes("/node_modules/") || at.includes("\\node_modules\\");
}
