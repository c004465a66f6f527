/** What filters and tests get as `this` in the sandbox: the others, each charged for what it reads and makes. */
import type { FilterScope, TemplateFilter, TemplateTest } from "../filter-scope.ts";
import { filters as builtinFilters } from "../filters.ts";
import { unknownFilter, unknownTest } from "../unknown-name.ts";
import { parametersOf, withParameters } from "../values/call.ts";
import type { Budget } from "./budget.ts";
import { chargeFilter, chargeTest } from "./charges.ts";

/** What the application gave to the sandbox. */
export interface Library {
  readonly filters: ReadonlyMap<string, TemplateFilter>;
  readonly tests: ReadonlyMap<string, TemplateTest>;
}

export class SandboxScope implements FilterScope {
  readonly escaping: boolean;
  readonly #library: Library;
  readonly #budget: Budget;
  readonly #filters = new Map<string, TemplateFilter>();
  readonly #tests = new Map<string, TemplateTest>();

  constructor(escaping: boolean, library: Library, budget: Budget) {
    this.escaping = escaping;
    this.#library = library;
    this.#budget = budget;
  }

  filter(name: string): TemplateFilter {
    let charged = this.#filters.get(name);
    if (charged === undefined) {
      const filter = this.#library.filters.get(name);
      if (filter === undefined) throw unknownFilter(name, this.#library.filters.keys());
      charged =
        filter === builtinFilters.get(name)
          ? chargedFilter(name, filter, this.#budget)
          : made(filter, this.#budget);
      this.#filters.set(name, charged);
    }
    return charged;
  }

  test(name: string): TemplateTest {
    let charged = this.#tests.get(name);
    if (charged === undefined) {
      const test = this.#library.tests.get(name);
      if (test === undefined) throw unknownTest(name, this.#library.tests.keys());
      charged = chargedTest(test, this.#budget);
      this.#tests.set(name, charged);
    }
    return charged;
  }
}

function chargedFilter(name: string, filter: TemplateFilter, budget: Budget): TemplateFilter {
  const attribute = (parametersOf(filter) ?? []).indexOf("attribute") - 1;
  return like(filter, function charged(value, ...rest) {
    budget.charge(1);
    chargeFilter(name, value, rest, attribute < 0 ? undefined : rest[attribute], budget);
    const result = filter.call(this, value, ...rest);
    budget.look();
    if (result !== value) budget.chargeMade(result);
    return result;
  });
}

/** What a filter of the application reads is the application's business; what it makes is the template's. */
function made(filter: TemplateFilter, budget: Budget): TemplateFilter {
  return like(filter, function charged(value, ...rest) {
    budget.charge(1);
    const result = filter.call(this, value, ...rest);
    budget.look();
    if (result !== value) budget.chargeMade(result);
    return result;
  });
}

function chargedTest(test: TemplateTest, budget: Budget): TemplateTest {
  return like(test, function charged(value, ...rest) {
    budget.charge(1);
    chargeTest(value, rest, budget);
    const result = test.call(this, value, ...rest);
    budget.look();
    return result;
  });
}

/** A function in the place of another takes the same named arguments. */
function like<Fn extends TemplateFilter | TemplateTest>(original: Fn, fn: Fn): Fn {
  const names = parametersOf(original);
  return names === undefined ? fn : withParameters(names, fn);
}
