/** Clients beyond the cap: how and when each learns that there is no room. */
import { createConnection } from "node:net";
import { latencies } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { Dialled } from "./dialled.ts";
import { sourceAddress } from "./source-address.ts";

/** What a script gives to `flood`. */
export interface Flood {
  readonly port: number;
  readonly clients: number;
  /** Dials a second. */
  readonly rate: number;
}

const NET = 4;
const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/** Dials, sends a request, and resolves to what came of it: a status, `"reset"`, or what else the system said. */
function dial(port: number, number: number): Promise<{ what: string; milliseconds: number }> {
  const begun = performance.now();
  const socket = createConnection({ port, host: "127.0.0.1", localAddress: sourceAddress(NET, number) });
  return new Promise((resolve) => {
    const end = (what: string): void => {
      resolve({ what, milliseconds: performance.now() - begun });
      socket.destroy();
    };
    socket.once("connect", () => socket.write(request));
    socket.once("data", (bytes: Buffer) => end(bytes.toString("latin1", 9, 12)));
    socket.once("end", () => end("end"));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(error.code === "ECONNRESET" ? "reset" : `${error.code}`),
    );
  });
}

perform({
  async flood({ port, clients, rate }: Flood) {
    const results: Promise<{ what: string; milliseconds: number }>[] = [];
    const begun = performance.now();
    while (results.length < clients) {
      const due = ((performance.now() - begun) / 1000) * rate;
      while (results.length <= due && results.length < clients) results.push(dial(port, results.length));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const ends = await Promise.all(results);
    const answers: Record<string, number> = {};
    for (const { what } of ends) answers[what] = (answers[what] ?? 0) + 1;
    return { answers, ...latencies(ends.map(({ milliseconds }) => milliseconds)) };
  },
  /** Milliseconds until this many new clients have had their answer. */
  async recover({ port, clients }: { port: number; clients: number }): Promise<number> {
    const begun = performance.now();
    const held: Dialled[] = [];
    const work = async (number: number): Promise<void> => {
      while (performance.now() - begun < 10_000) {
        const one = await Dialled.dial({ port, from: sourceAddress(NET, number) }).catch(() => undefined);
        const outcome = await one?.request(request);
        if (one !== undefined && outcome !== undefined && !("lost" in outcome) && outcome.status === 200) {
          held.push(one);
          return;
        }
        one?.close();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, number) => work(number)));
    const milliseconds = performance.now() - begun;
    for (const one of held) one.close();
    return held.length === clients ? milliseconds : Number.POSITIVE_INFINITY;
  },
});
