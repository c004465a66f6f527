/** `timeout`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Response } from "limpid/message";
import { compose, type Handler, timeout } from "limpid/middleware";
import { requestWithLog } from "./log-lines.ts";

const never: Handler = () => new Promise<never>(() => {});

test("R-21: a handler that never settles is answered with 503", async () => {
  const { request } = requestWithLog("/");
  await assert.rejects(async () => compose([timeout(5)], never)(request), {
    code: "LMP_MIDDLEWARE_TIMEOUT",
    status: 503,
    expose: false,
  });
});

test("the signal is aborted with the same error, also where it is asked for later", async () => {
  const { request } = requestWithLog("/");
  const { signal } = request;
  const error = await Promise.resolve(compose([timeout(5)], never)(request)).catch(
    (reason: unknown) => reason,
  );
  assert.equal(signal.aborted, true);
  assert.equal(signal.reason, error);
  const other = requestWithLog("/").request;
  await assert.rejects(async () => compose([timeout(5)], never)(other));
  assert.equal(other.signal.aborted, true);
});

test("an answer in time is passed on, a synchronous one without a promise", async () => {
  const { request } = requestWithLog("/");
  assert.ok(compose([timeout(60_000)], () => "x")(request) instanceof Response);
  const response = await compose([timeout(60_000)], async () => "in time")(requestWithLog("/").request);
  assert.equal(await response.text(), "in time");
  await assert.rejects(
    async () =>
      compose([timeout(60_000)], async () => {
        throw new Error("in time");
      })(requestWithLog("/").request),
    { message: "in time" },
  );
});

test("a late result is given up, and the stream behind it closed", async () => {
  const { request, lines } = requestWithLog("/");
  const gate = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const handler: Handler = async () => {
    await gate.promise;
    return new ReadableStream({ cancel: () => closed.resolve() });
  };
  await assert.rejects(async () => compose([timeout(5)], handler)(request), { status: 503 });
  gate.resolve();
  await closed.promise;
  assert.equal(lines().length, 0);
});

test("R-21: a late error is logged and ends nothing", async () => {
  const { request, lines, logged } = requestWithLog("/");
  const gate = Promise.withResolvers<never>();
  await assert.rejects(async () => compose([timeout(5)], () => gate.promise)(request), { status: 503 });
  const line = once(logged, "line");
  gate.reject(new Error("too late"));
  await line;
  assert.equal(lines().length, 1);
  assert.match(JSON.stringify(lines()[0]), /too late/);
});

test("a handler that heeds the signal leaves no line behind", async () => {
  const { request, lines } = requestWithLog("/");
  const handler: Handler = async ({ signal }) => {
    await once(signal, "abort");
    throw signal.reason;
  };
  await assert.rejects(async () => compose([timeout(5)], handler)(request), { status: 503 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(lines().length, 0);
});

test("times that are no times are refused", () => {
  for (const time of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 31, "5s"]) {
    assert.throws(() => timeout(time as number), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  }
});
