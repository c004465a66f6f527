/** JSON in a column: only what comes back as it was given is written. */
import { checkText } from "./value-checks.ts";
import { storedValueInvalid, valueInvalid } from "./value-error.ts";

/** Far below what JSON.stringify and the databases take. */
const maxDepth = 500;
const expected = "a JSON value: plain objects and arrays of strings, finite numbers, booleans and null";

/** The text of a value that is JSON and nothing else. */
export function writeJson(value: unknown): string {
  checkJson(value, []);
  return JSON.stringify(value);
}

/** Reads JSON. A key `__proto__` becomes a property like any other: nothing is assigned to a prototype. */
export function readJson(value: unknown): unknown {
  if (typeof value !== "string") throw storedValueInvalid("JSON", value);
  try {
    return JSON.parse(value);
  } catch {
    throw storedValueInvalid("JSON", value);
  }
}

function checkJson(value: unknown, ancestors: object[]): void {
  switch (typeof value) {
    case "string":
      checkText(value);
      return;
    case "boolean":
      return;
    case "number":
      if (Number.isFinite(value)) return;
      break;
    case "object":
      if (value !== null) checkContainer(value, ancestors);
      return;
  }
  throw valueInvalid(expected, value, "Leave the property out, or convert its value to JSON before.");
}

function checkContainer(container: object, ancestors: object[]): void {
  if (ancestors.includes(container)) throw valueInvalid(`${expected}, without cycles`, container);
  if (ancestors.length >= maxDepth)
    throw valueInvalid(`${expected}, at most ${maxDepth} levels deep`, container);
  ancestors.push(container);
  if (Array.isArray(container)) checkItems(container, ancestors);
  else checkProperties(container, ancestors);
  ancestors.pop();
}

/** By index, so that a hole in the array is met: JSON has none. */
function checkItems(items: readonly unknown[], ancestors: object[]): void {
  if (hasOwnWriter(items)) throw valueInvalid(expected, items);
  for (let index = 0; index < items.length; index++) checkJson(items[index], ancestors);
}

function checkProperties(object: object, ancestors: object[]): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  const isPlain = (prototype === Object.prototype || prototype === null) && !hasOwnWriter(object);
  if (!isPlain || Object.getOwnPropertySymbols(object).length > 0)
    throw valueInvalid(expected, object, "Convert it to a plain object before.");
  for (const [key, value] of Object.entries(object)) {
    checkText(key);
    checkJson(value, ancestors);
  }
}

/** JSON.stringify would write what `toJSON` gives instead of what was checked. */
function hasOwnWriter(object: object): boolean {
  return "toJSON" in object && typeof object.toJSON === "function";
}
