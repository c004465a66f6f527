/** `test` and `fixture`: made when needed, shared where meant, disposed of in order, whatever happens. */
import assert from "node:assert/strict";
import { after, describe, type Fixture, type FixtureValues, fixture, test } from "limpid/testing";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proven = <Claim extends true>(claim: Claim): Claim => claim;

describe("a fixture of a test", () => {
  const events: string[] = [];
  let count = 0;
  const number = fixture(() => ++count, { dispose: (value) => events.push(`gone ${value}`) });
  const unused = fixture(() => assert.fail("nobody asked for this"));

  test("is made for the test that names it", { number }, ({ number: first }) => {
    proven<Equal<typeof first, number>>(true);
    assert.equal(first, 1);
    assert.deepEqual(events, []);
  });

  test("and made anew for the next, the first being gone", { number }, ({ number: second }, context) => {
    assert.equal(second, 2);
    assert.deepEqual(events, ["gone 1"]);
    assert.match(context.name, /made anew/);
  });

  test("is not made for a test that does not", () => {
    assert.ok(unused);
    assert.equal(count, 2);
  });
});

describe("fixtures that use one another", () => {
  const events: string[] = [];
  const made = (name: string) => {
    events.push(`make ${name}`);
    return { name, close: () => void events.push(`close ${name}`) };
  };
  const database = fixture(async () => made("database"));
  const store = fixture(async (use) => ({ ...made("store"), database: await use(database) }));
  const mailer = fixture(() => made("mailer"));

  test("share one value in one test", { store, mailer, database }, (values) => {
    proven<Equal<FixtureValues<{ database: typeof database }>["database"]["name"], string>>(true);
    assert.equal(values.store.database, values.database);
  });

  test("and go in the opposite order", () => {
    assert.deepEqual(events, [
      "make store",
      "make database",
      "make mailer",
      "close mailer",
      "close store",
      "close database",
    ]);
  });
});

describe("a value is disposed of by the first way it has", () => {
  const ways: string[] = [];
  class Everything {
    close(): void {
      ways.push("close");
    }
    [Symbol.dispose](): void {
      ways.push("dispose");
    }
    async [Symbol.asyncDispose](): Promise<void> {
      ways.push("asyncDispose");
    }
  }
  const own = fixture(() => new Everything(), { dispose: () => ways.push("option") });
  const asynchronous = fixture(() => new Everything());
  const synchronous = fixture(() => ({
    close: () => ways.push("close"),
    [Symbol.dispose]: () => ways.push("dispose"),
  }));
  const closing = fixture(() => ({ close: async () => ways.push("close") }));
  const plain = fixture(() => null);

  test("four ways", { own, asynchronous, synchronous, closing, plain }, () => {});
  test("were taken", () => assert.deepEqual(ways, ["close", "dispose", "asyncDispose", "option"]));
});

describe("a fixture of the file", () => {
  const events: string[] = [];
  const options = { scope: "file" } as const;
  const database = fixture(() => ({ name: "database" }), {
    ...options,
    dispose: () => events.push("database gone"),
  });
  const server = fixture(async (use) => ({ on: await use(database) }), {
    ...options,
    dispose: () => events.push("server gone"),
  });
  const session = fixture(async (use) => ({ on: await use(server) }), {
    dispose: () => events.push("session gone"),
  });
  const seen: unknown[] = [];

  test("is made once", { server, session }, ({ server: one, session: first }) => {
    assert.equal(first.on, one);
    seen.push(one);
  });
  test("and kept", { server, session }, ({ server: same }) => {
    assert.equal(same, seen[0]);
    assert.deepEqual(events, ["session gone"]);
  });
  after(() => assert.deepEqual(events, ["session gone", "session gone", "server gone", "database gone"]));
});

test("what is no fixture is refused when the test is defined, with the way out", () => {
  assert.throws(() => test("wrong", { timeout: 1000 } as never, () => {}), {
    code: "LMP_TESTING_FIXTURE_INVALID",
    message: /timeout/,
    fix: /behind/,
  });
});

test("options of node:test go last", { it: fixture(() => 1) }, ({ it }) => assert.equal(it, 1), {
  timeout: 5000,
});
test("with or without fixtures", (context) => assert.ok(context.signal), { timeout: 5000 });

const wide: Fixture<unknown> = fixture(() => "a fixture of something is a fixture of anything");
assert.ok(wide);
