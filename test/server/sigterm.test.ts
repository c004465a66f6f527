/** SIGTERM under traffic: what was asked on a connection that the server had taken is answered, to the last byte. */
import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { folder, start } from "../cli/process.ts";

const app = `import { setTimeout as delay } from "node:timers/promises";
import { App } from "limpid";
const app = new App();
app.get("/", () => "hello");
app.get("/stream", async function* () {
  for (let piece = 0; piece < 5; piece++) {
    yield "0123456789";
    await delay(2);
  }
});
app.post("/upload", async (request) => String((await request.bytes()).length));
export default app;
`;
const kinds = [
  { method: "GET", path: "/", expected: "hello" },
  { method: "GET", path: "/stream", expected: "0123456789".repeat(5) },
  { method: "POST", path: "/upload", expected: "20000" },
] as const;
type Kind = (typeof kinds)[number];

/** Resolves to the content of the answer; rejects with the error of the system, and whether the connection was new. */
function ask(agent: Agent, port: number, { method, path }: Kind): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const asked = request({ agent, host: "127.0.0.1", port, method, path }, (response) => {
    let text = "";
    response.on("data", (bytes: Buffer) => (text += bytes));
    response.once("end", () => resolve(text)).once("error", reject);
  });
  asked.once("error", (error: NodeJS.ErrnoException) =>
    reject(Object.assign(error, { fresh: !asked.reusedSocket })),
  );
  if (method === "GET") asked.end();
  else {
    asked.write(Buffer.alloc(10_000));
    setTimeout(() => asked.end(Buffer.alloc(10_000)), 3);
  }
  return promise;
}

/** Asks until nobody listens; gives how many were answered, and what was lost. */
async function traffic(port: number): Promise<{ answered: number; lost: unknown[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 12 });
  const result = { answered: 0, lost: [] as unknown[] };
  const client = async (kind: Kind): Promise<void> => {
    while (true) {
      try {
        assert.equal(await ask(agent, port, kind), kind.expected);
        result.answered++;
      } catch (error) {
        // A dial that comes with the end of listening is refused or reset by the system.
        const { fresh } = error as { fresh?: boolean };
        if (!fresh) result.lost.push(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, number) => client(kinds[number % 3] ?? kinds[0])));
  agent.destroy();
  return result;
}

test("R-10: three processes end under traffic without losing a request", async (context) => {
  const cwd = await folder(context, { "app.ts": app });
  for (let round = 0; round < 3; round++) {
    const running = start(["start", "--port", "0"], { cwd });
    const [, port] = await running.printed(/Listening on http:\/\/localhost:(\d+) /);
    const asking = traffic(Number(port));
    await delay(150 + Math.random() * 100);
    running.process.kill("SIGTERM");
    const { answered, lost } = await asking;
    assert.deepEqual(lost, []);
    assert.ok(answered > 0);
    assert.equal((await running.finished).code, 0);
  }
});
