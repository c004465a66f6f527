/**
 * What forms cost: one large file, many small fields, many small files, in pieces that fit nothing. One run, the
 * candidates in turn; MB of content for each second of processor time, and how much memory they grow by.
 *
 *     node --conditions=source bench/forms/run.ts [rounds [scenario]]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";

const names = ["net onread", "parser", "parts", "form", "busboy", "@fastify/busboy", "formidable"];
const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const rounds = Number(process.argv[2] ?? 3);
/** A part of the name of the scenarios that are wanted. */
const only = process.argv[3] ?? "";

interface Scenario {
  readonly name: string;
  readonly repeats: number;
  /** Bytes of one write. */
  readonly piece: number;
  readonly body: Buffer[];
}

const part = (head: string, content: Buffer | string): Buffer[] => [
  Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
  Buffer.from(content),
  Buffer.from("\r\n"),
];
const closing = Buffer.from(`--${boundary}--\r\n`);
const field = (name: string, value: string): Buffer[] =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const file = (name: string, content: Buffer | string): Buffer[] =>
  part(
    `Content-Disposition: form-data; name="${name}"; filename="${name}.bin"\r\nContent-Type: application/octet-stream`,
    content,
  );
const many = <Value>(count: number, make: (index: number) => Value[]): Value[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

const random = Buffer.alloc(1_000_000);
for (let at = 0, seed = 1; at < random.length; at++) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  random[at] = seed >>> 16;
}
const scenarios: Scenario[] = [
  {
    name: "a file of 200 MB, six times",
    repeats: 6,
    piece: 65_521,
    body: [...field("a", "1"), ...large(200), closing],
  },
  {
    name: "1,000 fields",
    repeats: 600,
    piece: 65_521,
    body: [Buffer.concat([...many(1000, (index) => field(`field${index}`, `value ${index}`)), closing])],
  },
  {
    name: "1,000 fields in pieces of 1,447",
    repeats: 300,
    piece: 1447,
    body: [Buffer.concat([...many(1000, (index) => field(`field${index}`, `value ${index}`)), closing])],
  },
  {
    name: "100 files of 1 kB",
    repeats: 700,
    piece: 65_521,
    body: [
      Buffer.concat([
        ...many(100, (index) => file(`file${index}`, random.subarray(index * 1000, index * 1000 + 1000))),
        closing,
      ]),
    ],
  },
];

function large(megabytes: number): Buffer[] {
  const [head, content, end] = file("f", random) as [Buffer, Buffer, Buffer];
  return [head, ...Array<Buffer>(megabytes).fill(content), end];
}

class Candidate {
  readonly name: string;
  readonly child: ChildProcess;
  port = 0;
  constructor(name: string) {
    this.name = name;
    this.child = spawn(
      process.execPath,
      ["--conditions=source", join(import.meta.dirname, "candidates.ts"), name],
      {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, NODE_ENV: "production" },
      },
    );
  }
  async start(): Promise<this> {
    const [line] = (await once(this.child.stdout!, "data")) as [Buffer];
    this.port = JSON.parse(String(line)).port;
    return this;
  }
}

async function send(socket: Socket, { body, piece }: Scenario): Promise<void> {
  const length = body.reduce((sum, { length: own }) => sum + own, 0);
  const answered = once(socket, "data");
  socket.write(
    `POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  for (const bytes of body) {
    for (let at = 0; at < bytes.length; at += piece) {
      if (!socket.write(bytes.subarray(at, at + piece))) await once(socket, "drain");
    }
  }
  const [bytes] = (await answered) as [Buffer];
  if (!String(bytes).startsWith("HTTP/1.1 200")) throw new Error(String(bytes).slice(0, 400));
}

/** User and system time of a process and its threads, in seconds; Linux counts it in hundredths. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident bytes: now, or the most there ever were. */
function resident(pid: number, which: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(new RegExp(`^${which}:\\s+(\\d+)`, "m").exec(status)?.[1]) * 1024;
}

for (const scenario of scenarios.filter(({ name }) => name.includes(only))) {
  const results = new Map<string, { rates: number[]; growth: number }>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const candidate = await new Candidate(name).start();
      try {
        const pid = candidate.child.pid ?? 0;
        const socket = connect({ port: candidate.port, host: "127.0.0.1", noDelay: true });
        await once(socket, "connect");
        const warm = {
          ...scenario,
          body: scenario.body.length === 1 ? scenario.body : [...field("a", "1"), ...large(2), closing],
        };
        for (let count = 0; count < Math.min(100, Math.max(5, scenario.repeats / 4)); count++)
          await send(socket, warm);
        const idle = resident(pid, "VmRSS");
        const before = cpuSeconds(pid);
        for (let count = 0; count < scenario.repeats; count++) await send(socket, scenario);
        const megabytes =
          (scenario.body.reduce((sum, { length }) => sum + length, 0) * scenario.repeats) / 1e6;
        const rate = megabytes / (cpuSeconds(pid) - before);
        const result = results.get(name) ?? { rates: [], growth: 0 };
        result.rates.push(rate);
        result.growth = Math.max(result.growth, resident(pid, "VmHWM") - idle);
        results.set(name, result);
        socket.destroy();
      } finally {
        candidate.child.kill("SIGKILL");
        await once(candidate.child, "exit");
      }
    }
  }
  const limit = Math.max(...(results.get("net onread")?.rates ?? []));
  console.log(`\n${scenario.name}, ${rounds} rounds\n`);
  console.log("| | MB/CPU-s | of the limit | RSS growth, MB |\n|---|---|---|---|");
  for (const [name, { rates, growth }] of results) {
    const shown = rates.map((rate) => rate.toFixed(0)).join(" / ");
    console.log(
      `| ${name} | ${shown} | ${(Math.max(...rates) / limit).toFixed(2)} | ${(growth / 1e6).toFixed(1)} |`,
    );
  }
}
