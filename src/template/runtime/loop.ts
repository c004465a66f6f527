/** `loop` inside a `for`. */
import { TemplateError } from "../template-error.ts";
import { exposed } from "../values/attribute.ts";
import { equals } from "../values/equality.ts";

/** Where a loop is. `index` counts from 1 and `index0` from 0; `revindex` counts what is left. */
export class Loop {
  static readonly [exposed] = [
    "index",
    "index0",
    "revindex",
    "revindex0",
    "first",
    "last",
    "length",
    "previtem",
    "nextitem",
    "depth",
    "depth0",
    "cycle",
    "changed",
  ];

  index0 = -1;
  readonly depth0: number;
  readonly #items: readonly unknown[];
  #before: readonly unknown[] | undefined;

  constructor(items: readonly unknown[], depth0: number) {
    this.#items = items;
    this.depth0 = depth0;
  }

  get index(): number {
    return this.index0 + 1;
  }

  get revindex(): number {
    return this.#items.length - this.index0;
  }

  get revindex0(): number {
    return this.#items.length - this.index0 - 1;
  }

  get first(): boolean {
    return this.index0 === 0;
  }

  get last(): boolean {
    return this.index0 === this.#items.length - 1;
  }

  get length(): number {
    return this.#items.length;
  }

  get previtem(): unknown {
    return this.#items[this.index0 - 1];
  }

  get nextitem(): unknown {
    return this.#items[this.index0 + 1];
  }

  get depth(): number {
    return this.depth0 + 1;
  }

  /** One of the values, in turn. */
  cycle(...values: unknown[]): unknown {
    if (values.length > 0) return values[this.index0 % values.length];
    throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "`loop.cycle` has nothing to choose from.", {
      expected: "one value or more",
      found: "none",
      fix: 'Write the values: loop.cycle("odd", "even").',
    });
  }

  /** Whether the values differ from those of the round before. */
  changed(...values: unknown[]): boolean {
    const before = this.#before;
    this.#before = values;
    return before === undefined || !equals(before, values);
  }
}

/** The members of `loop` that compiled code may read without the checks of `attribute`. */
export const loopMembers: ReadonlySet<string> = new Set(Loop[exposed].slice(0, -2));
