/** The moments that every call of a middleware announces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request } from "limpid/message";
import { compose, type Middleware, named } from "limpid/middleware";
import { listen } from "limpid/trace";

const pass = (name: string): Middleware => named(name, (_request, next) => next());

test("each call announces its begin and its end, with the response or the error", async () => {
  const seen: string[] = [];
  const stop = listen((data, { name }) => {
    const { name: middleware, response, error } = data as { name: string; response?: object; error?: Error };
    const outcome = error === undefined ? (response === undefined ? "" : " response") : ` ${error.message}`;
    seen.push(`${name} ${middleware}${outcome}`);
  }, "middleware.");
  try {
    await compose([pass("outer"), pass("inner")], () => "x")(new Request("/"));
    await compose([pass("later")], async () => "x")(new Request("/"));
    const fail = (): never => {
      throw new Error("broken");
    };
    assert.throws(() => compose([pass("sync")], fail)(new Request("/")));
    await assert.rejects(async () => compose([pass("async")], async () => fail())(new Request("/")));
  } finally {
    stop();
  }
  assert.deepEqual(seen, [
    "middleware.call.begin outer",
    "middleware.call.begin inner",
    "middleware.call.end inner response",
    "middleware.call.end outer response",
    "middleware.call.begin later",
    "middleware.call.end later response",
    "middleware.call.begin sync",
    "middleware.call.end sync broken",
    "middleware.call.begin async",
    "middleware.call.end async broken",
  ]);
});
