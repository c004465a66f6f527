/** `{# props { user: User } from "../models.ts" #}`: the types of what a template is given. */
import { behindClosingBrace } from "../lexer/props-comment.ts";
import { TemplateError } from "../template-error.ts";
import type { Parsing } from "./parsing.ts";

const from = /^from\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*;?$/;

/** The current token holds the comment from its first brace on. */
export function parseProps(parsing: Parsing): void {
  const { value, at } = parsing.next();
  const { commentStart, commentEnd } = parsing.syntax;
  if (parsing.props !== undefined) {
    const line = parsing.lineOf(parsing.props.at);
    throw invalid(
      parsing,
      at,
      `The props are declared a second time; the first declaration is on line ${line}.`,
      {
        fix: "Join the two declarations in one comment.",
      },
    );
  }
  const end = behindClosingBrace(value, 0, commentEnd) ?? value.length;
  const rest = value.slice(end).trim();
  const match = from.exec(rest);
  if (rest !== "" && match === null) {
    const restAt = at + value.indexOf(rest, end);
    throw invalid(parsing, restAt, "Behind the type of the props stands something other than a module.", {
      expected: '`from "module"`, or the end of the comment',
      found: rest.length > 40 ? `${rest.slice(0, 40)}…` : rest,
      fix: `Write \`${commentStart} props { … } from "../models.ts" ${commentEnd}\`.`,
    });
  }
  parsing.props = { at, declaration: value.slice(0, end), module: match?.[1] ?? match?.[2] };
}

function invalid(
  parsing: Parsing,
  at: number,
  sentence: string,
  details: { expected?: string; found?: string; fix: string },
): TemplateError {
  return new TemplateError("LMP_TEMPLATE_PROPS_INVALID", sentence, details).locate(parsing.source, at);
}
