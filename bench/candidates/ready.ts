/** How a candidate talks to the runner: a line when it listens, and a line for each order it gets on its input. */
import { createInterface } from "node:readline";

/** The ports of a candidate: one for everything, or one for each scenario. */
export type Ports = number | Record<string, number>;

type Collector = (synchronous?: boolean) => unknown;

/** The collector of the runtime, where it lets one call it: Bun always, Node with `--expose-gc`. */
function collector(): Collector | undefined {
  const { gc, Bun } = globalThis as { gc?: Collector; Bun?: { gc: Collector } };
  return Bun === undefined ? gc : () => Bun.gc(true);
}

/** Says where the candidate listens, and serves the runner until it hangs up. */
export function ready(ports: Ports): void {
  console.log(JSON.stringify({ ready: ports }));
  const orders = createInterface({ input: process.stdin });
  orders.on("line", (line) => {
    if (line !== "collect") return;
    const collect = collector();
    for (let times = 0; times < 3; times++) collect?.();
    console.log(JSON.stringify({ collected: collect !== undefined }));
  });
  orders.on("close", () => process.exit(0));
}
