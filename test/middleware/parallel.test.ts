/** `parallel`: what runs when, and what the answer is. Barriers, never timers, decide who is first. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { compose, type Handler, type Middleware, named, parallel } from "limpid/middleware";
import { requestWithLog } from "./log-lines.ts";

const get = (): Request => new Request("/");
const run = async (list: Middleware[], handler: Handler = () => "downstream"): Promise<Response> =>
  compose([parallel(...list)], handler)(get());
const pass: Middleware = (_request, next) => next();
const passAsync: Middleware = async (_request, next) => await next();
const fail = (message: string): never => {
  throw new Error(message);
};

test("all are started before any has gone on: each waits for the other", async () => {
  const a = Promise.withResolvers<void>();
  const b = Promise.withResolvers<void>();
  const first: Middleware = async (_request, next) => {
    a.resolve();
    await b.promise;
    return next();
  };
  const second: Middleware = async (_request, next) => {
    b.resolve();
    await a.promise;
    return next();
  };
  assert.equal(await (await run([first, second])).text(), "downstream");
});

test("what comes after them runs once, and not before all have called next()", async () => {
  const gate = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<void>();
  let handled = 0;
  const quick: Middleware = async (_request, next) => {
    const answer = next();
    waiting.resolve();
    return await answer;
  };
  const slow: Middleware = async (_request, next) => {
    await gate.promise;
    assert.equal(handled, 0);
    return next();
  };
  const answer = run([quick, slow, pass], () => `run ${++handled}`);
  await waiting.promise;
  assert.equal(handled, 0);
  gate.resolve();
  assert.equal(await (await answer).text(), "run 1");
  assert.equal(handled, 1);
});

test("each next() gives the same downstream response, and changes to it add up", async () => {
  const seen = new Set<Response>();
  const add =
    (name: string): Middleware =>
    async (_request, next) => {
      const response = await next();
      seen.add(response);
      response.headers.set(`X-${name}`, "yes");
      return response;
    };
  const response = await run([add("A"), add("B"), add("C")]);
  assert.equal(seen.size, 1);
  assert.deepEqual([...response.headers.keys()].sort(), ["content-type", "x-a", "x-b", "x-c"]);
});

test("what they set on the request is there for the handler", async () => {
  const user: Middleware<{ user: string }> = async (request, next) => {
    request.user = "Ada";
    return next();
  };
  const basket: Middleware<{ items: number }> = (request, next) => {
    request.items = 3;
    return next();
  };
  const response = await run([user, basket], (request) => ({
    ...(request as { user?: string; items?: number }),
  }));
  const { user: name, items } = await response.json<{ user: string; items: number }>();
  assert.deepEqual([name, items], ["Ada", 3]);
});

test("an answer without next(): nothing comes after, and every waiting next() gives that answer", async () => {
  const answer = new Response("early", { status: 403 });
  let seen: Response | undefined;
  const wait: Middleware = async (_request, next) => (seen = await next());
  const response = await run([wait, () => answer, pass], () => fail("unreachable"));
  assert.equal(response, answer);
  assert.equal(seen, answer);
});

test("an answer does not open the way before the others have arrived", async () => {
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const wait: Middleware = async (_request, next) => {
    const response = await next();
    order.push("went on");
    return response;
  };
  const late: Middleware = async (_request, next) => {
    await gate.promise;
    order.push("arrived");
    return next();
  };
  const answer = run([wait, () => "early", late]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(order, []);
  gate.resolve();
  assert.equal(await (await answer).text(), "early");
  assert.deepEqual(order, ["arrived", "went on"]);
});

test("of several answers the first listed decides, whichever came first", async () => {
  const gate = Promise.withResolvers<void>();
  const slow: Middleware = async () => {
    await gate.promise;
    return "first listed";
  };
  const quick: Middleware = async () => {
    gate.resolve();
    return "first in time";
  };
  let seen: string | undefined;
  const wait: Middleware = async (_request, next) => {
    const response = await next();
    seen = response.headers.get("content-type") ?? undefined;
    return response;
  };
  assert.equal(await (await run([wait, slow, quick])).text(), "first listed");
  assert.equal(seen, "text/plain; charset=utf-8");
});

test("a response made of what next() gave decides over the downstream one, the first listed first", async () => {
  const wrap =
    (name: string): Middleware =>
    async (_request, next) =>
      `${name}(${await (await next()).status})`;
  assert.equal(await (await run([pass, wrap("b"), wrap("c")])).text(), "b(200)");
});

test("returning nothing behind next() passes on and decides nothing", async () => {
  const forget: Middleware = async (_request, next) => {
    await next();
  };
  assert.equal(await (await run([forget, pass])).text(), "downstream");
  assert.equal(await (await run([forget, () => "early"])).text(), "early");
});

test("an error rejects every waiting and every later next(), and nothing comes after", async () => {
  const gate = Promise.withResolvers<void>();
  const seen: string[] = [];
  const see =
    (name: string): Middleware =>
    async (_request, next) => {
      if (name === "late") await gate.promise;
      try {
        return await next();
      } catch (error) {
        seen.push(`${name}: ${(error as Error).message}`);
        gate.resolve();
        throw error;
      }
    };
  const broken: Middleware = async () => fail("broken");
  await assert.rejects(
    run([see("waiting"), broken, see("late")], () => fail("unreachable")),
    { message: "broken" },
  );
  assert.deepEqual(seen, ["waiting: broken", "late: broken"]);
});

test("it rejects only when all have settled", async () => {
  const gate = Promise.withResolvers<void>();
  let finished = false;
  const slow: Middleware = async () => {
    await gate.promise;
    finished = true;
    return "late";
  };
  const answer = run([() => fail("broken"), slow]);
  let settled = false;
  const watched = answer.catch((error: Error) => {
    settled = true;
    return error.message;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(settled, false);
  gate.resolve();
  assert.equal(await watched, "broken");
  assert.equal(finished, true);
});

test("of several errors the first in time is the outcome, and none is left unhandled", async () => {
  const gate = Promise.withResolvers<void>();
  const second: Middleware = async () => {
    await gate.promise;
    return fail("second");
  };
  const first: Middleware = async () => {
    gate.resolve();
    return fail("first");
  };
  await assert.rejects(run([second, first, passAsync]), { message: "first" });
  // Node would report an unhandled rejection by now, and the test runner would fail this test.
  await new Promise((resolve) => setImmediate(resolve));
});

test("an error decides over an answer", async () => {
  await assert.rejects(run([() => "answer", async () => fail("broken")]), { message: "broken" });
});

test("an error of one's own behind next() is the outcome too", async () => {
  const after: Middleware = async (_request, next) => {
    await next();
    return fail("afterwards");
  };
  await assert.rejects(run([pass, after]), { message: "afterwards" });
});

test("an error from downstream is passed on by all, and one of them may answer it", async () => {
  for (const handler of [() => fail("downstream"), async () => fail("downstream")]) {
    await assert.rejects(run([pass, passAsync], handler), { message: "downstream" });
    const rescue: Middleware = async (_request, next) => {
      try {
        return await next();
      } catch (error) {
        return `rescued from ${(error as Error).message}`;
      }
    };
    assert.equal(await (await run([passAsync, rescue], handler)).text(), "rescued from downstream");
  }
});

test("an error that one rethrows after it was passed on by another is still one error", async () => {
  const rethrow: Middleware = async (_request, next) => {
    try {
      return await next();
    } catch (error) {
      throw error instanceof Error ? error : new Error("not one");
    }
  };
  await assert.rejects(
    run([rethrow, passAsync], () => fail("downstream")),
    { message: "downstream" },
  );
});

test("next() called twice inside parallel names the one that did", async () => {
  const twice: Middleware = named("twice", async (_request, next) => {
    void next();
    return next();
  });
  await assert.rejects(run([twice, pass]), { code: "LMP_MIDDLEWARE_NEXT_TWICE", message: /"twice"/ });
});

test("R-21: answers without waiting for next() lose no error and end nothing", async () => {
  const { request, lines, logged } = requestWithLog("/");
  const gate = Promise.withResolvers<never>();
  const hasty: Middleware = named("hasty", (_request, next) => {
    void next();
    return "answered";
  });
  const response = await compose([parallel(hasty)], () => gate.promise)(request);
  assert.equal(await response.text(), "answered");
  const line = once(logged, "line");
  gate.reject(new Error("too late"));
  await line;
  assert.match(JSON.stringify(lines()), /too late/);
});

test("an answer that was not chosen is given up, and its stream closed", async () => {
  const closed = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({ cancel: () => closed.resolve() });
  const response = await run([() => "chosen", () => new Response(stream)]);
  assert.equal(await response.text(), "chosen");
  await closed.promise;
});

test("none, and one, are like any middleware; what is no function is refused", async () => {
  assert.equal(await (await run([])).text(), "downstream");
  assert.equal(await (await run([passAsync])).text(), "downstream");
  assert.equal((await run([() => undefined])).status, 204);
  assert.throws(() => parallel(7 as unknown as Middleware), { code: "LMP_MIDDLEWARE_INVALID" });
});
