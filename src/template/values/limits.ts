/** How large a single operation may make a value, so that a short template cannot fill the memory. */
import { TemplateError } from "../template-error.ts";

/** Characters of a text that repeating or padding makes. */
export const TEXT_LIMIT = 10 * 1024 * 1024;

/** Items of an array that repeating or counting makes. */
export const ITEM_LIMIT = 1_000_000;

/** Throws where a text would become too long. */
export function checkLength(length: number): void {
  if (length > TEXT_LIMIT) {
    throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "A text would become too long.", {
      expected: `at most ${TEXT_LIMIT} characters`,
      found: String(length),
    });
  }
}

/** Throws where an array would become too long. */
export function checkItems(length: number): void {
  if (length > ITEM_LIMIT) {
    throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "An array would become too long.", {
      expected: `at most ${ITEM_LIMIT} items`,
      found: String(length),
    });
  }
}
