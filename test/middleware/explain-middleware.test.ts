/** `explainMiddleware`: what will run, in order, and why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request } from "limpid/message";
import {
  explainMiddleware,
  type Middleware,
  named,
  onMethods,
  onPaths,
  parallel,
  stack,
  unless,
  when,
} from "limpid/middleware";

const plain = (name: string): Middleware => named(name, (_request, next) => next());
const isBot = (): boolean => assert.fail("asked without a request");
const explained = (list: Middleware[], path = "/admin/x", method = "POST"): [string, unknown, string][] =>
  explainMiddleware(list, new Request(path, { method })).map(({ name, runs, why }) => [name, runs, why]);

test("plain middleware runs on every request", () => {
  assert.deepEqual(explained([plain("a"), plain("b")]), [
    ["a", true, "on every request"],
    ["b", true, "on every request"],
  ]);
});

test("methods and paths are decided, a predicate is not asked", () => {
  const list = [onPaths("/admin/*", plain("a")), onMethods("GET", plain("b")), when(isBot, plain("c"))];
  assert.deepEqual(explained([...list, unless(isBot, plain("d"))]), [
    ["a", true, "only on paths /admin/*"],
    ["b", false, "only on GET, HEAD"],
    ["c", "depends", "when isBot says so"],
    ["d", "depends", "unless isBot says so"],
  ]);
  assert.deepEqual(
    explained(list, "/", "HEAD").map(([, runs]) => runs),
    [false, true, "depends"],
  );
});

test("combinators are taken apart, with every reason", () => {
  const list = [
    onPaths("/admin/*", stack(plain("a"), onMethods("GET", plain("b")), when(isBot, plain("c")))),
  ];
  assert.deepEqual(explained(list), [
    ["a", true, "only on paths /admin/*"],
    ["b", false, "only on paths /admin/*, only on GET, HEAD"],
    ["c", "depends", "only on paths /admin/*, when isBot says so"],
  ]);
  assert.deepEqual(explained([parallel(plain("a"), plain("b"), plain("c"))]), [
    ["a", true, "at the same time as b, c"],
    ["b", true, "at the same time as a, c"],
    ["c", true, "at the same time as a, b"],
  ]);
});
