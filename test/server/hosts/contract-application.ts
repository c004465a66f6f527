/** The application that every host runs: each route is one thing a host has to get right. */
import { App, bodyLimit, HttpError, Response } from "limpid";

/** What a test can wait for, over whatever host: a route that answers when something has happened. */
export class Happening {
  readonly #happened = Promise.withResolvers<string>();

  readonly happen = (): void => this.#happened.resolve("yes");

  get answer(): Promise<string> {
    return this.#happened.promise;
  }
}

/** A fresh application. Its paths are those of `contract-hono.ts`. */
export function contractApplication(): App {
  const app = new App();
  app.get("/", () => "Hello, Zoë");
  app.get("/request", ({ method, path, query, headers }) => ({
    method,
    path,
    tag: query.getAll("tag"),
    custom: headers.get("x-custom"),
    cookie: headers.get("cookie"),
  }));
  app.get("/ip", ({ ip }) => ip);
  app.get("/cookies", () => {
    const response = new Response("set");
    response.headers.append("Set-Cookie", "a=1; Path=/");
    response.headers.append("Set-Cookie", "b=2; Path=/");
    return response;
  });
  app.get("/empty", () => null);
  app.get("/unchanged", () => new Response(null, { status: 304, headers: { ETag: '"1"' } }));
  app.get("/away", () => Response.redirect("/"));
  app.get("/refused", () => {
    throw new HttpError(418);
  });
  app.get("/broken", () => {
    throw new Error("a secret");
  });
  app.post(
    "/echo",
    async (request) => new Response(await request.bytes(), { headers: { "Content-Type": "text/x-echo" } }),
  );
  app.post("/length", { use: [bodyLimit(50_000_000)] }, async ({ stream }) => {
    let length = 0;
    for await (const piece of stream ?? []) length += piece.length;
    return String(length);
  });
  addStreams(app);
  addDepartures(app);
  return app;
}

function addStreams(app: App): void {
  const released = new Happening();
  const cancelled = new Happening();
  app.get("/pieces", () => Response.stream(["one, ", "", new TextEncoder().encode("two")]));
  app.get("/stream", async function* stream() {
    yield "one";
    await released.answer;
    yield "two";
  });
  app.get("/release", () => {
    released.happen();
    return "released";
  });
  app.get("/breaks", async function* breaks() {
    yield "one";
    throw new Error("broken off");
  });
  let produced = 0;
  app.get("/endless", async function* endless() {
    try {
      for (;;) yield new Uint8Array((produced += 65_536) && 65_536);
    } finally {
      cancelled.happen();
    }
  });
  app.get("/produced", () => String(produced));
  app.get("/cancelled", () => cancelled.answer);
}

function addDepartures(app: App): void {
  const begun = new Happening();
  const aborted = new Happening();
  app.get("/waiting", ({ signal }) => {
    signal.addEventListener("abort", aborted.happen);
    begun.happen();
    return new Promise<string>(() => {});
  });
  app.get("/begun", () => begun.answer);
  app.get("/aborted", () => aborted.answer);
}
