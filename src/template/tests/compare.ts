/** Tests that compare with another value: the operators by name. */
import type { TemplateTest } from "../filter-scope.ts";
import { contains } from "../values/contains.ts";
import { equals } from "../values/equality.ts";
import { compare } from "../values/order.ts";

const eq: TemplateTest = (value, other) => equals(value, other);
const ne: TemplateTest = (value, other) => !equals(value, other);
const lt: TemplateTest = (value, other) => compare(value, other) < 0;
const le: TemplateTest = (value, other) => compare(value, other) <= 0;
const gt: TemplateTest = (value, other) => compare(value, other) > 0;
const ge: TemplateTest = (value, other) => compare(value, other) >= 0;

export const compareTests: Readonly<Record<string, TemplateTest>> = {
  "==": eq,
  eq,
  equalto: eq,
  "!=": ne,
  ne,
  "<": lt,
  lt,
  lessthan: lt,
  "<=": le,
  le,
  ">": gt,
  gt,
  greaterthan: gt,
  ">=": ge,
  ge,
  in: (value, container) => contains(container, value),
  /** Identity: the same object, or the same primitive value. */
  sameas: (value, other) => Object.is(value, other),
};
