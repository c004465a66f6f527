/** `next()` used wrongly: twice, late, or without anybody waiting for it. Nothing is lost and nothing ends the process. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { compose, type Middleware, named } from "limpid/middleware";
import { requestWithLog } from "./log-lines.ts";

const get = (): Request => new Request("/");

test("next() called twice is an error that names the middleware", async () => {
  const hasty: Middleware = named("hasty", (_request, next) => {
    next();
    return next();
  });
  const patient: Middleware = named("patient", async (_request, next) => {
    await next();
    return await next();
  });
  let handled = 0;
  const handler = () => `handled ${++handled}`;
  assert.throws(() => compose([hasty], handler)(get()), {
    code: "LMP_MIDDLEWARE_NEXT_TWICE",
    message: 'The middleware "hasty" has called next() twice.',
  });
  await assert.rejects(async () => compose([patient], handler)(get()), {
    code: "LMP_MIDDLEWARE_NEXT_TWICE",
    message: 'The middleware "patient" has called next() twice.',
  });
  assert.equal(handled, 2, "once for each chain");
});

test("next() called after the middleware has answered rejects, is logged, and runs nothing", async () => {
  const { request, lines } = requestWithLog("/");
  const late = Promise.withResolvers<unknown>();
  const gate = Promise.withResolvers<void>();
  const forgetful: Middleware = named("forgetful", (_request, next) => {
    void gate.promise.then(() => late.resolve(Promise.resolve(next())));
    return "answered";
  });
  let reached = false;
  const response = await compose([forgetful], () => void (reached = true))(request);
  assert.equal(await response.text(), "answered");
  gate.resolve();
  await assert.rejects(late.promise, { code: "LMP_MIDDLEWARE_NEXT_LATE" });
  assert.equal(reached, false);
  assert.equal(lines().length, 1);
  assert.match(lines()[0]!.message as string, /"forgetful" has called next\(\) after it had settled/);
});

test("R-21: a late next() in a timer does not end the process", async () => {
  const { request, lines } = requestWithLog("/");
  const called = Promise.withResolvers<void>();
  const timed: Middleware = (_request, next) => {
    setImmediate(() => {
      void next();
      called.resolve();
    });
    return "answered";
  };
  await compose([timed], () => "unreached")(request);
  await called.promise;
  assert.equal(lines().length, 1);
});

const forgotten: [what: string, middleware: Middleware][] = [
  ["a sync middleware", (_request, next) => void next()],
  [
    "an async middleware",
    async (_request, next) => {
      await next();
    },
  ],
  [
    "an async middleware that does not await",
    async (_request, next) => {
      void next();
    },
  ],
];
for (const [what, middleware] of forgotten) {
  test(`${what} without return passes on what next() gave`, async () => {
    for (const handler of [() => "kept", async () => "kept"]) {
      const response = await compose([middleware], handler)(get());
      assert.equal(await response.text(), "kept");
    }
  });

  test(`${what} without return passes on the error of next()`, async () => {
    const sync = (): never => {
      throw new Error("kept");
    };
    for (const handler of [sync, async () => sync()]) {
      await assert.rejects(async () => compose([middleware], handler)(get()), { message: "kept" });
    }
  });
}

test("an error that was caught and not answered still passes on", async () => {
  const swallow: Middleware = async (_request, next) => {
    try {
      await next();
    } catch {
      // Nothing is returned either.
    }
  };
  const fail = (): never => {
    throw new Error("kept");
  };
  await assert.rejects(async () => compose([swallow], fail)(get()), { message: "kept" });
  await assert.rejects(async () => compose([swallow], async () => fail())(get()), { message: "kept" });
});

test("a middleware that returns nothing and has not called next() answers 204", async () => {
  const silent: Middleware = () => undefined;
  assert.equal((await compose([silent], () => "unreached")(get())).status, 204);
  const silentLater: Middleware = async () => {};
  assert.equal((await compose([silentLater], () => "unreached")(get())).status, 204);
});

test("null is an answer of its own, also behind next()", async () => {
  const hide: Middleware = async (_request, next) => {
    await next();
    return null;
  };
  assert.equal((await compose([hide], () => "hidden")(get())).status, 204);
});

test("R-21: an error that comes after the answer is logged and ends nothing", async () => {
  const { request, lines, logged } = requestWithLog("/");
  const gate = Promise.withResolvers<never>();
  const hasty: Middleware = named("hasty", (_request, next) => {
    void next();
    return "answered first";
  });
  const response = await compose([hasty], () => gate.promise)(request);
  assert.equal(await response.text(), "answered first");
  const line = once(logged, "line");
  gate.reject(new Error("too late"));
  await line;
  assert.match(lines()[0]!.message as string, /An error came after "hasty" had answered/);
});

test("R-21: a rejection that comes before the answer, and that nobody awaited, ends nothing", async () => {
  const gate = Promise.withResolvers<void>();
  const careless: Middleware = async (_request, next) => {
    void next();
    await gate.promise;
    return "answered";
  };
  const answer = compose([careless], async () => {
    throw new Error("unseen");
  })(get());
  // Node reports unhandled rejections between two macrotasks.
  await new Promise((resolve) => setImmediate(resolve));
  gate.resolve();
  const response = await answer;
  assert.ok(response instanceof Response);
  assert.equal(await response.text(), "answered");
});

test("R-21: what was started late, after an await, and that nobody awaited, ends nothing", async () => {
  const gate = Promise.withResolvers<void>();
  const careless: Middleware = async (_request, next) => {
    await null;
    void next();
    await gate.promise;
    return "answered";
  };
  const answer = compose([careless], async () => {
    throw new Error("unseen");
  })(get());
  await new Promise((resolve) => setImmediate(resolve));
  gate.resolve();
  assert.equal(await (await answer).text(), "answered");
});

for (const [what, end] of [
  ["throws", () => assert.fail("first")],
  ["answers with a response", () => new Response("first")],
  ["answers with null", () => null],
] as const) {
  test(`R-21: where a sync middleware ${what}, an error of what it started is logged and ends nothing`, async () => {
    const { request, lines, logged } = requestWithLog("/");
    const gate = Promise.withResolvers<never>();
    const hasty: Middleware = named("hasty", (_request, next) => {
      void next();
      return end();
    });
    const run = compose([hasty], () => gate.promise);
    if (what === "throws") assert.throws(() => run(request), { message: "first" });
    else assert.ok(run(request) instanceof Response);
    const line = once(logged, "line");
    gate.reject(new Error("too late"));
    await line;
    assert.match(lines()[0]!.message as string, /An error came after "hasty" had answered/);
  });
}

test("a sync middleware hands on the very promise that next() gave, and its rejection is the caller's", async () => {
  const given: unknown[] = [];
  const pass: Middleware = (_request, next) => {
    const answer = next();
    given.push(answer);
    return answer;
  };
  const { request, lines } = requestWithLog("/");
  const answer = compose([pass, pass], async () => {
    throw new Error("broken");
  })(request);
  assert.equal(given.length, 2);
  assert.ok(given.every((one) => one === answer));
  await assert.rejects(async () => answer, { message: "broken" });
  assert.equal(lines().length, 0);
});
