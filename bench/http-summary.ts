/** What the rounds of `http` come to: a line for each scenario and candidate. */
import { anchor } from "./candidates.ts";
import type { Sample } from "./http.ts";
import { type Report, spreadText } from "./report.ts";
import { median, type Spread, spreadOf } from "./statistics.ts";
import type { Table } from "./table.ts";

/** A scenario on a candidate: medians over the rounds, times in microseconds. */
interface HttpSummary {
  scenario: string;
  candidate: string;
  cpuPerRequest: number;
  /** CPU per request as a multiple of the anchor's in the same round. */
  ratio: Spread | undefined;
  requestsPerSecond: number;
  p50: number;
  p99: number;
  instructionsPerRequest: number | undefined;
}

/** Summaries in the order of the names given. */
function summarize(
  samples: readonly Sample[],
  scenarios: readonly string[],
  candidates: readonly string[],
): HttpSummary[] {
  const pairs = scenarios.flatMap((scenario) => candidates.map((candidate) => ({ scenario, candidate })));
  return pairs.flatMap(({ scenario, candidate }) => {
    const inScenario = samples.filter((sample) => sample.scenario === scenario);
    const own = inScenario.filter((sample) => sample.candidate === candidate);
    if (own.length === 0) return [];
    const anchors = new Map(
      inScenario
        .filter((sample) => sample.candidate === anchor)
        .map(({ round, cpuPerRequest }) => [round, cpuPerRequest] as const),
    );
    const ratios = own.map(({ round, cpuPerRequest }) => cpuPerRequest / (anchors.get(round) ?? Number.NaN));
    const counted = own.flatMap(({ instructionsPerRequest }) => instructionsPerRequest ?? []);
    return {
      scenario,
      candidate,
      cpuPerRequest: median(own.map((sample) => sample.cpuPerRequest)),
      ratio: anchors.size === 0 ? undefined : spreadOf(ratios),
      requestsPerSecond: median(own.map((sample) => sample.requestsPerSecond)),
      p50: median(own.map((sample) => sample.p50)),
      p99: median(own.map((sample) => sample.p99)),
      instructionsPerRequest: counted.length === 0 ? undefined : median(counted),
    };
  });
}

/** A line for each scenario: the anchor's CPU time, and the ratios of the others to it. */
function overviewOf(summaries: readonly HttpSummary[], candidates: readonly string[]): Table {
  const names = [...new Set(summaries.map(({ scenario }) => scenario))];
  const rows = names.map((name) => {
    const cells = candidates.map((candidate) => {
      const own = summaries.find((summary) => summary.scenario === name && summary.candidate === candidate);
      if (own?.ratio === undefined) return "";
      return candidate === anchor ? `${own.cpuPerRequest.toFixed(2)} µs` : spreadText(own.ratio);
    });
    return [name, ...cells];
  });
  return { head: ["CPU per request", ...candidates], rows, leftAligned: 1 };
}

/** The summaries as a report. */
export function httpReport(
  samples: readonly Sample[],
  scenarios: readonly string[],
  candidates: readonly string[],
): Report {
  const summaries = summarize(samples, scenarios, candidates);
  const counted = summaries.some(({ instructionsPerRequest }) => instructionsPerRequest !== undefined);
  const head = ["scenario", "server", "CPU µs", `to ${anchor}`, "requests/s", "p50 µs", "p99 µs"];
  const rows = summaries.map((summary) => [
    summary.scenario,
    summary.candidate,
    summary.cpuPerRequest.toFixed(summary.cpuPerRequest < 10 ? 2 : 1),
    summary.ratio === undefined ? "" : spreadText(summary.ratio),
    summary.requestsPerSecond.toFixed(0),
    summary.p50.toFixed(0),
    summary.p99.toFixed(0),
    ...(counted ? [((summary.instructionsPerRequest ?? Number.NaN) / 1000).toFixed(1)] : []),
  ]);
  const table = { head: counted ? [...head, "k instructions"] : head, rows, leftAligned: 2 };
  return { title: "HTTP", table, overview: overviewOf(summaries, candidates), data: { summaries, samples } };
}
