/** The tests that every template has: what stands behind `is`. */
import type { TemplateTest } from "./filter-scope.ts";
import { compareTests } from "./tests/compare.ts";
import { kindTests } from "./tests/kind.ts";
import { nameTests } from "./tests/name.ts";
import { numberTests } from "./tests/number.ts";

/** Jinja's tests by name, with its aliases. */
export const tests: ReadonlyMap<string, TemplateTest> = new Map<string, TemplateTest>(
  [kindTests, compareTests, numberTests, nameTests].flatMap((table) => Object.entries(table)),
);
