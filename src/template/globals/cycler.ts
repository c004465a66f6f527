/** `cycler(…)`: values in turn, one each time it is asked. */
import { TemplateError } from "../template-error.ts";
import { exposed } from "../values/exposed.ts";

/** Goes round its values; unlike `loop.cycle` it works across loops. */
export class Cycler {
  static readonly [exposed] = ["next", "reset", "current"];
  readonly #items: readonly unknown[];
  #index = 0;

  constructor(items: readonly unknown[]) {
    if (items.length === 0) {
      throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "`cycler` has nothing to go round.", {
        expected: "at least one value",
        found: "none",
      });
    }
    this.#items = items;
  }

  /** The value whose turn it is. */
  get current(): unknown {
    return this.#items[this.#index];
  }

  /** Gives the current value and moves on. */
  next(): unknown {
    const value = this.current;
    this.#index = (this.#index + 1) % this.#items.length;
    return value;
  }

  /** Begins again with the first value. */
  reset(): void {
    this.#index = 0;
  }
}
