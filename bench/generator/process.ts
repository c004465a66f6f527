/** The process of the generator: does one job after the other, as the runner says. */
import { firstId, type Scenario, scenarioNamed } from "../scenarios.ts";
import { holdConnections, type IdleResult, releaseConnections } from "./idle-connections.ts";
import { batchesOf, Load, type Measurement } from "./load.ts";
import type { Job, Outcome } from "./messages.ts";
import { probe } from "./probe.ts";

/** Making them takes longer than many a warm-up. */
const batches = new Map<string, Buffer[]>();

function batchesFor(scenario: Scenario): Buffer[] {
  let found = batches.get(scenario.name);
  if (found === undefined) batches.set(scenario.name, (found = batchesOf(scenario)));
  return found;
}

/** Fails unless a candidate answers the first requests of a scenario exactly as it should. */
async function verify(port: number, scenario: Scenario, contents: number): Promise<void> {
  for (let id = firstId; id < firstId + contents; id++) {
    const { status, mediaType, content } = await probe(port, scenario.request(id));
    const expected = scenario.answer(id);
    if (status === 200 && mediaType === expected.mediaType && content === expected.content) continue;
    const found = `${status} ${mediaType} ${content.slice(0, 300)}`;
    const wanted = `200 ${expected.mediaType} ${expected.content.slice(0, 300)}`;
    throw new Error(`${scenario.name} is answered with\n  ${found}\ninstead of\n  ${wanted}`);
  }
}

async function work(job: Job): Promise<Measurement | IdleResult | undefined> {
  switch (job.kind) {
    case "verify":
      await verify(job.port, scenarioNamed(job.scenario), job.contents);
      return undefined;
    case "load": {
      const scenario = scenarioNamed(job.scenario);
      const first = await probe(job.port, scenario.request(firstId));
      const load = new Load(job.port, scenario, batchesFor(scenario), first);
      return await load.run(scenario.connections, job.seconds, job.pid);
    }
    case "idle":
      return await holdConnections(job.port, job.connections);
    case "close":
      releaseConnections();
      return undefined;
  }
}

process.on("message", async (job: Job) => {
  let outcome: Outcome;
  try {
    outcome = { result: await work(job) };
  } catch (error) {
    outcome = { failure: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(outcome);
});
process.on("disconnect", () => process.exit(0));
