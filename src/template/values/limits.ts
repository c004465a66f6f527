/** How large a single operation may make a value, so that a short template cannot fill the memory. */
import { TemplateError } from "../template-error.ts";

/** Characters of a text that repeating or padding makes. */
export const TEXT_LIMIT = 10 * 1024 * 1024;

/** Items of an array that repeating or counting makes. */
export const ITEM_LIMIT = 1_000_000;

const tooLarge = new WeakSet<object>();

/** Whether an error says that a value would become too large. */
export function isTooLarge(error: unknown): error is TemplateError {
  return typeof error === "object" && error !== null && tooLarge.has(error);
}

/** Throws where a text would become too long. */
export function checkLength(length: number): void {
  if (length > TEXT_LIMIT) {
    throw tooLong("A text", `at most ${TEXT_LIMIT} characters`, length);
  }
}

/** Throws where an array would become too long. */
export function checkItems(length: number): void {
  if (length > ITEM_LIMIT) {
    throw tooLong("An array", `at most ${ITEM_LIMIT} items`, length);
  }
}

function tooLong(what: string, expected: string, length: number): TemplateError {
  const error = new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", `${what} would become too long.`, {
    expected,
    found: String(length),
  });
  tooLarge.add(error);
  return error;
}
