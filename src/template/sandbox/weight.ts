/** Charging for all that a value holds, before something walks through it: it may hold the same list many times over. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { isPlain } from "../values/kind.ts";
import type { Budget } from "./budget.ts";

/** As deep as anything is printed or compared. */
const DEEPEST = 500;

/** Charges a step for each part and each few characters, as deep as it goes; a part that holds itself ends there. */
export function chargeWhole(value: unknown, budget: Budget): void {
  if (typeof value === "string") budget.chargeReading(value.length);
  else if (typeof value === "object" && value !== null) walk(value, budget, []);
}

function walk(value: object, budget: Budget, above: object[]): void {
  if (value instanceof Html) {
    budget.chargeReading(value.markup.length);
    return;
  }
  budget.charge(1);
  refuseOwnJson(value);
  if (above.length > DEEPEST || above.includes(value) || writesItself(value)) return;
  above.push(value);
  for (const part of partsOf(value)) {
    budget.charge(1);
    if (typeof part === "string") budget.chargeReading(part.length);
    else if (typeof part === "object" && part !== null) walk(part, budget, above);
  }
  above.pop();
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return value;
  return Object.entries(value).flat();
}

/** Objects of classes with a text of their own, which is the application's business. */
function writesItself(value: object): boolean {
  if (Array.isArray(value) || isPlain(value)) return false;
  return (
    value instanceof Date ||
    value instanceof URL ||
    typeof (value as { toJSON?: unknown }).toJSON === "function"
  );
}

/** JSON calls what is found under `toJSON`: a way to call functions that a template may not call. */
function refuseOwnJson(value: object): void {
  if (!Object.hasOwn(value, "toJSON") || typeof (value as { toJSON?: unknown }).toJSON !== "function") return;
  throw new TemplateError(
    "LMP_TEMPLATE_SANDBOX",
    "An object with a function `toJSON` is used in the sandbox.",
    {
      expected: "data",
      found: "a function",
      fix: "Let the application give the template what that function gives.",
    },
  );
}
