/** `stack`: several middleware as one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { compose, type Middleware, named, stack } from "limpid/middleware";

const append =
  (name: string): Middleware =>
  async (_request, next) => {
    const response = await next();
    response.headers.append("X-Passed", name);
    return response;
  };

test("a stack runs its parts in order, in front of what comes after it", async () => {
  const run = compose(
    [append("a"), stack(append("b"), stack(append("c"), append("d"))), append("e")],
    () => "x",
  );
  const response = await run(new Request("/"));
  assert.equal(response.headers.get("x-passed"), "e, d, c, b, a");
  assert.equal(await response.text(), "x");
});

test("an empty stack and a synchronous one change nothing", () => {
  const pass: Middleware = (_request, next) => next();
  assert.ok(compose([stack(), stack(pass, pass)], () => "x")(new Request("/")) instanceof Response);
});

test("one stack serves many requests and many chains at the same time", async () => {
  const gate = Promise.withResolvers<void>();
  const shared = stack(async (_request, next) => {
    await gate.promise;
    return next();
  });
  const one = compose([shared], (request) => `one ${request.path}`);
  const other = compose([shared], (request) => `other ${request.path}`);
  const answers = [one(new Request("/a")), other(new Request("/b")), one(new Request("/c"))];
  gate.resolve();
  const texts = await Promise.all(answers.map(async (answer) => (await answer).text()));
  assert.deepEqual(texts, ["one /a", "other /b", "one /c"]);
});

test("errors and misuse inside a stack name the part", () => {
  const twice = named("twice", ((_request, next) => {
    next();
    return next();
  }) satisfies Middleware);
  assert.throws(() => compose([stack(twice)], () => "x")(new Request("/")), {
    code: "LMP_MIDDLEWARE_NEXT_TWICE",
    message: /"twice"/,
  });
  assert.throws(() => stack(null as unknown as Middleware), { code: "LMP_MIDDLEWARE_INVALID" });
});
