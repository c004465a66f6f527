/** Errors in how a template is written. */
import type { ErrorDetails } from "../../errors/index.ts";
import type { Source } from "../source.ts";
import { TemplateError } from "../template-error.ts";

/** An error with its place, ready to be thrown. */
export function syntaxError(
  source: Source,
  at: number,
  sentence: string,
  details: ErrorDetails = {},
): TemplateError {
  return new TemplateError("LMP_TEMPLATE_SYNTAX", sentence, details).locate(source, at);
}

/** `` `a`, `b` or `c` `` */
export function alternatives(spellings: readonly string[]): string {
  const quoted = spellings.map((spelling) => `\`${spelling}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}
