/** Closed-loop load on one server: each connection asks again when its answer has come as a whole. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuBetween, cpuTime } from "../measure/cpu-time.ts";
import type { StaticScenario } from "./scenarios.ts";
import type { ServerProcess } from "./server-process.ts";

/** What one measurement found. */
export interface Figures {
  readonly requests: number;
  /** Microseconds of processor time, user and system, of all the server's threads. */
  readonly cpuPerRequest: number;
  /** Megabytes (10^6) of content for each second of processor time. */
  readonly megabytesPerCpuSecond: number;
  /** Microseconds. */
  readonly p99: number;
}

// All connections read into this one buffer, and nobody looks at what is in it.
const buffer = Buffer.allocUnsafe(1_048_576);

/** The first answer: how long each will be, and its tag. */
async function probe(
  port: number,
  request: string,
  head: boolean,
): Promise<{ length: number; etag: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.write(request);
  let text = "";
  while (!text.includes("\r\n\r\n"))
    text += String(((await once(socket, "data")) as [Buffer])[0].toString("latin1"));
  socket.destroy();
  const end = text.indexOf("\r\n\r\n") + 4;
  const content = head ? 0 : Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  return { length: end + content, etag: /^etag: (.*?)\r/im.exec(text)?.[1] ?? "" };
}

/** The request of a scenario for one server, which names its own tag. */
export async function requestFor(
  server: ServerProcess,
  scenario: StaticScenario,
): Promise<{ request: string; length: number }> {
  const plain = `GET /${scenario.file} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const first = await probe(server.port, plain, false);
  if (!scenario.fresh) return { request: plain, length: first.length };
  const padding = "X-Padding: 0123456789012345678901234567890123456789\r\n";
  const request = `${plain.slice(0, -2)}If-None-Match: ${first.etag}\r\n${padding}\r\n`;
  return { request, length: (await probe(server.port, request, true)).length };
}

/** Puts load on a server for so many seconds. */
export async function load(
  server: ServerProcess,
  scenario: StaticScenario,
  seconds: number,
): Promise<Figures> {
  const { request, length } = await requestFor(server, scenario);
  const times: number[] = [];
  let bytes = 0;
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  const open = Array.from({ length: scenario.connections }, () =>
    client(
      server.port,
      Buffer.from(request),
      length,
      (took) => times.push(took),
      (more) => (bytes += more),
      failure.reject,
    ),
  );
  try {
    return await Promise.race([measured(), failure.promise]);
  } finally {
    for (const socket of open) socket.removeAllListeners("close").destroy();
  }

  async function measured(): Promise<Figures> {
    await sleep(200);
    times.length = 0;
    bytes = 0;
    const before = cpuTime(server.pid);
    await sleep(seconds * 1000);
    const cpu = cpuBetween(before, cpuTime(server.pid));
    times.sort((one, other) => one - other);
    // A large file may be under way: what counts is what has come.
    const requests = bytes / length;
    return {
      requests,
      cpuPerRequest: cpu / requests,
      megabytesPerCpuSecond: (requests * scenario.bytes) / cpu,
      p99: (times[Math.floor(times.length * 0.99)] ?? Number.NaN) * 1000,
    };
  }
}

function client(
  port: number,
  request: Buffer,
  length: number,
  done: (milliseconds: number) => void,
  count: (bytes: number) => void,
  failed: (error: Error) => void,
): Socket {
  let received = 0;
  let sent = performance.now();
  const onread = {
    buffer,
    callback: (bytes: number) => {
      received += bytes;
      count(bytes);
      if (received > length) failed(new Error("An answer is longer than the first one was."));
      if (received !== length) return true;
      received = 0;
      done(performance.now() - sent);
      sent = performance.now();
      socket.write(request);
      return true;
    },
  };
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
  socket.on("connect", () => socket.write(request));
  socket.on("error", failed);
  socket.on("close", () => failed(new Error("The server closed a connection.")));
  return socket;
}
