/** A small application without a framework, for the tests of the client; each path shows one thing of HTTP. */
import { type Application, type Request, Response } from "limpid/message";

type Answer = (request: Request) => Response | Promise<Response>;

/** What was seen of requests that were given up. */
export class SampleApplication implements Application {
  readonly aborted: Promise<unknown>;
  readonly #abort: (reason: unknown) => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.aborted = promise;
    this.#abort = resolve;
  }

  handle(request: Request): Response | Promise<Response> {
    const answer = answers[request.path] ?? this.#own[request.path];
    return answer === undefined ? new Response("not here", { status: 404 }) : answer(request);
  }

  readonly #own: Record<string, Answer> = {
    "/waits": (request) => {
      request.signal.addEventListener("abort", () => this.#abort(request.signal.reason));
      return new Promise<Response>(() => {});
    },
    "/ticks": (request) => {
      request.signal.addEventListener("abort", () => this.#abort(request.signal.reason));
      return Response.stream(ticks());
    },
  };
}

const answers: Record<string, Answer> = {
  "/": () => new Response("Hello"),
  "/echo": async (request) =>
    Response.json({
      method: request.method,
      target: request.target,
      headers: [...request.headers.lines()],
      length: request.headers.get("content-length"),
      ip: request.ip,
      url: request.url,
      cookies: Object.fromEntries(request.cookies),
      body: await request.text(),
    }),
  "/json": async (request) => Response.json(await request.json()),
  "/form": async (request) => Response.json((await request.form()).toObject()),
  "/empty": () => new Response(""),
  "/nothing": () => Response.empty(),
  "/unchanged": () => new Response(null, { status: 304, headers: { ETag: '"a"', "Content-Length": "9" } }),
  "/bytes": () => new Response(new Uint8Array([0, 255, 128])),
  "/large": () => new Response("x".repeat(3_000_000)),
  "/counted": () => Response.stream(["abc", "def"], { headers: { "Content-Length": "6" } }),
  "/fields": () =>
    new Response("Hi", {
      status: 418,
      statusText: "Short and stout",
      headers: { "X-Two": ["a", "b"], Connection: "close", "Transfer-Encoding": "chunked" },
    }),
  "/cookies": () => {
    const response = new Response("set");
    response.cookies.set("a", "1").set("b", "two words");
    return response;
  },
  "/forget": () => {
    const response = new Response("forgotten");
    response.cookies.delete("a");
    return response;
  },
  "/throws": () => {
    throw new Error("a secret");
  },
  "/breaks": () => Response.stream(breaks()),
  "/login": () => {
    const response = Response.redirect("/account", 303);
    response.cookies.set("session", "s1");
    return response;
  },
  "/account": (request) => new Response(`${request.method} as ${request.cookies.get("session") ?? "nobody"}`),
  "/loop": () => Response.redirect("/loop"),
  "/abroad": () => new Response(null, { status: 302, headers: { Location: "https://example.com/" } }),
  "/odd": () => new Response("no Location", { status: 302 }),
  "/to": async (request) => {
    const status = Number(request.query.get("status"));
    return new Response("moved", { status, headers: { Location: "echo?moved=1" } });
  },
};

async function* ticks(): AsyncGenerator<string> {
  for (let count = 1; ; count++) {
    yield `tick ${count}\n`;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function* breaks(): AsyncGenerator<string> {
  yield "half";
  // The first half has to be on its way before the rest fails.
  await new Promise((resolve) => setTimeout(resolve, 20));
  throw new Error("the source failed");
}
