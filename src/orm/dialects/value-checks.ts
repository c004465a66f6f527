/** Checks that a value is exactly what its column takes, the same in every dialect. Nothing is ever converted. */
import { valueInvalid } from "./value-error.ts";

const minInteger = -(2 ** 31);
const maxInteger = 2 ** 31 - 1;
const minBigInt = -(2n ** 63n);
const maxBigInt = 2n ** 63n - 1n;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function checkInteger(value: unknown): number {
  if (typeof value === "number" && value >= minInteger && value <= maxInteger && Number.isInteger(value))
    return value;
  const expected = `a whole number from ${minInteger} to ${maxInteger}`;
  throw valueInvalid(
    expected,
    value,
    "Use a bigint column for larger numbers, a real or numeric one for parts.",
  );
}

export function checkBigInt(value: unknown): bigint {
  if (typeof value === "bigint" && value >= minBigInt && value <= maxBigInt) return value;
  const fix = "Write 1n instead of 1, or BigInt(value), and keep within 64 bits.";
  throw valueInvalid("a bigint of 64 bits", value, fix);
}

export function checkReal(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw valueInvalid("a finite number", value, "Give null for a number that is not known.");
}

export function checkBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw valueInvalid("true or false", value);
}

/** PostgreSQL has no NUL in texts, and half of a surrogate pair is no character in UTF-8. */
export function checkText(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  const fix = "Clean the text before it is stored, or keep it in a bytes column.";
  throw valueInvalid("a string without NUL and lone surrogates", value, fix);
}

/** Databases count characters, not UTF-16 units: `"😀"` is one. */
export function varcharCheck(length: number): (value: unknown) => string {
  return (value) => {
    const text = checkText(value);
    if (text.length <= length || (text.length <= length * 2 && countCodePoints(text) <= length)) return text;
    throw valueInvalid(`a string of at most ${length} characters`, value, "Shorten the text.");
  };
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Upper case is refused, because what came back would not be what was given. */
export function checkUuid(value: unknown): string {
  if (typeof value === "string" && uuidForm.test(value)) return value;
  throw valueInvalid(
    "a UUID in lower case",
    value,
    "Call toLowerCase(), or make one with crypto.randomUUID().",
  );
}

/** `isView` reads what an object is, which a made-up prototype cannot pretend. */
export function checkBytes(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value) && value instanceof Uint8Array) return value;
  throw valueInvalid("a Uint8Array", value, 'Give bytes: new TextEncoder().encode("text").');
}

export function enumerationCheck(values: readonly string[]): (value: unknown) => string {
  const members = new Set<unknown>(values);
  return (value) => {
    if (typeof value === "string" && members.has(value)) return value;
    throw valueInvalid(`one of ${values.map((member) => JSON.stringify(member)).join(", ")}`, value);
  };
}
