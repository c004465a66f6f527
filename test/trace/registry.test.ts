/** `moment`, `moments` and `listen`: every moment is known by its name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { listen, moment, moments } from "limpid/trace";

test("a name declared twice is one moment", () => {
  assert.equal(moment("test.registry.once"), moment("test.registry.once"));
});

test("`moments` lists them in alphabetical order", () => {
  moment("test.registry.b");
  moment("test.registry.a");
  const names = moments().map((known) => known.name);
  assert.ok(names.includes("test.registry.a"));
  assert.deepEqual(names, names.toSorted());
});

test("`listen` hears every moment under a prefix, until it stops", () => {
  const [tea, coffee, other] = ["test.listen.tea", "test.listen.coffee", "test.other"].map((name) =>
    moment(name),
  );
  const heard: string[] = [];
  const stop = listen((_data, { name }) => heard.push(name), "test.listen.");
  for (const known of [tea, coffee, other]) known?.announce({});
  stop();
  tea?.announce({});
  assert.deepEqual(heard, ["test.listen.tea", "test.listen.coffee"]);
});

test("every layer names its moments layer.subject.event", async () => {
  for (const layer of ["tcp", "server", "validation"]) await import(`limpid/${layer}`);
  const own = moments().filter(({ name }) => !name.startsWith("test."));
  assert.ok(own.length > 0);
  for (const { name } of own) assert.match(name, /^[a-z]+\.[a-z-]+\.[a-z-]+$/);
});
