/** How templates are spelled: their delimiters, and what becomes of the whitespace around tags. */
import { TemplateError } from "../template-error.ts";

/** The spelling of a template; `defaultSyntax` is Jinja's. */
export interface Syntax {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
  /** What begins a line that is a tag as a whole; undefined where there are no such lines. */
  readonly lineStatementPrefix: string | undefined;
  /** What begins a comment that goes on to the end of the line; undefined where there are none. */
  readonly lineCommentPrefix: string | undefined;
  /** Whether the newline right behind a tag is left out. */
  readonly trimBlocks: boolean;
  /** Whether blanks between the beginning of a line and a tag are left out. */
  readonly lstripBlocks: boolean;
  /** Whether the newline at the end of the template is kept. */
  readonly keepTrailingNewline: boolean;
  /** What newlines in text become. */
  readonly newline: "\n" | "\r\n" | "\r";
}

export const defaultSyntax: Syntax = Object.freeze({
  blockStart: "{%",
  blockEnd: "%}",
  variableStart: "{{",
  variableEnd: "}}",
  commentStart: "{#",
  commentEnd: "#}",
  lineStatementPrefix: undefined,
  lineCommentPrefix: undefined,
  trimBlocks: false,
  lstripBlocks: false,
  keepTrailingNewline: false,
  newline: "\n",
});

const delimiters = [
  "blockStart",
  "blockEnd",
  "variableStart",
  "variableEnd",
  "commentStart",
  "commentEnd",
] as const;

/** Throws where no template could be told from text with these delimiters. */
export function checkSyntax(syntax: Syntax): void {
  for (const [option, value] of Object.entries(syntax)) requireKnown(option, value);
  for (const option of delimiters) requireDelimiter(option, syntax[option]);
  const { blockStart, variableStart, commentStart, lineStatementPrefix, lineCommentPrefix } = syntax;
  const starts = new Map<string, string>();
  const opening = { blockStart, variableStart, commentStart, lineStatementPrefix, lineCommentPrefix };
  for (const [option, start] of Object.entries(opening)) {
    if (start === undefined) continue;
    requireDelimiter(option, start);
    const other = starts.get(start);
    if (other !== undefined) {
      throw new TemplateError(
        "LMP_TEMPLATE_OPTION_INVALID",
        `The options ${other} and ${option} of the syntax are both \`${start}\`.`,
        {
          expected: "different delimiters",
          found: `\`${start}\` twice`,
          fix: `Choose another ${option}.`,
        },
      );
    }
    starts.set(start, option);
  }
}

const newlines: readonly unknown[] = ["\n", "\r\n", "\r"];
const booleans: readonly string[] = ["trimBlocks", "lstripBlocks", "keepTrailingNewline"];

function requireKnown(option: string, value: unknown): void {
  if (!Object.hasOwn(defaultSyntax, option)) {
    throw wrongOption(option, "is not known", `one of ${Object.keys(defaultSyntax).join(", ")}`, option);
  }
  if (booleans.includes(option)) {
    if (typeof value !== "boolean") throw wrongOption(option, "is no boolean", "true or false", typeof value);
  } else if (option === "newline") {
    if (!newlines.includes(value)) {
      throw wrongOption(
        option,
        "is no newline",
        String.raw`"\n", "\r\n" or "\r"`,
        JSON.stringify(value) ?? "a function",
      );
    }
  } else if (typeof value !== "string" && (value !== undefined || !option.startsWith("line"))) {
    throw wrongOption(option, "is no text", "a delimiter", typeof value);
  }
}

function wrongOption(option: string, wrong: string, expected: string, found: string): TemplateError {
  return new TemplateError("LMP_TEMPLATE_OPTION_INVALID", `The option ${option} of the syntax ${wrong}.`, {
    expected,
    found,
    fix: "Leave it out for its default.",
  });
}

function requireDelimiter(option: string, value: string): void {
  if (value !== "" && !/\s/.test(value)) return;
  throw new TemplateError(
    "LMP_TEMPLATE_OPTION_INVALID",
    `The option ${option} of the syntax is ${value === "" ? "empty" : "a text with whitespace"}.`,
    {
      expected: "a delimiter of one or more visible characters",
      found: JSON.stringify(value),
      fix: `Set ${option} to a text such as \`<%\`.`,
    },
  );
}
