/** The command `http`: every scenario on every candidate, in rounds, with all servers running at once. */
import { join } from "node:path";
import { type Candidate, commandFor, type Runtimes } from "./candidates.ts";
import type { Measurement } from "./generator/load.ts";
import { CandidateProcess } from "./measure/candidate-process.ts";
import { GeneratorProcess } from "./measure/generator-process.ts";
import { instructionsOf } from "./measure/instructions.ts";
import { progress } from "./progress.ts";
import type { Scenario } from "./scenarios.ts";
import { shuffled } from "./statistics.ts";

/** What was found in one round. */
export interface Sample extends Measurement {
  round: number;
  scenario: string;
  candidate: string;
  instructionsPerRequest?: number | undefined;
}

/** What to run and for how long. */
export interface HttpPlan extends Runtimes {
  scenarios: readonly Scenario[];
  candidates: readonly Candidate[];
  rounds: number;
  seconds: number;
}

/** Seconds for which each scenario warms each server up. */
const warmUp = 1;

/** Whether a candidate answers a scenario. */
function answers(candidate: Candidate, scenario: Scenario): boolean {
  return candidate.without?.includes(scenario.name) !== true;
}

/** Runs the plan. */
export async function measureHttp(plan: HttpPlan): Promise<Sample[]> {
  const generator = new GeneratorProcess();
  const servers: CandidateProcess[] = [];
  try {
    for (const candidate of plan.candidates) {
      const file = join(import.meta.dirname, "candidates", candidate.file);
      servers.push(await CandidateProcess.start(candidate, commandFor(candidate.runtime, file, plan)));
    }
    await prepare(plan, servers, generator);
    return await rounds(plan, servers, generator);
  } finally {
    generator.stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Verifies all answers, and warms all scenarios up on all servers. */
async function prepare(
  plan: HttpPlan,
  servers: CandidateProcess[],
  generator: GeneratorProcess,
): Promise<void> {
  for (const server of servers) {
    const { candidate, pid } = server;
    const own = plan.scenarios.filter((scenario) => answers(candidate, scenario));
    for (const { name, compared } of own) {
      const contents = candidate.constant === true ? 1 : compared;
      try {
        await generator.verify(server.portFor(name), name, contents);
      } catch (error) {
        throw new Error(`${candidate.name}, ${name}: ${(error as Error).message}`);
      }
    }
    for (const { name } of own) {
      progress(`warming up ${candidate.name}: ${name}`);
      await generator.load(server.portFor(name), name, pid, Math.min(warmUp, plan.seconds));
    }
  }
}

async function rounds(
  plan: HttpPlan,
  servers: CandidateProcess[],
  generator: GeneratorProcess,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 1; round <= plan.rounds; round++) {
    for (const scenario of shuffled(plan.scenarios)) {
      for (const server of shuffled(servers.filter(({ candidate }) => answers(candidate, scenario)))) {
        const { candidate, pid } = server;
        progress(`round ${round} of ${plan.rounds}: ${scenario.name} on ${candidate.name}`);
        const port = server.portFor(scenario.name);
        const { result, instructions } = await instructionsOf(pid, () =>
          generator.load(port, scenario.name, pid, plan.seconds),
        );
        const instructionsPerRequest =
          instructions === undefined ? undefined : instructions / result.answered;
        samples.push({
          round,
          scenario: scenario.name,
          candidate: candidate.name,
          ...result,
          instructionsPerRequest,
        });
      }
    }
  }
  progress("");
  return samples;
}
