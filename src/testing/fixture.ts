/** What a test needs, made when it begins and disposed of when it ends; `test` hands it over. */
import { after } from "node:test";
import { LimpidError } from "../errors/index.ts";
import { FixtureStore } from "./fixture-store.ts";

/** Gives a factory the value of another fixture: the same one that the test gets. */
export type Use = <Value>(fixture: Fixture<Value>) => Promise<Value>;

/** How a fixture lives and ends. */
export interface FixtureOptions<Value> {
  /** How to dispose of the value. Default: its `Symbol.asyncDispose`, `Symbol.dispose` or `close`, the first it has. */
  dispose?: ((value: Value) => unknown) | undefined;
  /** `"test"`: made anew for each test. `"file"`: made for the first test that needs it, kept to the last. */
  scope?: "test" | "file" | undefined;
}

/** A recipe for a value that tests need. */
export class Fixture<Value> {
  readonly scope: "test" | "file";
  /** Makes a value. */
  readonly make: (use: Use) => Value | Promise<Value>;
  readonly #dispose: ((value: never) => unknown) | undefined;

  constructor(make: (use: Use) => Value | Promise<Value>, options: FixtureOptions<Value> = {}) {
    this.make = make;
    this.scope = options.scope ?? "test";
    this.#dispose = options.dispose;
  }

  /** Disposes of a value this fixture has made. */
  async dispose(value: Value): Promise<void> {
    if (this.#dispose !== undefined) await this.#dispose(value as never);
    else await disposeOf(value);
  }
}

/** The fixtures of a test, by the names under which it gets their values. */
export type Fixtures = Readonly<Record<string, Fixture<unknown>>>;

/** The values of fixtures, by name. */
export type FixtureValues<Named extends Fixtures> = {
  readonly [Name in keyof Named]: Named[Name] extends Fixture<infer Value> ? Value : never;
};

/** Everything that lives as long as the file. */
export const fileStore = new FixtureStore("file");

/**
 * Declares what tests need. Nothing is made before a test that names it begins, or another fixture uses it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { App } from "limpid";
 * import { fixture, test, TestClient } from "limpid/testing";
 *
 * const app = fixture(() => new App());
 * const client = fixture(async (use) => new TestClient(await use(app)));
 *
 * test("an empty application has nothing to show", { app, client }, async ({ client }) => {
 *   assert.equal((await client.get("/")).status, 404);
 * });
 * ```
 */
export function fixture<Value>(
  make: (use: Use) => Value | Promise<Value>,
  options: FixtureOptions<Value> = {},
): Fixture<Value> {
  const made = new Fixture(make, options);
  if (made.scope === "file") after(() => fileStore.dispose(made));
  return made;
}

/** Refuses what is no record of fixtures with `LMP_TESTING_FIXTURE_INVALID`. */
export function checkFixtures(fixtures: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fixtures)) {
    if (value instanceof Fixture) continue;
    throw new LimpidError("LMP_TESTING_FIXTURE_INVALID", `"${name}" is not a fixture.`, {
      expected: "a value made by `fixture(() => …)`",
      found: typeof value,
      fix: "Put options of the test, such as `timeout`, behind its function.",
    });
  }
}

async function disposeOf(value: unknown): Promise<void> {
  if (typeof value !== "object" || value === null) return;
  if (Symbol.asyncDispose in value) await (value as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in value) (value as Disposable)[Symbol.dispose]();
  else if ("close" in value && typeof value.close === "function") await value.close();
}
