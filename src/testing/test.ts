/** `test` of node:test with fixtures; files that use it run under `node --test` and in every editor that knows it. */
import { test as nodeTest, type TestContext, type TestOptions } from "node:test";
import { inspect } from "node:util";
import { checkFixtures, type Fixtures, type FixtureValues, fileStore } from "./fixture.ts";
import { FixtureStore } from "./fixture-store.ts";

/** The body of a test without fixtures. */
export type TestBody = (context: TestContext) => void | Promise<void>;

/** The body of a test with fixtures. */
export type FixtureTestBody<Named extends Fixtures> = (
  values: FixtureValues<Named>,
  context: TestContext,
) => void | Promise<void>;

/** Defines one test. The promise resolves when it has run; there is no need to await it. */
export interface DefineTest {
  (name: string, body?: TestBody, options?: TestOptions): Promise<void>;
  <Named extends Fixtures>(
    name: string,
    fixtures: Named,
    body: FixtureTestBody<Named>,
    options?: TestOptions,
  ): Promise<void>;
}

/** Defines tests; `skip`, `only` and `todo` are those of node:test. */
export interface Test extends DefineTest {
  readonly skip: DefineTest;
  readonly only: DefineTest;
  readonly todo: DefineTest;
}

/**
 * A test, with or without fixtures. Each is made when the test begins and disposed of when it ends, however it ends.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fixture, test } from "limpid/testing";
 *
 * const basket = fixture(() => ["apple"]);
 *
 * test("a basket takes what is put in", { basket }, ({ basket }) => {
 *   basket.push("pear");
 *   assert.equal(basket.length, 2);
 * });
 * ```
 */
export const test: Test = Object.assign(definer(nodeTest), {
  skip: definer(nodeTest.skip),
  only: definer(nodeTest.only),
  todo: definer(nodeTest.todo),
});

function definer(define: typeof nodeTest | typeof nodeTest.skip): DefineTest {
  return (
    name: string,
    first?: TestBody | Fixtures,
    second?: TestOptions | FixtureTestBody<never>,
    third?: TestOptions,
  ): Promise<void> => {
    if (typeof first === "object" && typeof second === "function") {
      checkFixtures(first);
      return define(name, third ?? {}, (context) => runWith(first, second, context));
    }
    return define(name, typeof second === "object" ? second : {}, first as TestBody | undefined);
  };
}

async function runWith(
  fixtures: Fixtures,
  body: FixtureTestBody<never>,
  context: TestContext,
): Promise<void> {
  const store = new FixtureStore("test", fileStore);
  let passed = false;
  try {
    const values: Record<string, unknown> = {};
    for (const [name, fixture] of Object.entries(fixtures)) values[name] = await store.get(fixture);
    await body(values as never, context);
    passed = true;
  } finally {
    const disposal = store[Symbol.asyncDispose]();
    if (passed) await disposal;
    else
      await disposal.catch((error: unknown) =>
        context.diagnostic(`A fixture was not disposed of: ${inspect(error)}`),
      );
  }
}
