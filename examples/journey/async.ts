import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { App, createLogger, Request, Response, timeout } from "limpid";

const PIECES = 500;
let produced = 0;
async function* pieces(): AsyncGenerator<Uint8Array> {
  for (; produced < PIECES; produced++) yield Buffer.alloc(65_536);
}

/** Keeps the processor busy, and everybody else waiting. */
function compute(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const app = new App({ log: createLogger({ level: "silent" }) });
app.get("/hello", () => "Hello");
app.get("/wait", () => setTimeout(100, "Waited"));
app.get("/compute", () => {
  compute(200);
  return "Computed";
});
app.get("/share", async () => {
  const end = performance.now() + 200;
  while (performance.now() < end) {
    compute(5);
    await setImmediate();
  }
  return "Computed";
});
const long = { begun: Promise.withResolvers<void>(), over: Promise.withResolvers<void>() };
app.get("/long", async ({ signal }) => {
  long.begun.resolve();
  await setTimeout(60_000, undefined, { signal }).catch((error: Error) => console.log(`  ${error.cause}`));
  long.over.resolve();
});
app.get("/slow", { use: [timeout(50)] }, ({ signal }) => setTimeout(60_000, "never", { signal }));
app.get("/pieces", () => Response.stream(pieces()));

const server = await app.listen({ host: "127.0.0.1", port: 0, maxConnectionsPerAddress: 2_000 });
const port = server.address?.port ?? 0;

/** A connection that is ready. */
async function opened(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** One request over a connection; whether it was answered. */
async function ask(socket: Socket, path: string): Promise<boolean> {
  socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let answer = "";
  for await (const piece of socket) answer += String(piece);
  return answer.endsWith("Waited");
}

/** How many milliseconds it took. */
async function measured(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

console.log("Waiting");
const alone = await measured(async () => {
  for (let number = 0; number < 20; number++) await ask(await opened(), "/wait");
});
const sockets: Socket[] = [];
while (sockets.length < 1_000) sockets.push(...(await Promise.all(Array.from({ length: 200 }, opened))));
let answers: boolean[] = [];
const together = await measured(async () => {
  answers = await Promise.all(sockets.map((socket) => ask(socket, "/wait")));
});
const answered = answers.filter(Boolean).length;
console.log(`  ${answered} answered, faster than 20 one at a time: ${together < alone}`);

console.log("Not waiting");
console.log(`  /hello makes a promise: ${app.handle(new Request("/hello")) instanceof Promise}`);
console.log(`  /wait makes a promise: ${app.handle(new Request("/wait")) instanceof Promise}`);

console.log("Computing");
for (const path of ["/compute", "/share"]) {
  const order: string[] = [];
  const timer = setTimeout(10).then(() => order.push("a timer of 10 ms"));
  const request = Promise.resolve(app.handle(new Request(path))).then(() => order.push(path));
  await Promise.all([timer, request]);
  console.log(`  first ${order.join(", then ")}`);
}

console.log("Sending to somebody who does not read");
const lazy = connect(port, "127.0.0.1");
lazy.write("GET /pieces HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
await once(lazy, "readable");
for (let before = -1; before < produced; await setTimeout(100)) before = produced;
console.log(`  some of ${PIECES} pieces were made: ${produced > 0 && produced < PIECES}`);
for await (const _piece of lazy);
console.log(`  all ${PIECES} were made once it read: ${produced === PIECES}`);

console.log("Giving up");
const leaving = connect(port, "127.0.0.1");
leaving.write("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
await long.begun.promise;
leaving.destroy();
await long.over.promise;
console.log(`  /slow: ${(await app.handle(new Request("/slow"))).status}`);
await app.close();
