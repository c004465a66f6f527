/** whatever user code does, the process lives, the connection's state is right, and nothing is lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { App, type Middleware, type Request, Response } from "limpid";
import { createLogger } from "limpid/log";
import { upgrade } from "limpid/server";
import { converse } from "../server/raw-client.ts";

type Handler = (request: Request) => unknown;

const lines: Record<string, unknown>[] = [];
const log = createLogger({
  format: "json",
  destination: { write: (line) => void lines.push(JSON.parse(line)) },
});
const never = (): Promise<never> => new Promise(() => {});
const later = (work: () => void): void => void setTimeout(work, 5);
const hostile = {
  get message(): string {
    throw new Error("getter");
  },
};

async function* failing(after: number): AsyncGenerator<string> {
  for (let sent = 0; sent < after; sent++) yield "piece";
  throw new Error("stream");
}

/** Name, handler, and the status the client sees: 0 for a connection that is broken off. */
const cases: [string, Handler, number][] = [
  [
    "throws an Error",
    () => {
      throw new Error("boom");
    },
    500,
  ],
  [
    "throws a string",
    () => {
      throw "boom";
    },
    500,
  ],
  [
    "throws null",
    () => {
      throw null;
    },
    500,
  ],
  [
    "throws undefined",
    () => {
      throw undefined;
    },
    500,
  ],
  [
    "throws an object with a getter that throws",
    () => {
      throw hostile;
    },
    500,
  ],
  [
    "throws a frozen error",
    () => {
      throw Object.freeze(new Error("ice"));
    },
    500,
  ],
  [
    "throws an error that is its own cause",
    () => {
      const e = new Error("self");
      e.cause = e;
      throw e;
    },
    500,
  ],
  [
    "throws an object without a prototype",
    () => {
      throw Object.create(null);
    },
    500,
  ],
  [
    "throws a response",
    () => {
      throw new Response("thrown");
    },
    500,
  ],
  [
    "throws a symbol",
    () => {
      throw Symbol("s");
    },
    500,
  ],
  ["rejects with an Error", () => Promise.reject(new Error("boom")), 500],
  ["rejects with undefined", () => Promise.reject(), 500],
  [
    "rejects late",
    async () => {
      await new Promise((r) => later(() => r(0)));
      throw new Error("late");
    },
    500,
  ],
  ["never settles", never, 503],
  ["settles after the timeout", () => new Promise((resolve) => setTimeout(() => resolve("late"), 900)), 503],
  [
    "rejects after the timeout",
    () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 900)),
    503,
  ],
  ["returns a number", () => 42, 500],
  ["returns a function", () => () => "x", 500],
  ["returns a symbol", () => Symbol("s"), 500],
  [
    "returns a cycle",
    () => {
      const a: Record<string, unknown> = {};
      a.a = a;
      return a;
    },
    500,
  ],
  ["returns a BigInt in JSON", () => ({ a: 1n }), 500],
  [
    "returns an object whose toJSON throws",
    () => ({
      toJSON() {
        throw new Error("json");
      },
    }),
    500,
  ],
  [
    "returns an object whose getter throws",
    () => ({
      get a() {
        throw new Error("get");
      },
    }),
    500,
  ],
  [
    "returns a thenable that throws",
    () =>
      Object.defineProperty({}, ["th", "en"].join(""), {
        value: () => {
          throw new Error("then");
        },
      }),
    500,
  ],
  [
    "returns the same response twice",
    (() => {
      const shared = new Response("same");
      return () => shared;
    })(),
    200,
  ],
  ["returns a 101 by hand", () => new Response(null, { status: 101 }), 500],
  ["returns an upgrade nobody asked for", () => upgrade("x", () => {}), 500],
  ["streams and throws at once", () => Response.stream(failing(0)), 0],
  ["streams and throws later", () => Response.stream(failing(3)), 0],
  ["streams what is no piece", () => Response.stream([42 as unknown as string]), 0],
  [
    "streams more than it announced",
    () => Response.stream(["abc"], { headers: { "Content-Length": "1" } }),
    0,
  ],
  ["streams less than it announced", () => Response.stream(["a"], { headers: { "Content-Length": "9" } }), 0],
  ["errors its web stream", () => new ReadableStream({ start: (c) => c.error(new Error("web")) }), 0],
  [
    "changes the response after returning it",
    () => {
      const r = new Response("a");
      later(() => r.headers.set("X", "y"));
      return r;
    },
    200,
  ],
  [
    "throws in a timer of its own promise",
    async () => {
      await Promise.allSettled([Promise.reject(new Error("x"))]);
      return "ok";
    },
    200,
  ],
  ["reads JSON where there is none", (request) => request.json(), 400],
  [
    "waits for its signal and throws then",
    (request) => new Promise((_, reject) => request.signal.addEventListener("abort", reject)),
    503,
  ],
  ["sets a wrong field", () => new Response("a", { headers: { "X-A": "a\r\nb" } }), 500],
  ["sets a wrong status", () => new Response("a", { status: 999 }), 500],
  [
    "logs something that cannot be logged",
    (request) => {
      request.log.info(hostile, "odd");
      return "ok";
    },
    200,
  ],
  [
    "recurses without end",
    function again(): unknown {
      return again();
    },
    500,
  ],
];

const app = new App({ log });
let port = 0;
const escaped: unknown[] = [];
const onEscape = (error: unknown): void => void escaped.push(error);

before(async () => {
  cases.forEach(([, handler], index) => {
    app.get(`/case/${index}`, handler as () => Response);
    const middleware: Middleware = (request) => handler(request) as Response;
    app.get(`/middleware/${index}`, { use: [middleware] }, () => "unreached");
  });
  app.get("/alive", () => "alive");
  process.on("uncaughtException", onEscape);
  process.on("unhandledRejection", onEscape);
  const server = await app.listen({ port: 0, host: "127.0.0.1", handlerTimeout: 300 });
  port = server.address?.port ?? 0;
});

after(async () => {
  await app.close({ grace: 0 });
  process.off("uncaughtException", onEscape);
  process.off("unhandledRejection", onEscape);
});

test(`R-21: ${cases.length} mistakes of a handler, and the same of a middleware`, {
  concurrency: 16,
}, async (t) => {
  const ways = ["case", "middleware"];
  await Promise.all(
    cases.flatMap(([name, , status], index) =>
      ways.map((way) =>
        t.test(`${way}: ${name}`, async () => {
          const { text, responses } = await converse(
            port,
            `GET /${way}/${index} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
          );
          if (status === 0)
            assert.ok(!/\r\n0\r\n\r\n$/.test(text), "a broken response must not look complete");
          else
            assert.deepEqual(
              responses.map((response) => response.status),
              [status],
            );
        }),
      ),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 800));
  const { responses } = await converse(port, "GET /alive HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  assert.equal(responses[0]?.body, "alive");
});

test("R-21: nothing reached the process, and every failure was logged with its request's id", () => {
  assert.deepEqual(escaped, []);
  const failures = lines.filter((line) => line.level === "error");
  assert.ok(failures.length >= cases.filter(([, , status]) => status === 0 || status >= 500).length);
  for (const line of failures) assert.ok(line.request_id, JSON.stringify(line));
});
