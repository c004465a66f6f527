/** A server whose handlers work: a route costs processor time, at once or behind a wait, or blocks the loop. */
import { App } from "limpid/app";
import { createLogger } from "limpid/log";
import { loopBlocked, overloadBegin, overloadEnd, type ServerOptions } from "limpid/server";
import { perform } from "../apparatus/tasks.ts";

/** What a run of the server came to. */
export interface Announced {
  readonly begins: number;
  readonly ends: number;
  /** Times the loop was blocked, by what the server named for it. */
  readonly blocked: Record<string, number>;
  /** Log lines of the level warn. */
  readonly warnings: string[];
}

/** Rounds of work in a millisecond of this machine. */
function calibrate(): number {
  work(2_000_000);
  const begun = performance.now();
  work(20_000_000);
  return Math.round(20_000_000 / (performance.now() - begun));
}

function work(rounds: number): number {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
  return state;
}

const rounds = calibrate();
const announced = { begins: 0, ends: 0, blocked: {} as Record<string, number>, warnings: [] as string[] };
overloadBegin.listen(() => void announced.begins++);
overloadEnd.listen(() => void announced.ends++);
loopBlocked.listen(({ method, path }) => {
  const name = `${method} ${path}`;
  announced.blocked[name] = (announced.blocked[name] ?? 0) + 1;
});

const log = createLogger({
  level: "warn",
  format: "json",
  destination: { write: (line) => void announced.warnings.push(line.trim()) },
});
const app = new App({ log });
app.get("/livez", () => "alive");
// Work is counted in rounds and not by the clock, or being interrupted would look like working.
app.get("/task/:microseconds", ({ params }) => String(work((rounds * Number(params.microseconds)) / 1000)));
app.get("/wait/:milliseconds/:microseconds", async ({ params }) => {
  await new Promise((resolve) => setTimeout(resolve, Number(params.milliseconds)));
  return String(work((rounds * Number(params.microseconds)) / 1000));
});
app.get("/block/:milliseconds", ({ params }) => String(work(rounds * Number(params.milliseconds))));

perform({
  async listen(options: ServerOptions): Promise<number> {
    const server = await app.listen({
      host: "127.0.0.1",
      port: 0,
      maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
      keepAliveTimeout: 65_000,
      ...options,
    });
    return server.address?.port ?? 0;
  },
  announced: (): Announced => announced,
});
