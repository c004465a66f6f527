/** Clients that ask once and then stay. */
import { perform } from "../apparatus/tasks.ts";
import { Dialled } from "./dialled.ts";
import { sourceAddress } from "./source-address.ts";

/** What a script gives to `dial`. */
export interface IdleLoad {
  readonly port: number;
  readonly clients: number;
  readonly tls?: boolean;
}

const NET = 2;
/** Dials under way at a time. */
const AT_A_TIME = 50;
const request = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: idle\r\nAccept: */*\r\n\r\n";

const held: Dialled[] = [];
let dialled = 0;

async function dialOne({ port, tls }: IdleLoad): Promise<string | undefined> {
  try {
    const one = await Dialled.dial({ port, tls, from: sourceAddress(NET, dialled++) });
    const outcome = await one.request(request);
    if ("lost" in outcome) return outcome.code;
    if (outcome.status !== 200) return `status ${outcome.status}`;
    held.push(one);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

perform({
  /** Resolves to the errors when all have had their answer. */
  async dial(load: IdleLoad): Promise<Record<string, number>> {
    const errors: Record<string, number> = {};
    let left = load.clients;
    const work = async (): Promise<void> => {
      while (left-- > 0) {
        const error = await dialOne(load);
        if (error !== undefined) errors[error] = (errors[error] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return errors;
  },
  /** How many of those that are held answer another request. */
  async askAgain(): Promise<number> {
    let answered = 0;
    for (const one of held) {
      const outcome = await one.request(request);
      if (!("lost" in outcome) && outcome.status === 200) answered++;
    }
    return answered;
  },
  /** Closes this many of those that are held, or all. */
  async close(count: number | undefined): Promise<void> {
    const closing = held.splice(0, count ?? held.length);
    const closed = closing.map(({ socket }) => new Promise((resolve) => socket.once("close", resolve)));
    for (const one of closing) one.close();
    await Promise.all(closed);
  },
});
