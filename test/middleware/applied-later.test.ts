/** `onResponse` and `appliedLater`: fields that are also on the response made from an error. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorResponse, Request, type Response } from "limpid/message";
import { appliedLater, compose, type Handler, type Middleware, onResponse } from "limpid/middleware";

const adding =
  (name: string): Middleware =>
  (request, next) =>
    onResponse(request, next, (response) => response.headers.append("X-Added", name));

/** What an application does with an error. */
async function answer(
  run: (request: Request) => Response | Promise<Response>,
  request: Request,
): Promise<Response> {
  try {
    return await run(request);
  } catch (error) {
    const response = errorResponse(error, request);
    for (const apply of appliedLater(request)) apply(response);
    return response;
  }
}

const fail = (): never => {
  throw new Error("broken");
};

test("the change is applied to a response, sync and async", async () => {
  for (const handler of [() => "x", async () => "x"]) {
    const response = await compose([adding("outer"), adding("inner")], handler)(new Request("/"));
    assert.equal(response.headers.get("x-added"), "inner, outer");
  }
});

test("a synchronous answer stays synchronous", () => {
  const response = compose([adding("a")], () => "x")(new Request("/"));
  assert.ok(!(response instanceof Promise));
});

test("where an error passes, the change waits for the response made from it, in the same order", async () => {
  const handlers: Handler[] = [fail, async () => fail()];
  for (const handler of handlers) {
    const response = await answer(compose([adding("outer"), adding("inner")], handler), new Request("/"));
    assert.equal(response.status, 500);
    assert.equal(response.headers.get("x-added"), "inner, outer");
  }
});

test("a middleware that the error has not reached is not asked", async () => {
  const guard: Middleware = () => fail();
  const response = await answer(
    compose([adding("outer"), guard, adding("inner")], () => "x"),
    new Request("/"),
  );
  assert.equal(response.headers.get("x-added"), "outer");
});

test("asking takes the changes off the request", () => {
  const request = new Request("/");
  assert.throws(() => compose([adding("a")], fail)(request));
  assert.equal(appliedLater(request).length, 1);
  assert.equal(appliedLater(request).length, 0);
  assert.equal(appliedLater(new Request("/")).length, 0);
});
