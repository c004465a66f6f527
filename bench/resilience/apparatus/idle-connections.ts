/** What an idle connection costs in memory, measured in the same way for every server. */
import { residentBytes } from "./process-figures.ts";
import { Program } from "./program.ts";
import type { Options, Run } from "./script.ts";
import { sleep } from "./statistics.ts";

/** What to hold. */
export interface IdleTrial {
  /** `"servers/limpid"` or `"servers/bare"`. */
  readonly server: string;
  readonly tls: boolean;
  readonly clients: number;
  /** Connections to hold in the end, all of which must answer once more. */
  readonly most: number;
}

/** What it came to. */
export interface IdleResult {
  /** Resident bytes for each connection after a garbage collection. */
  readonly bytes: number;
  /** The same before it. */
  readonly uncollected: number;
  /** What of it is JavaScript's heap. */
  readonly heap: number;
  readonly errors: number;
  /** Connections of `most` that answered once more. */
  readonly answered: number;
}

/** Few enough to leave no memory behind that the measured ones would fill. */
const WARMTH = 200;

/** Opens and closes a few connections for warmth, then holds all of them. */
export async function holdIdle(run: Run<Options>, trial: IdleTrial): Promise<IdleResult> {
  const { tls, clients, most } = trial;
  using server = new Program(trial.server, { core: 0 });
  using client = new Program("clients/idle", { core: 1 });
  const options = { maxConnections: most + 100, keepAliveTimeout: 600_000 };
  const port = await server.ask<number>("listen", { options, ...(tls && { tls: "server" }) });
  const dial = async (count: number): Promise<number> => {
    const errors = await client.ask<Record<string, number>>("dial", { port, clients: count, tls });
    if (Object.keys(errors).length > 0) run.note(`Errors of ${trial.server}: ${JSON.stringify(errors)}`);
    return Object.values(errors).reduce((sum, one) => sum + one, 0);
  };
  let errors = await dial(WARMTH);
  await client.ask("close");
  await sleep(500);
  await server.ask("collectGarbage");
  const before = residentBytes(server.pid);
  const heapBefore = await server.ask<number>("heapBytes");
  errors += await dial(clients);
  await sleep(1000);
  const uncollected = (residentBytes(server.pid) - before) / clients;
  await server.ask("collectGarbage");
  const bytes = (residentBytes(server.pid) - before) / clients;
  const heap = ((await server.ask<number>("heapBytes")) - heapBefore) / clients;
  run.progress(`${trial.server}: ${clients} connections, ${Math.round(bytes)} bytes each`);
  errors += most > clients ? await dial(most - clients) : 0;
  const answered = await client.ask<number>("askAgain");
  return { bytes, uncollected, heap, errors, answered };
}
