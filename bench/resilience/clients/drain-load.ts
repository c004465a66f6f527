/** Traffic of every kind at about 2,000 requests a second, until the server has ended every connection. */

import { sleep } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { Dialled, type Outcome } from "./dialled.ts";
import { sourceAddress } from "./source-address.ts";

/** What a round came to. */
export interface DrainRound {
  readonly answered: number;
  /** Requests without a whole, right response: what was lost, and how often. */
  readonly lost: Record<string, number>;
  /** Those of them that stood behind a response with `Connection: close`, which their client may send again. */
  readonly told: number;
  /** Dials that were refused because nobody listens any more: no request was sent. */
  readonly refused: number;
  /** Dials that ended otherwise. */
  readonly undialled: Record<string, number>;
}

interface Kind {
  readonly name: string;
  readonly clients: number;
  /** Milliseconds from the beginning of one turn to that of the next. */
  readonly every: number;
  /** Requests of one turn. */
  readonly requests: number;
  /** Sends a turn. */
  send(dialled: Dialled): Promise<Outcome[]>;
  /** Whether the response is the right one. */
  right(text: string, length: number): boolean;
  /** Whether each turn has a connection of its own. */
  readonly fresh?: boolean;
}

const NET = 6;
const PIPELINED = 4;
const UPLOAD = 65_536;
const fields = "Host: localhost\r\nUser-Agent: drain\r\nAccept: */*\r\n";
const uploadHead = `POST /upload HTTP/1.1\r\n${fields}Content-Length: ${UPLOAD}\r\n\r\n`;
const quarter = Buffer.alloc(UPLOAD / 4, "x");

function get(path: string, more = ""): string {
  return `GET ${path} HTTP/1.1\r\n${fields}${more}\r\n`;
}

async function upload(dialled: Dialled): Promise<Outcome[]> {
  const outcome = dialled.outcome();
  dialled.socket.write(uploadHead);
  for (let piece = 0; piece < 4; piece++) {
    await sleep(3);
    dialled.socket.write(quarter);
  }
  return [await outcome];
}

function pipeline(dialled: Dialled): Promise<Outcome[]> {
  const outcomes = Array.from({ length: PIPELINED }, () => dialled.outcome());
  dialled.socket.write(get("/").repeat(PIPELINED));
  return Promise.all(outcomes);
}

const one = async (outcome: Promise<Outcome>): Promise<Outcome[]> => [await outcome];
const says = (expected: string) => (text: string) => text === expected;

// 1,200 + 400 + 150 + 100 + 50 + 100 requests a second.
const kinds: readonly Kind[] = [
  {
    name: "keep-alive",
    clients: 40,
    every: 33,
    requests: 1,
    send: (to) => one(to.request(get("/"))),
    right: says("hello"),
  },
  { name: "pipelined", clients: 10, every: 100, requests: PIPELINED, send: pipeline, right: says("hello") },
  {
    name: "slow",
    clients: 6,
    every: 40,
    requests: 1,
    send: (to) => one(to.request(get("/slow"))),
    right: says("slow"),
  },
  {
    name: "fresh",
    clients: 5,
    every: 50,
    requests: 1,
    fresh: true,
    send: (to) => one(to.request(get("/", "Connection: close\r\n"))),
    right: says("hello"),
  },
  {
    name: "streamed",
    clients: 5,
    every: 100,
    requests: 1,
    send: (to) => one(to.request(get("/stream"))),
    right: (_, length) => length === 20_000,
  },
  { name: "upload", clients: 10, every: 100, requests: 1, send: upload, right: says(String(UPLOAD)) },
];

class Round {
  answered = 0;
  told = 0;
  refused = 0;
  readonly lost: Record<string, number> = {};
  readonly undialled: Record<string, number> = {};

  /** Works until the server takes no connection any more. */
  async client(port: number, kind: Kind, number: number): Promise<void> {
    let dialled: Dialled | undefined;
    await sleep(Math.random() * kind.every);
    for (let due = performance.now(); ; due += kind.every) {
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
      else due = performance.now();
      if (!dialled?.open) dialled = await this.#dial(port, number);
      if (dialled === undefined) return;
      this.#judge(kind, await kind.send(dialled));
      if (kind.fresh) dialled = undefined;
    }
  }

  async #dial(port: number, number: number): Promise<Dialled | undefined> {
    try {
      return await Dialled.dial({ port, from: sourceAddress(NET, number) });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      if (code === "ECONNREFUSED") this.refused++;
      else this.undialled[code] = (this.undialled[code] ?? 0) + 1;
      return undefined;
    }
  }

  #judge(kind: Kind, outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (!("lost" in outcome)) {
        if (outcome.status === 200 && kind.right(outcome.text, outcome.length)) this.answered++;
        else this.#lose(`${kind.name}: status ${outcome.status}`);
        continue;
      }
      if (outcome.told) this.told++;
      const how = outcome.partly ? "a part of the response" : "no response";
      this.#lose(`${kind.name}: ${how}, ${outcome.told ? "told before" : outcome.code}`);
    }
  }

  #lose(what: string): void {
    this.lost[what] = (this.lost[what] ?? 0) + 1;
  }
}

perform({
  /** Resolves when nobody can go on. */
  async round({ port }: { port: number }): Promise<DrainRound> {
    const round = new Round();
    let number = 0;
    const clients = kinds.flatMap((kind) =>
      Array.from({ length: kind.clients }, () => round.client(port, kind, number++)),
    );
    await Promise.all(clients);
    const { answered, told, refused, lost, undialled } = round;
    return { answered, told, refused, lost, undialled };
  },
});
