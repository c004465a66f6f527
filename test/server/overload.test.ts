/** When `Overload` sheds, what it lets through, and when it stops, with a clock that the test moves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createLogger } from "limpid/log";
import {
  type LoopSource,
  loopBlocked,
  Overload,
  type OverloadOptions,
  overloadBegin,
  overloadEnd,
} from "limpid/server";

/** A process whose clock, idling and heap are what the test says. */
class Machine implements LoopSource {
  time = 0;
  idleTime = 0;
  waitedTime = 0;
  heapShare = 0.1;
  readonly lines: Record<string, unknown>[] = [];
  readonly overload: Overload;

  constructor(options: OverloadOptions = {}) {
    const destination = { write: (line: string) => void this.lines.push(JSON.parse(line)) };
    this.overload = new Overload(options, createLogger({ format: "json", destination }), this);
    this.overload.start();
  }

  now = (): number => this.time;
  idle = (): number => this.idleTime;
  waited = (): number => this.waitedTime;
  heap = (): number => this.heapShare;

  /** The loop works. */
  work(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** The loop idles, with samples as the timer would take them. */
  async rest(milliseconds: number): Promise<void> {
    await setImmediate();
    for (let left = milliseconds; left > 0; left -= 50) {
      this.time += Math.min(50, left);
      this.idleTime += Math.min(50, left);
      this.overload.sample();
    }
  }

  /** A request that costs so many milliseconds where it is accepted. Whether it was. */
  request(cost = 1, path = "/work"): boolean {
    const shed = this.overload.sheds({ method: "GET", path }, this.time);
    this.work(shed ? 0.02 : cost);
    return !shed;
  }

  /** A turn of the loop with so many requests; how many were accepted. */
  async turn(requests: number, cost = 1): Promise<number> {
    let accepted = 0;
    for (let n = 0; n < requests; n++) if (this.request(cost)) accepted++;
    await setImmediate();
    this.sampleWhereDue();
    return accepted;
  }

  #sampled = 0;
  sampleWhereDue(): void {
    if (this.time - this.#sampled < 50) return;
    this.#sampled = this.time;
    this.overload.sample();
  }
}

/** A machine that is shedding, because more comes than it can do. */
async function overloaded(): Promise<Machine> {
  const machine = new Machine();
  await machine.turn(300);
  assert.equal(machine.overload.reason, "loop-delay");
  return machine;
}

test("R-15: as many clients as fill the loop, each waiting for its answer, are never shed", async () => {
  const machine = new Machine();
  for (let turn = 0; turn < 1000; turn++) assert.equal(await machine.turn(64, 2), 64);
  assert.equal(machine.overload.reason, undefined);
  assert.deepEqual(machine.lines, []);
});

test("R-15: a queue that makes the loop late by 200 ms is cut in the same turn", async () => {
  const machine = new Machine();
  const accepted = await machine.turn(2000);
  assert.ok(accepted >= 200 && accepted <= 260, `${accepted} of 2000`);
});

test("R-15: three times what can be done: most of it is done, and turns stay short", async (t) => {
  const machine = await overloaded();
  t.after(() => machine.overload.stop());
  const begun = machine.time;
  let accepted = 0;
  let arrived = 30;
  let longest = 0;
  while (machine.time - begun < 30_000) {
    const before = machine.time;
    accepted += await machine.turn(Math.max(1, Math.round(arrived)));
    longest = Math.max(longest, machine.time - before);
    arrived = (machine.time - before) * 3;
  }
  const goodput = accepted / (machine.time - begun);
  assert.ok(goodput > 0.9, `${goodput} of the capacity`);
  assert.ok(longest < 20, `a turn of ${longest} ms`);
  assert.equal(machine.overload.reason, "loop-delay");
});

test("R-15: afterwards it ends within 5 seconds, and nothing is shed before that without need", async () => {
  const machine = await overloaded();
  const begun = machine.time;
  while (machine.overload.reason !== undefined && machine.time - begun < 10_000) {
    assert.equal(await machine.turn(4), 4);
    await machine.rest(6);
  }
  assert.ok(machine.time - begun < 5000, `${machine.time - begun} ms`);
});

test("one goes through each turn, however long each takes", async (t) => {
  const machine = await overloaded();
  t.after(() => machine.overload.stop());
  let accepted = 0;
  for (let turn = 0; turn < 50; turn++) accepted += await machine.turn(3, 300);
  assert.ok(accepted >= 50, `${accepted} in 50 turns`);
});

test("what the loop did between two turns counts", async (t) => {
  const machine = await overloaded();
  t.after(() => machine.overload.stop());
  await machine.turn(10);
  await machine.turn(1);
  machine.work(30);
  assert.equal(await machine.turn(50, 0.1), 1);
  assert.ok((await machine.turn(50, 0.1)) > 40);
});

test("exempt paths are let through, exactly as they are written", async (t) => {
  const machine = await overloaded();
  t.after(() => machine.overload.stop());
  machine.request(300);
  assert.equal(machine.request(0, "/livez"), true);
  assert.equal(machine.request(0, "/readyz"), true);
  for (const path of ["/livez/", "/LIVEZ", "/%6civez", "//livez", "/livez;a", "/x/../livez"]) {
    assert.equal(machine.request(0, path), false, path);
  }
});

test("R-16: one block is an accident and two are a state, which lasts as long as they go on", async (t) => {
  const machine = new Machine();
  t.after(() => machine.overload.stop());
  await machine.rest(500);
  machine.request(500, "/slow");
  assert.ok(machine.request());
  machine.overload.sample();
  assert.equal(machine.overload.reason, undefined);
  for (let round = 0; round < 5; round++) {
    await machine.rest(1500);
    machine.request(500, "/slow");
    await setImmediate();
    machine.overload.sample();
    assert.equal(machine.overload.reason, "loop-delay");
    assert.equal(await machine.turn(50), 1, "who waited for the block is refused, but for one");
    assert.equal(await machine.turn(5), 5, "who comes behind it is not");
  }
  await machine.rest(5000);
  assert.equal(machine.overload.reason, undefined);
});

test("R-15: many requests that work behind a wait are a queue, seen in its first long turn", async (t) => {
  const machine = new Machine();
  t.after(() => machine.overload.stop());
  for (let n = 0; n < 60; n++) machine.request(0.05);
  await setImmediate();
  machine.work(300);
  machine.overload.sample();
  assert.equal(machine.overload.reason, "loop-delay");
});

test("R-16: the warning names the request that blocked, among others of the same turn", async () => {
  const machine = new Machine();
  const heard: object[] = [];
  const stop = loopBlocked.listen((data) => heard.push(data));
  await machine.rest(200);
  for (const [path, cost] of [
    ["/a", 1],
    ["/report", 400],
    ["/b", 1],
    ["/c", 1],
  ] as const) {
    machine.request(cost, path);
  }
  machine.overload.sample();
  stop();
  assert.deepEqual(heard, [{ milliseconds: 353, method: "GET", path: "/report" }]);
  const [line, ...others] = machine.lines;
  assert.equal(others.length, 0);
  assert.equal(line?.level, "warn");
  assert.equal(line?.path, "/report");
  assert.equal(line?.milliseconds, 353);
});

test("R-16: what blocks long after the last request accuses nobody", async () => {
  const machine = new Machine();
  machine.request(1, "/innocent");
  await machine.rest(2000);
  machine.work(500);
  machine.overload.sample();
  assert.equal(machine.lines.length, 1);
  assert.equal(machine.lines[0]?.path, undefined);
});

test("a loop that is late because the system runs other processes is not overloaded", async () => {
  const machine = new Machine();
  for (let round = 0; round < 10; round++) {
    machine.waitedTime += 450;
    machine.request(500);
    assert.ok(machine.request());
    machine.overload.sample();
    await machine.rest(100);
  }
  assert.equal(machine.overload.reason, undefined);
  assert.deepEqual(machine.lines, []);
});

test("a heap beyond its share sheds all but a trickle, until there is room", async () => {
  const machine = new Machine();
  machine.heapShare = 0.86;
  await machine.rest(600);
  assert.equal(machine.overload.reason, "heap");
  let accepted = 0;
  for (let n = 0; n < 800; n++) if (machine.request(0)) accepted++;
  assert.equal(accepted, 100);
  machine.heapShare = 0.83;
  await machine.rest(3000);
  assert.equal(machine.overload.reason, "heap");
  machine.heapShare = 0.5;
  await machine.rest(2000);
  assert.equal(machine.overload.reason, undefined);
});

test("beginning and end are announced once each and logged in one line each, with figures", async () => {
  const heard: [string, object][] = [];
  const stops = [overloadBegin, overloadEnd].map((moment) =>
    moment.listen((data) => heard.push([moment.name, data])),
  );
  const machine = await overloaded();
  for (let turn = 0; turn < 20; turn++) await machine.turn(100);
  await machine.rest(4000);
  for (const stop of stops) stop();
  assert.deepEqual(
    heard.map(([name]) => name),
    ["server.overload.begin", "server.overload.end"],
  );
  const [begin, end] = machine.lines;
  assert.equal(machine.lines.length, 2);
  assert.equal(begin?.level, "warn");
  assert.equal(begin?.reason, "loop-delay");
  assert.ok(Number(begin?.loop_delay) >= 200);
  assert.equal(end?.level, "warn");
  const { shed, accepted, milliseconds } = (heard[1]?.[1] ?? {}) as Record<string, number>;
  assert.deepEqual([end?.shed, end?.accepted, end?.milliseconds], [shed, accepted, milliseconds]);
  assert.ok((shed ?? 0) > 1000);
});

test("the refusal says when to come back, and not to all of them the same", () => {
  const overload = new Overload({ retryAfter: 5 });
  const seconds = new Set<string | null>();
  for (let n = 0; n < 500; n++) {
    const response = overload.refusal();
    assert.equal(response.status, 503);
    seconds.add(response.headers.get("retry-after"));
  }
  assert.deepEqual([...seconds].sort(), ["1", "2", "3", "4", "5"]);
});

test("options that make no sense are refused", () => {
  const wrong = [
    { loopDelay: 0 },
    { loopDelay: Number.NaN },
    { turnTime: -1 },
    { heap: 85 },
    { heap: -0.1 },
    { retryAfter: 0 },
    { exempt: ["livez"] },
    { exempt: "/livez" as unknown as string[] },
  ];
  for (const options of wrong) {
    assert.throws(
      () => new Overload(options),
      { code: "LMP_SERVER_OPTION_INVALID" },
      JSON.stringify(options),
    );
  }
});
