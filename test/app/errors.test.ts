/** What is thrown finds its handler; what finds none gets a safe answer; nothing is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  App,
  HttpError,
  html,
  NotFoundError,
  Request,
  Response,
  secureHeaders,
  ValidationError,
} from "limpid";
import { createLogger } from "limpid/log";

/** A logger that keeps its lines. */
function recorder(): { log: ReturnType<typeof createLogger>; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string): void => void lines.push(JSON.parse(line)) };
  return { log: createLogger({ format: "json", destination }), lines };
}

const silent = (): App => new App({ log: recorder().log });
/** "secret", base64; made here, so that the excerpt of the source does not show it. */
const credentials = Buffer.from("secret").toString("base64");
const page = { headers: { Accept: "text/html" } };

test("errors are dispatched by class, the most specific first, then by status", async () => {
  class PaymentError extends HttpError {
    override readonly status = 402;
  }
  class CardError extends PaymentError {}
  const app = silent();
  const thrown: Record<string, () => Error> = {
    card: () => new CardError("card"),
    payment: () => new PaymentError("payment"),
    teapot: () => new HttpError(418, "teapot"),
    range: () => new RangeError("range"),
    plain: () => new Error("plain"),
  };
  app.get("/:what", ({ params }) => {
    throw (thrown[params.what] ?? (() => new NotFoundError("missing")))();
  });
  app.onError(HttpError, (error) => new Response(`http ${error.status}`, { status: error.status }));
  app.onError(CardError, (error) => new Response(`card ${error.message}`, { status: 402 }));
  app.onError(PaymentError, (error) => `payment ${error.message}`);
  app.onError(500, () => new Response("something", { status: 500 }));
  const ask = async (what: string): Promise<string> => (await app.handle(new Request(`/${what}`))).text();
  assert.equal(await ask("card"), "card card");
  assert.equal(await ask("payment"), "payment payment");
  assert.equal(await ask("teapot"), "http 418");
  assert.equal(await ask("none"), "http 404");
  assert.equal(await ask("range"), "something");
  assert.equal(await ask("plain"), "something");
});

test("handlers by status see the errors of routing too", async () => {
  const app = silent();
  app.get("/a", () => "a");
  app.onError(404, (_error, { path }) => new Response(`nothing at ${path}`, { status: 404 }));
  app.onError(405, () => new Response("not so", { status: 405 }));
  assert.equal(await (await app.handle(new Request("/b"))).text(), "nothing at /b");
  assert.equal(await (await app.handle(new Request("/a", { method: "PUT" }))).text(), "not so");
});

test("an error handler that fails is logged, and the default answers", async () => {
  const { log, lines } = recorder();
  const app = new App({ log });
  app.get("/sync", () => {
    throw new RangeError("first");
  });
  app.get("/async", () => Promise.reject(new TypeError("first")));
  app.onError(RangeError, () => {
    throw new Error("second");
  });
  app.onError(TypeError, () => Promise.reject(new Error("third")));
  assert.equal((await app.handle(new Request("/sync"))).status, 500);
  assert.equal((await app.handle(new Request("/async"))).status, 500);
  const exceptions = lines.map((line) => String(line.exception));
  for (const message of ["first", "second", "first", "third"]) {
    assert.ok(
      exceptions.some((exception) => exception.includes(message)),
      message,
    );
  }
});

test("middleware may catch what comes from further in", async () => {
  const app = silent();
  app.use(async (_request, next) => {
    try {
      return await next();
    } catch (error) {
      return `caught ${(error as Error).message}`;
    }
  });
  app.get("/a", () => {
    throw new Error("boom");
  });
  assert.equal(await (await app.handle(new Request("/a"))).text(), "caught boom");
  assert.equal(await (await app.handle(new Request("/b"))).text(), "caught Not Found");
});

test("fields that middleware sets on every response are on error responses too", async () => {
  const app = silent();
  app.use(secureHeaders());
  app.get("/a", () => {
    throw new Error("boom");
  });
  for (const path of ["/a", "/none", "/%zz"]) {
    const response = await app.handle(new Request(path));
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
  }
});

test("class: secrets in errors: a 500 says nothing but its number and the request's id, and the log says all", async () => {
  const { log, lines } = recorder();
  const app = new App({ log });
  app.get("/", () => {
    throw new Error("password=hunter2 in /etc/passwd: SELECT * FROM users");
  });
  for (const init of [{}, page]) {
    const response = await app.handle(new Request("/", init));
    const text = await response.text();
    assert.equal(response.status, 500);
    assert.doesNotMatch(text, /hunter2|passwd|SELECT|\.ts|at /);
    const id = /urn:request:([0-9a-f-]+)/.exec(text)?.[1];
    const line = lines.find((entry) => entry.request_id === id);
    assert.match(String(line?.exception), /^Error: /);
    assert.match(String(line?.stack_trace), /errors\.test\.ts/);
  }
});

test("an HttpError below 500 tells its message, from 500 on only where expose says so", async () => {
  const app = silent();
  const errors = [
    new HttpError(409, "taken", { code: "SHOP_TAKEN" }),
    new HttpError(503, "secret"),
    new HttpError(503, "back at noon", { expose: true, headers: { "Retry-After": "60" } }),
    new HttpError(404, "hidden", { expose: false }),
  ];
  app.get("/:index", ({ params }) => {
    throw errors[Number(params.index)];
  });
  const ask = async (index: number): Promise<Record<string, unknown>> => {
    const response = await app.handle(new Request(`/${index}`));
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const { instance, ...problem } = await response.json<Record<string, unknown>>();
    assert.match(String(instance), /^urn:request:/);
    return problem;
  };
  assert.deepEqual(await ask(0), { status: 409, title: "Conflict", detail: "taken", code: "SHOP_TAKEN" });
  assert.deepEqual(await ask(1), { status: 503, title: "Service Unavailable" });
  assert.equal((await ask(2)).detail, "back at noon");
  assert.deepEqual(await ask(3), { status: 404, title: "Not Found" });
  assert.equal((await app.handle(new Request("/2"))).headers.get("retry-after"), "60");
});

test("a ValidationError tells its fields", async () => {
  const app = silent();
  app.get("/", () => {
    throw new ValidationError([
      { path: ["title"], message: "Too short" },
      { path: ["author", "name"], message: "Missing" },
    ]);
  });
  const response = await app.handle(new Request("/"));
  assert.equal(response.status, 422);
  const problem = await response.json<{ fields: unknown }>();
  assert.deepEqual(problem.fields, { title: ["Too short"], "author.name": ["Missing"] });
});

test("who prefers HTML gets a page, escaped and without scripts", async () => {
  const app = silent();
  app.get("/", () => {
    throw new HttpError(404, "<script>alert(1)</script>");
  });
  const response = await app.handle(new Request("/", page));
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(response.headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
  const text = await response.text();
  assert.match(text, /&lt;script&gt;/);
  assert.doesNotMatch(text, /<script>/);
});

test("in development a page shows the source around the throw, the request, the route and the stack", async () => {
  const app = new App({ log: recorder().log, development: true });
  app.get("/posts/:id", () => {
    throw new TypeError("boom <b>"); // the line of the throw
  });
  const init = { headers: { Accept: "text/html", Authorization: `Basic ${credentials}` } };
  const response = await app.handle(new Request("/posts/7?x=1", init));
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.match(
    text,
    /<mark>[^<]*throw new TypeError\(&#34;boom &lt;b&gt;&#34;\); \/\/ the line of the throw/,
  );
  assert.match(text, /errors\.test\.ts:\d+/);
  assert.match(text, /GET \/posts\/7\?x=1/);
  assert.match(text, /\/posts\/:id/);
  assert.ok(!text.includes(credentials));
  const json = await app.handle(new Request("/posts/7"));
  assert.equal(json.headers.get("content-type"), "application/problem+json");
});

test("an error made of a group's route that the group does not handle goes on to the application", async () => {
  const app = silent();
  app.group("/api", (api) => {
    api.onError(TypeError, () => "group");
    api.get("/type", () => Promise.reject(new TypeError()));
    api.get("/range", () => Promise.reject(new RangeError()));
    api.get("/again", () => {
      throw new TypeError();
    });
  });
  app.onError(RangeError, () => "app");
  const ask = async (path: string): Promise<string> => (await app.handle(new Request(path))).text();
  assert.equal(await ask("/api/type"), "group");
  assert.equal(await ask("/api/again"), "group");
  assert.equal(await ask("/api/range"), "app");
});

test("what a group answers with its own handler is logged once all the same", async () => {
  const { log, lines } = recorder();
  const app = new App({ log });
  app.group("/api", (api) => {
    api.onError(TypeError, () => new Response("sorry", { status: 500 }));
    api.get("/fail", () => {
      throw new TypeError("boom");
    });
  });
  assert.equal((await app.handle(new Request("/api/fail"))).status, 500);
  assert.deepEqual(
    lines.map((line) => line.exception),
    ["TypeError: boom"],
  );
});

test("a plain result of an error handler has the status of the error", async () => {
  const app = silent();
  app.onError(404, () => html`<h1>Nothing</h1>`);
  app.onError(Error, () => ({ sorry: true }));
  app.onError(409, () => null);
  app.get("/bug", () => {
    throw new Error("boom");
  });
  app.get("/conflict", () => {
    throw new HttpError(409);
  });
  const ask = async (path: string): Promise<string> => {
    const response = await app.handle(new Request(path));
    return `${response.status} ${response.headers.get("content-type")} ${await response.text()}`;
  };
  assert.equal(await ask("/none"), "404 text/html; charset=utf-8 <h1>Nothing</h1>");
  assert.equal(await ask("/bug"), '500 application/json {"sorry":true}');
  assert.equal(await ask("/conflict"), "409 null ");
});
