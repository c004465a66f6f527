/** The application of `contract-application.ts`, written with Hono. */
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { FetchInfo } from "limpid/server";
import { Happening } from "./contract-application.ts";

type App = Hono<{ Bindings: FetchInfo }>;

export function contractHono(): App {
  const app: App = new Hono<{ Bindings: FetchInfo }>();
  app.get("/", (c) => c.text("Hello, Zoë"));
  app.get("/request", (c) =>
    c.json({
      method: c.req.method,
      path: c.req.path,
      tag: c.req.queries("tag") ?? [],
      custom: c.req.header("X-Custom") ?? null,
      cookie: c.req.header("Cookie") ?? null,
    }),
  );
  app.get("/ip", (c) => c.text(c.env.remoteAddr.hostname));
  app.get("/cookies", (c) => {
    c.header("Set-Cookie", "a=1; Path=/", { append: true });
    c.header("Set-Cookie", "b=2; Path=/", { append: true });
    return c.text("set");
  });
  app.get("/empty", (c) => c.body(null, 204));
  app.get("/unchanged", (c) => c.body(null, 304, { ETag: '"1"' }));
  app.get("/away", (c) => c.redirect("/"));
  app.get("/refused", () => {
    throw new HTTPException(418);
  });
  app.get("/broken", () => {
    throw new Error("a secret");
  });
  app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text("failed", 500)));
  app.post("/echo", async (c) => c.body(await c.req.arrayBuffer(), 200, { "Content-Type": "text/x-echo" }));
  app.post("/length", async (c) => {
    let length = 0;
    for await (const piece of c.req.raw.body ?? []) length += piece.length;
    return c.text(String(length));
  });
  addStreams(app);
  addDepartures(app);
  return app;
}

function addStreams(app: App): void {
  const released = new Happening();
  const cancelled = new Happening();
  let produced = 0;
  app.get("/pieces", (c) => c.body(ReadableStream.from([Buffer.from("one, "), Buffer.from("two")])));
  app.get("/stream", (c) => c.body(ReadableStream.from(awaited(released))));
  app.get("/release", (c) => {
    released.happen();
    return c.text("released");
  });
  app.get("/breaks", (c) => c.body(ReadableStream.from(failing())));
  app.get("/endless", (c) =>
    c.body(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array((produced += 65_536) && 65_536)),
        cancel: cancelled.happen,
      }),
    ),
  );
  app.get("/produced", (c) => c.text(String(produced)));
  app.get("/cancelled", async (c) => c.text(await cancelled.answer));
}

async function* awaited(released: Happening): AsyncGenerator<Uint8Array> {
  yield Buffer.from("one");
  await released.answer;
  yield Buffer.from("two");
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("one");
  throw new Error("broken off");
}

function addDepartures(app: App): void {
  const begun = new Happening();
  const aborted = new Happening();
  app.get("/waiting", (c) => {
    c.req.raw.signal.addEventListener("abort", aborted.happen);
    begun.happen();
    return new Promise<globalThis.Response>(() => {});
  });
  app.get("/begun", async (c) => c.text(await begun.answer));
  app.get("/aborted", async (c) => c.text(await aborted.answer));
}
