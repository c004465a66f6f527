/** `when` and `unless`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { compose, type Middleware, type Predicate, unless, when } from "limpid/middleware";

const mark: Middleware = (_request, next) => {
  const response = next() as Response;
  response.headers.set("X-Marked", "yes");
  return response;
};
const marked = async (middleware: Middleware, path: string): Promise<boolean> => {
  const response = await compose([middleware], () => "x")(new Request(path));
  assert.equal(await response.text(), "x");
  return response.headers.has("x-marked");
};
const predicates: [what: string, predicate: Predicate][] = [
  ["a sync predicate", (request) => request.path === "/yes"],
  ["an async predicate", async (request) => request.path === "/yes"],
];
for (const [what, predicate] of predicates) {
  test(`when runs the middleware where ${what} says yes, unless where it says no`, async () => {
    assert.equal(await marked(when(predicate, mark), "/yes"), true);
    assert.equal(await marked(when(predicate, mark), "/no"), false);
    assert.equal(await marked(unless(predicate, mark), "/yes"), false);
    assert.equal(await marked(unless(predicate, mark), "/no"), true);
  });
}

test("a sync predicate leaves the chain synchronous", () => {
  const run = compose([when(() => true, mark), unless(() => true, mark)], () => "x");
  assert.ok(run(new Request("/")) instanceof Response);
});

test("what the predicate throws is the outcome", async () => {
  const broken = when(() => {
    throw new Error("undecided");
  }, mark);
  assert.throws(() => compose([broken], () => "x")(new Request("/")), { message: "undecided" });
});

test("a predicate or a middleware that is no function is refused at once", () => {
  assert.throws(() => when(true as unknown as Predicate, mark), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  assert.throws(() => unless("x" as unknown as Predicate, mark), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  assert.throws(() => when(() => true, undefined as unknown as Middleware), {
    code: "LMP_MIDDLEWARE_INVALID",
  });
});
