/** The values that fixtures have made for one test or one file: each once, disposed of in the right order. */
import { LimpidError } from "../errors/index.ts";

/** What the store has to know of a fixture. */
export interface Recipe {
  readonly scope: "test" | "file";
  make(use: (other: Recipe) => Promise<never>): unknown;
  dispose(value: unknown): Promise<void>;
}

interface Made {
  readonly value: Promise<unknown>;
  /** Fixtures that were made with this one, and go before it. */
  readonly dependents: Set<Recipe>;
}

/** Makes values when they are asked for, and disposes of them. */
export class FixtureStore implements AsyncDisposable {
  readonly #scope: "test" | "file";
  readonly #outer: FixtureStore | undefined;
  readonly #made = new Map<Recipe, Made>();

  constructor(scope: "test" | "file", outer?: FixtureStore) {
    this.#scope = scope;
    this.#outer = outer;
  }

  /** The value of a fixture. `chain` holds the fixtures being made for which it is needed, the innermost last. */
  get(fixture: Recipe, chain: readonly Recipe[] = []): Promise<unknown> {
    if (chain.includes(fixture)) return Promise.reject(cycle(chain.length));
    if (fixture.scope !== this.#scope) {
      return this.#outer?.get(fixture, chain) ?? Promise.reject(wrongScope());
    }
    let made = this.#made.get(fixture);
    if (made === undefined) {
      made = { value: this.#make(fixture, [...chain, fixture]), dependents: new Set() };
      this.#made.set(fixture, made);
    }
    const dependent = chain.at(-1);
    if (dependent !== undefined) made.dependents.add(dependent);
    return made.value;
  }

  /** Disposes of a fixture's value and, before it, of everything made with it. */
  async dispose(fixture: Recipe): Promise<void> {
    const made = this.#made.get(fixture);
    if (made === undefined) return;
    this.#made.delete(fixture);
    for (const dependent of [...made.dependents].reverse()) await this.dispose(dependent);
    // A value that could not be made has failed its test already.
    const outcome = await made.value.then((value) => ({ value })).catch(() => undefined);
    if (outcome !== undefined) await fixture.dispose(outcome.value);
  }

  /** Disposes of every value, the one made last first; goes on behind one that cannot be disposed of. */
  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const fixture of [...this.#made.keys()].reverse()) {
      await this.dispose(fixture).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 1) throw new AggregateError(errors, "Several fixtures could not be disposed of.");
    if (errors.length === 1) throw errors[0];
  }

  async #make(fixture: Recipe, chain: readonly Recipe[]): Promise<unknown> {
    return fixture.make((other) => this.get(other, chain) as Promise<never>);
  }
}

function cycle(length: number): LimpidError {
  return new LimpidError("LMP_TESTING_FIXTURE_CYCLE", "Fixtures use one another in a circle.", {
    expected: "fixtures that can be made one after the other",
    found: `a circle of ${length}`,
    fix: "Move what both need into a fixture of its own.",
  });
}

function wrongScope(): LimpidError {
  return new LimpidError("LMP_TESTING_FIXTURE_SCOPE", "A fixture of the file uses one of a test.", {
    expected: 'only fixtures with `scope: "file"`',
    found: "a fixture that is made anew for each test",
    fix: 'Give the used one `scope: "file"` too, or take it from the other.',
  });
}
