/** `Moment`: announced to whoever listens, harmless where a listener fails, silent where nobody does. */
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { test } from "node:test";
import { moment } from "limpid/trace";

test("a listener hears what is announced, until it stops", () => {
  const brewed = moment<{ cups: number }>("test.moment.heard");
  const heard: number[] = [];
  brewed.announce({ cups: 1 });
  const stop = brewed.listen(({ cups }) => heard.push(cups));
  brewed.announce({ cups: 2 });
  stop();
  brewed.announce({ cups: 3 });
  assert.deepEqual(heard, [2]);
});

test("`active` is true exactly while somebody listens", () => {
  const quiet = moment<object>("test.moment.active");
  assert.equal(quiet.active, false);
  const [first, second] = [quiet.listen(() => {}), quiet.listen(() => {})];
  first();
  assert.equal(quiet.active, true);
  second();
  assert.equal(quiet.active, false);
});

test("listeners are called at once, in order, with the very data and the moment", () => {
  const data = { n: 1 };
  const ordered = moment<{ n: number }>("test.moment.order");
  const calls: unknown[] = [];
  const stops = ["a", "b"].map((name) =>
    ordered.listen((given, which) => calls.push([name, given === data, which.name])),
  );
  ordered.announce(data);
  assert.deepEqual(calls, [
    ["a", true, "test.moment.order"],
    ["b", true, "test.moment.order"],
  ]);
  for (const stop of stops) stop();
});

test("a listener that throws becomes a warning; the others and the announcer go on", async () => {
  const fragile = moment<object>("test.moment.fragile");
  let reached = false;
  const stops = [
    fragile.listen(() => {
      throw new Error("the listener broke");
    }),
    fragile.listen(() => {
      reached = true;
    }),
  ];
  const warning = once(process, "warning");
  fragile.announce({});
  for (const stop of stops) stop();
  assert.equal(reached, true);
  const [warned] = (await warning) as [Error];
  assert.equal(warned.message, "the listener broke");
});

test("a moment is a channel of node:diagnostics_channel under `limpid:`", () => {
  const heard: unknown[] = [];
  const receive = (message: unknown): void => void heard.push(message);
  subscribe("limpid:test.moment.channel", receive);
  moment<{ n: number }>("test.moment.channel").announce({ n: 7 });
  unsubscribe("limpid:test.moment.channel", receive);
  assert.deepEqual(heard, [{ n: 7 }]);
});
