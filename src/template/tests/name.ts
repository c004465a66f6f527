/** Tests for the case of a text, and for whether filters and tests are there. */

import type { TemplateTest } from "../filter-scope.ts";
import { TemplateError } from "../template-error.ts";
import { print } from "../values/print.ts";

export const nameTests: Readonly<Record<string, TemplateTest>> = {
  filter(value) {
    return isThere(() => this.filter(print(value)));
  },
  test(value) {
    return isThere(() => this.test(print(value)));
  },
  lower: (value) => hasCase(print(value), (text) => text.toLowerCase()),
  upper: (value) => hasCase(print(value), (text) => text.toUpperCase()),
};

/** As Python does, a text without any letters has no case. */
function hasCase(text: string, shape: (text: string) => string): boolean {
  return text === shape(text) && text.toLowerCase() !== text.toUpperCase();
}

/** The scope has one way of saying that a name is not there. */
function isThere(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}
