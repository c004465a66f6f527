/** The filter that puts values into the places of a text. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { percentFormat } from "../values/percent-format.ts";
import { defineVariadicFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/**
 * The text with its places filled in as `printf` does: `"%s of %05.2f" | format(a, b)`, or `%(name)s` with named
 * arguments. Markup stays markup, and the values are escaped in it.
 */
export const format = defineVariadicFilter("format(...values)", (value, positional, named, { name }) => {
  if (named !== undefined && positional.length > 0) {
    throw new TemplateError(
      "LMP_TEMPLATE_ARGUMENT_INVALID",
      `The filter \`${name}\` was given positional and named arguments.`,
      {
        expected: "one kind of the two",
        fix: "Use `%s` with positional arguments, or `%(name)s` with named ones.",
      },
    );
  }
  return percentFormat(value instanceof Html ? value : textOf(value), named ?? positional);
});
