/** `rateLimit`: limits, fields, keys, and stores that fail (draft-ietf-httpapi-ratelimit-headers-11). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, Request, Response, rateLimit } from "limpid";
import { createLogger } from "limpid/log";
import {
  compose,
  MemoryRateLimitStore,
  type RateLimitOptions,
  type RateLimitState,
  type RateLimitStore,
} from "limpid/middleware";

/** An application behind the limits, with a clock of its own. */
function limited(options: RateLimitOptions) {
  // A moment at which a part of a window of any whole second begins.
  const clock = { now: 1_200_000 };
  const store = new MemoryRateLimitStore({ now: () => clock.now });
  const app = new App().use(rateLimit({ store, ...options }));
  app.get("/", () => "Hello");
  app.get("/broken", () => {
    throw new Error("It broke.");
  });
  const ask = async (ip = "192.0.2.1", headers: Record<string, string> = {}, path = "/") =>
    app.handle(new Request(path, { ip, headers }));
  const statuses = async (count: number, ip?: string): Promise<number[]> => {
    const list: number[] = [];
    for (let index = 0; index < count; index++) list.push((await ask(ip)).status);
    return list;
  };
  return { ask, clock, statuses, store };
}
const fieldsOf = ({ headers }: Response): (string | null)[] =>
  ["ratelimit-policy", "ratelimit", "retry-after"].map((name) => headers.get(name));

test("so many requests pass in a window, and the fields tell", async () => {
  const { ask, clock } = limited({ limit: 3, window: 60 });
  assert.deepEqual(fieldsOf(await ask()), ['"default";q=3;w=60', '"default";r=2;t=64', null]);
  assert.deepEqual(fieldsOf(await ask()), ['"default";q=3;w=60', '"default";r=1;t=64', null]);
  await ask();
  const refused = await ask();
  assert.equal(refused.status, 429);
  assert.deepEqual(fieldsOf(refused), ['"default";q=3;w=60', '"default";r=0;t=64', "64"]);
  const problem = await refused.json<{ code: string }>();
  assert.equal(problem.code, "LMP_MIDDLEWARE_RATE_LIMITED");
  clock.now += 64_000;
  assert.equal((await ask()).status, 200);
});

test("who waits for Retry-After is let in, and not much earlier", async () => {
  for (const algorithm of ["sliding-window", "token-bucket"] as const) {
    const { ask, clock } = limited({ limit: 5, window: 10, algorithm });
    for (let round = 0; round < 20; round++) {
      clock.now += 137;
      let response = await ask();
      while (response.status === 200) response = await ask();
      const wait = Number(response.headers.get("retry-after"));
      clock.now += (wait - 1) * 1000;
      if (wait > 1) assert.equal((await ask()).status, 429, `${algorithm}, a second early`);
      clock.now += 1000;
      assert.equal((await ask()).status, 200, algorithm);
    }
  }
});

test("a sliding window lets no more pass wherever it begins", async () => {
  const { clock, store } = limited({ limit: 1, window: 1 });
  const rule = { algorithm: "sliding-window", limit: 10, window: 1000, burst: 10 } as const;
  const passed: number[] = [];
  let seed = 7;
  for (let step = 0; step < 20_000; step++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    clock.now += (seed % 1000) / 20;
    if (store.take([{ key: "a", cost: 1, rule }])[0]!.allowed) passed.push(clock.now);
  }
  assert.ok(passed.length > 4000, `${passed.length} passed`);
  for (let index = 10; index < passed.length; index++) {
    assert.ok(passed[index]! - passed[index - 10]! > 1000 - 1e-6, `at ${passed[index]}`);
  }
  // Nearly all of the limit is given: a sixteenth is lost at most.
  assert.ok(passed.length / ((clock.now - 1_200_000) / 100) > 0.9);
});

test("a token bucket lets a burst pass, and the rate after that", async () => {
  const { clock, statuses } = limited({ limit: 60, window: 60, algorithm: "token-bucket", burst: 3 });
  assert.deepEqual(await statuses(4), [200, 200, 200, 429]);
  clock.now += 1000;
  assert.deepEqual(await statuses(2), [200, 429]);
  clock.now += 3_600_000;
  assert.deepEqual(await statuses(4), [200, 200, 200, 429]);
});

test("a clock that goes back forgets nothing and locks nobody out", async () => {
  for (const algorithm of ["sliding-window", "token-bucket"] as const) {
    const { clock, statuses } = limited({ limit: 2, window: 10, algorithm });
    assert.deepEqual(await statuses(3), [200, 200, 429]);
    clock.now -= 3_600_000;
    assert.deepEqual(await statuses(1), [429]);
    clock.now += 3_600_000 + 11_000;
    assert.deepEqual(await statuses(3), [200, 200, 429]);
  }
});

test("the time of day may jump", async (context) => {
  const run = compose([rateLimit({ limit: 1, window: 3600 })], () => "x");
  const ask = async () => run(new Request("/"));
  assert.equal((await ask()).status, 200);
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() + 7_200_000 });
  await assert.rejects(ask(), { status: 429 });
});

test("of several limits each has to allow a request, and a refused one counts for none", async () => {
  const { ask, clock } = limited({
    policies: [
      { name: "burst", limit: 2, window: 1 },
      { name: "day", limit: 3, window: 86_400 },
    ],
  });
  assert.equal((await ask()).status, 200);
  assert.equal((await ask()).headers.get("ratelimit-policy"), '"burst";q=2;w=1, "day";q=3;w=86400');
  for (let count = 0; count < 5; count++) {
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get("ratelimit")!, /^"burst";r=0;t=2, "day";r=1;t=\d+$/);
    assert.equal(refused.headers.get("retry-after"), "2");
  }
  clock.now += 2000;
  assert.equal((await ask()).status, 200);
  clock.now += 2000;
  const refused = await ask();
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 80_000);
});

test("two middleware one inside the other tell of both", async () => {
  const run = compose(
    [rateLimit({ name: "site", limit: 9, window: 60 }), rateLimit({ name: "login", limit: 5, window: 60 })],
    () => "x",
  );
  const { headers } = await run(new Request("/"));
  assert.equal(headers.get("ratelimit-policy"), '"login";q=5;w=60, "site";q=9;w=60');
});

test("fields are on error responses too", async () => {
  const { ask } = limited({ limit: 3, window: 60 });
  const response = await ask("192.0.2.1", {}, "/broken");
  assert.equal(response.status, 500);
  assert.match(response.headers.get("ratelimit")!, /^"default";r=2;/);
});

test("key, cost and skip, with and without promises", async () => {
  for (const wrap of [<V>(value: V): V => value, async <V>(value: V): Promise<V> => value]) {
    const { ask } = limited({
      limit: 10,
      window: 60,
      key: (request) => wrap(request.headers.get("x-user") ?? undefined) as string,
      cost: (request) => wrap(Number(request.headers.get("x-cost") ?? 1)) as number,
      skip: (request) => wrap(request.headers.has("x-free")) as boolean,
    });
    const left = async (ip: string, headers: Record<string, string>): Promise<string | null> =>
      (await ask(ip, headers)).headers.get("ratelimit")?.match(/r=\d+/)?.[0] ?? null;
    assert.equal(await left("192.0.2.1", { "X-User": "ada", "X-Cost": "4" }), "r=6");
    assert.equal(await left("192.0.2.9", { "X-User": "ada", "X-Cost": "6" }), "r=0");
    assert.equal(await left("192.0.2.1", { "X-User": "bob" }), "r=9");
    assert.equal(await left("192.0.2.1", {}), "r=9");
    assert.equal(await left("192.0.2.1", { "X-User": "192.0.2.1" }), "r=9");
    assert.equal(await left("192.0.2.1", { "X-Cost": "0" }), "r=9");
    assert.equal(await left("192.0.2.1", { "X-Free": "1" }), null);
    assert.equal((await ask("192.0.2.7", { "X-Cost": "11" })).status, 429);
    assert.equal((await ask("192.0.2.7", { "X-Cost": "10" })).status, 200);
  }
});

test("where nothing is asynchronous, no promise is made", () => {
  const run = compose([rateLimit({ limit: 3, window: 60 })], () => "x");
  assert.ok(run(new Request("/")) instanceof Response);
});

test("of a thousand requests at once exactly as many pass as may", async () => {
  const slow = new MemoryRateLimitStore();
  const store: RateLimitStore = {
    async take(charges) {
      await new Promise((resolve) => setImmediate(resolve));
      return slow.take(charges);
    },
  };
  const { ask } = limited({ limit: 37, window: 3600, store, storeTimeout: 10_000 });
  const answers = await Promise.all(Array.from({ length: 1000 }, () => ask()));
  assert.equal(answers.filter(({ status }) => status === 200).length, 37);
});

test("memory: the key that was not seen for longest goes first, and idle ones make room", () => {
  let now = 0;
  const store = new MemoryRateLimitStore({ keys: 3, now: () => now });
  const rule = { algorithm: "token-bucket", limit: 1, window: 1000, burst: 1 } as const;
  const take = (key: string): boolean => store.take([{ key, cost: 1, rule }])[0]!.allowed;
  assert.deepEqual(["a", "b", "c", "a"].map(take), [true, true, true, false]);
  assert.deepEqual(["d", "a", "b"].map(take), [true, false, true]);
  assert.equal(store.size, 3);
  now += 5000;
  assert.deepEqual(["e", "f"].map(take), [true, true]);
  assert.equal(store.size, 2);
});

const failing: [what: string, take: RateLimitStore["take"]][] = [
  ["throws", () => assert.fail("down")],
  ["rejects", () => Promise.reject(new Error("down"))],
  ["never answers", () => new Promise(() => {})],
];
for (const [what, take] of failing) {
  test(`R-12a: a store that ${what}: local counts on, open lets pass, closed is 503 in time`, async () => {
    const lines: string[] = [];
    const log = createLogger({ format: "json", destination: { write: (line) => lines.push(line) } });
    for (const [onStoreFailure, expected] of [
      [undefined, [200, 200, 429, 429]],
      ["local", [200, 200, 429, 429]],
      ["open", [200, 200, 200, 200]],
      ["closed", [503, 503, 503, 503]],
    ] as const) {
      lines.length = 0;
      const app = new App({ log }).use(
        rateLimit({ limit: 2, window: 60, store: { take }, onStoreFailure, storeTimeout: 30 }),
      );
      app.get("/", () => "Hello");
      const statuses: number[] = [];
      let retry: string | null = null;
      for (let count = 0; count < 4; count++) {
        const response = await app.handle(new Request("/"));
        statuses.push(response.status);
        retry = response.headers.get("retry-after");
      }
      assert.deepEqual(statuses, expected);
      if (onStoreFailure === "closed") assert.equal(retry, "1");
      const told = lines.filter((line) => line.includes("the store of rateLimit has failed"));
      assert.equal(told.length, 1, "told of once");
    }
  });
}

test("R-12a: after a silence the store is left alone for a second, then asked again", async (context) => {
  let asked = 0;
  let answers = false;
  const state: RateLimitState = { allowed: true, remaining: 1, reset: 0, retry: 0 };
  const store: RateLimitStore = {
    take: (charges) => {
      asked++;
      return answers ? charges.map(() => state) : new Promise(() => {});
    },
  };
  const run = compose(
    [rateLimit({ limit: 5, window: 60, store, storeTimeout: 20, onStoreFailure: "open" })],
    () => "x",
  );
  let now = performance.now();
  context.mock.method(performance, "now", () => now);
  await run(new Request("/"));
  await run(new Request("/"));
  assert.equal(asked, 1);
  answers = true;
  now += 1001;
  assert.equal((await run(new Request("/"))).headers.get("ratelimit"), '"default";r=1;t=0');
  assert.equal(asked, 2);
});

test("options that could not work are refused", async () => {
  const fine = { limit: 1, window: 1 };
  const wrong: unknown[] = [
    {},
    { limit: 0, window: 1 },
    { limit: 1.5, window: 1 },
    { limit: 1, window: 0.5 },
    { limit: 1, window: "60" },
    { limit: 1e15, window: 1 },
    { ...fine, name: 'a"b' },
    { ...fine, name: "" },
    { ...fine, algorithm: "leaky" },
    { ...fine, burst: 5 },
    { ...fine, cost: -1 },
    { ...fine, cost: Number.NaN },
    { ...fine, store: {} },
    { ...fine, onStoreFailure: "shut" },
    { ...fine, storeTimeout: 0 },
    { policies: [] },
    { policies: [fine, fine] },
  ];
  for (const options of wrong) {
    assert.throws(() => rateLimit(options as RateLimitOptions), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  }
  assert.throws(() => new MemoryRateLimitStore({ keys: 0 }), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  const run = compose([rateLimit({ ...fine, cost: () => Number.NaN })], () => "x");
  assert.throws(() => run(new Request("/")), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
});
