/** Traffic of many kinds, over plain connections and TLS, of which a share is hostile. */
import { createConnection } from "node:net";
import { latencies, sleep } from "../apparatus/statistics.ts";
import { perform } from "../apparatus/tasks.ts";
import { Dialled } from "./dialled.ts";
import { hostileInputs } from "./hostile-input.ts";
import { sourceAddress } from "./source-address.ts";

/** What a script gives to `begin`. */
export interface MixedLoad {
  readonly port: number;
  readonly tlsPort: number;
  /** Of all requests, between 0 and 1. */
  readonly hostile: number;
}

const NET = 7;
const CLIENTS = 60;
/** Requests on a connection until its client dials again. */
const STAY = 100;
const fields = "Host: localhost\r\nUser-Agent: mixed\r\nAccept: */*\r\n";
const json = JSON.stringify({ name: "Ada", numbers: Array.from({ length: 50 }, (_, number) => number) });
const upload = Buffer.alloc(256 * 1024, "x");

const requests: readonly { bytes: string | Uint8Array; length: number }[] = [
  { bytes: `GET / HTTP/1.1\r\n${fields}\r\n`, length: 5 },
  { bytes: `GET /?q=1 HTTP/1.1\r\n${fields}Cookie: a=b; c=d\r\n\r\n`, length: 5 },
  { bytes: post("/json", Buffer.from(json), "Content-Type: application/json\r\n"), length: json.length },
  { bytes: `GET /generator/200000 HTTP/1.1\r\n${fields}\r\n`, length: 200_000 },
  { bytes: `GET /web-stream/100000 HTTP/1.1\r\n${fields}\r\n`, length: 100_000 },
  { bytes: post("/upload", upload), length: String(upload.length).length },
];

const answers: Record<string, number> = {};
const wrong: Record<string, number> = {};
const taken: number[] = [];
let stopping = false;
let running: Promise<unknown> = Promise.resolve();

function post(path: string, content: Uint8Array, more = ""): Uint8Array {
  const head = `POST ${path} HTTP/1.1\r\n${fields}${more}Content-Length: ${content.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content]);
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

async function client(load: MixedLoad, number: number): Promise<void> {
  const tls = number % 4 === 0;
  const port = tls ? load.tlsPort : load.port;
  let dialled: Dialled | undefined;
  for (let turn = 0; !stopping; turn++) {
    await sleep(Math.random() * 40);
    if (Math.random() < load.hostile) await harass(port, number);
    if (turn % STAY === 0) dialled?.close();
    try {
      if (!dialled?.open) dialled = await Dialled.dial({ port, tls, from: sourceAddress(NET, number) });
      await ask(dialled);
    } catch (error) {
      count(wrong, `dial: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  dialled?.close();
}

async function ask(dialled: Dialled): Promise<void> {
  // Mostly small ones.
  const chosen = requests[Math.floor(Math.random() ** 2 * requests.length)];
  if (chosen === undefined) return;
  const begun = performance.now();
  const outcome = await dialled.request(chosen.bytes);
  taken.push(performance.now() - begun);
  if ("lost" in outcome) count(wrong, `lost: ${outcome.code}`);
  else if (outcome.status !== 200 || outcome.length !== chosen.length) {
    count(wrong, `status ${outcome.status}, ${outcome.length} bytes for ${chosen.length}`);
  } else count(answers, "200");
}

/** Sends something hostile and leaves: at once, or with the answer, or after a moment. */
function harass(port: number, number: number): Promise<void> {
  const input = hostileInputs[Math.floor(Math.random() * hostileInputs.length)] ?? "";
  const socket = createConnection({ port, host: "127.0.0.1", localAddress: sourceAddress(NET + 1, number) });
  let answer = "";
  socket.on("error", () => {});
  socket.once("connect", () => {
    socket.write(input, "latin1");
    if (Math.random() < 0.3) socket.resetAndDestroy();
  });
  socket.on("data", (bytes: Buffer) => (answer ||= bytes.toString("latin1", 9, 12)));
  const patience = setTimeout(() => socket.destroy(), Math.random() * 500);
  return new Promise((resolve) => {
    socket.once("close", () => {
      clearTimeout(patience);
      count(answers, `hostile: ${/^\d+$/.test(answer) ? answer : "none"}`);
      resolve();
    });
  });
}

perform({
  begin(load: MixedLoad): void {
    running = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(load, number)));
  },
  async finish() {
    stopping = true;
    await running;
    return { answers, wrong, ...latencies(taken) };
  },
});
