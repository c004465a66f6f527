/** Names of filters, tests and variables that are not there, with the one that was probably meant. */
import { nearest } from "../errors/index.ts";
import { TemplateError } from "./template-error.ts";

export function unknownFilter(name: string, known: Iterable<string>): TemplateError {
  return new TemplateError("LMP_TEMPLATE_FILTER_UNKNOWN", `There is no filter \`${name}\`.`, {
    expected: "a built-in filter, or one given to the environment",
    found: name,
    fix: remedy(name, known, "Give it to the environment under `filters`."),
  });
}

export function unknownTest(name: string, known: Iterable<string>): TemplateError {
  return new TemplateError("LMP_TEMPLATE_TEST_UNKNOWN", `There is no test \`${name}\`.`, {
    expected: "a built-in test, or one given to the environment",
    found: name,
    fix: remedy(name, known, "Give it to the environment under `tests`."),
  });
}

/** "Did you mean", or else what to do. */
export function remedy(name: string, known: Iterable<string>, otherwise: string): string {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `Did you mean \`${meant}\`?`;
}
