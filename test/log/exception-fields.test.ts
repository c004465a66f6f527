/** An error as the fields of a line: name, code, sentence, stack, details and causes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { LimpidError, NotFoundError } from "limpid/errors";
import { exceptionFields } from "limpid/log";

test("the exception has the name of the class, the code and the message", () => {
  assert.equal(exceptionFields(new RangeError("Too far")).exception, "RangeError: Too far");
  assert.equal(
    exceptionFields(new NotFoundError("No post")).exception,
    "NotFoundError [LMP_NOT_FOUND]: No post",
  );
  const missing = Object.assign(new Error("no such file"), { code: "ENOENT" });
  assert.equal(exceptionFields(missing).exception, "Error [ENOENT]: no such file");
  assert.equal(exceptionFields(new Error("")).exception, "Error");
});

test("the stack is followed by what was expected and found and by the fix", () => {
  const error = new LimpidError("SHOP_STOCK", "Sold out.", { expected: "1", found: "0", fix: "Order more." });
  const { stack_trace } = exceptionFields(error);
  assert.match(
    stack_trace,
    /^LimpidError: Sold out\.\n {4}at [\s\S]*\n {2}expected: 1\n {2}found: 0\n {2}fix: Order more\.$/,
  );
});

test("every cause is told, an error or not", () => {
  const error = new Error("top", { cause: new Error("middle", { cause: { code: 7, password: "hunter2" } }) });
  const { stack_trace } = exceptionFields(error, (cause) => JSON.stringify(cause));
  assert.match(stack_trace, /Error: top[\s\S]*Caused by: Error: middle[\s\S]*Caused by: \{"code":7/);
});

test("an AggregateError tells its errors", () => {
  const { stack_trace } = exceptionFields(new AggregateError([new Error("one"), "two"], "both"));
  assert.match(stack_trace, /both[\s\S]*One of: Error: one[\s\S]*One of: two/);
});

test("an error that is its own cause is told once, a long chain to its eighth link", () => {
  const circular = new Error("ouroboros");
  circular.cause = circular;
  assert.match(exceptionFields(circular).stack_trace, /Caused by: Error: ouroboros \(told above\)$/);
  let chain = new Error("0");
  for (let link = 1; link < 10_000; link++) chain = new Error(String(link), { cause: chain });
  const { stack_trace } = exceptionFields(chain);
  assert.equal(stack_trace.match(/Caused by: Error/g)?.length, 7);
  assert.match(stack_trace, /more causes, not shown$/);
  const wide = new AggregateError(
    Array.from({ length: 1000 }, (_, index) => new AggregateError([index], "w")),
  );
  assert.ok(exceptionFields(wide).stack_trace.length < 17_000);
});

test("an error whose parts cannot be read is told as far as it can be", () => {
  class Hostile extends Error {
    override get message(): string {
      throw new Error("no message for you");
    }
    override get stack(): string {
      throw new Error("no stack for you");
    }
    override get cause(): unknown {
      throw new Error("no cause for you");
    }
  }
  assert.deepEqual(exceptionFields(new Hostile()), { exception: "Error", stack_trace: "Error" });
});

test("an error of another realm is an error", () => {
  const foreign = runInNewContext('new TypeError("from afar")') as Error;
  assert.equal(exceptionFields(foreign).exception, "TypeError: from afar");
});
