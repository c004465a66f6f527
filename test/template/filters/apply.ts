/** Uses filters the way compiled templates do, with a few tests at hand, and compares whole tables of them. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Html } from "limpid/message";
import type { FilterScope, TemplateFilter, TemplateTest } from "../../../src/template/filter-scope.ts";
import { filters } from "../../../src/template/filters.ts";
import { TemplateError } from "../../../src/template/template-error.ts";
import { invoke, NamedArguments } from "../../../src/template/values/call.ts";

/** A use of a filter: value, name, positional arguments, and named ones in an object behind them. */
export type Use = readonly [value: unknown, name: string, ...rest: unknown[]];

/** Marks the named arguments of a use. */
export class Named {
  readonly values: Record<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.values = values;
  }
}

export function named(values: Record<string, unknown>): Named {
  return new Named(values);
}

export function html(markup: string): Html {
  return new Html(markup);
}

const tests = new Map<string, TemplateTest>(
  Object.entries({
    odd: (value) => Number(value) % 2 === 1,
    greater: (value, than) => Number(value) > Number(than),
    defined: (value) => value !== undefined,
  } satisfies Record<string, TemplateTest>),
);

export function scopeOf(escaping: boolean): FilterScope {
  return {
    escaping,
    filter(name): TemplateFilter {
      const filter = filters.get(name);
      if (filter === undefined) throw new TemplateError("LMP_TEMPLATE_FILTER_UNKNOWN", `No filter ${name}.`);
      return filter;
    },
    test(name): TemplateTest {
      const test = tests.get(name);
      if (test === undefined) throw new TemplateError("LMP_TEMPLATE_TEST_UNKNOWN", `No test ${name}.`);
      return test;
    },
  };
}

export function apply([value, name, ...rest]: Use, escaping = true): unknown {
  const last = rest.at(-1);
  const scope = scopeOf(escaping);
  if (!(last instanceof Named)) return invoke(scope.filter(name), scope, [value, ...rest], undefined, name);
  const values = new NamedArguments(last.values);
  return invoke(scope.filter(name), scope, [value, ...rest.slice(0, -1)], values, name);
}

/** Checks each use; what is markup must be expected as markup, and text as text. */
export function check(rows: readonly (readonly [Use, unknown])[], escaping = true): void {
  for (const [use, expected] of rows) {
    const got = apply(use, escaping);
    assert.equal(got instanceof Html, expected instanceof Html, `markup or not: ${spelled(use)}`);
    const plain = (value: unknown) => (value instanceof Html ? String(value) : value);
    assert.deepEqual(plain(got), plain(expected), spelled(use));
  }
}

/** Checks that each use is refused with a code. */
export function checkRefused(code: string, rows: readonly Use[]): void {
  for (const use of rows) {
    assert.throws(() => apply(use), { code, name: "TemplateError" }, spelled(use));
  }
}

function spelled(use: Use): string {
  return inspect(use, { depth: 4, maxStringLength: 80, breakLength: Infinity });
}
