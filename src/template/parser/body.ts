/** What stands between two tags: text, outputs and further tags, up to the tag that ends it. */
import { alternatives } from "../lexer/syntax-error.ts";
import type { Node } from "../nodes.ts";
import { parseOutput } from "./output.ts";
import { nestingLimit, type OpenTag, type Parsing } from "./parsing.ts";
import { parseProps } from "./props.ts";
import { parseTag } from "./tag.ts";
import { unknownTag } from "./unknown-tag.ts";

/**
 * The body of the tag at whose end the parser stands. Afterwards the current token is the name of the tag that ends
 * the body, one of `endings`.
 */
export function parseBody(parsing: Parsing, tag: OpenTag, endings: readonly string[]): Node[] {
  // Jinja lets a colon end the tag, as in Python.
  parsing.take(":");
  parsing.expectTagEnd();
  if (parsing.open.push(tag) > nestingLimit) throw parsing.tooDeep(tag.at, "tag");
  const body = parseNodes(parsing, endings);
  parsing.open.pop();
  parsing.closed.set(tag.name, { at: tag.at, end: parsing.tagAt });
  return body;
}

/** A body up to one ending, which is stepped over up to the end of its tag. */
export function parseWholeBody(parsing: Parsing, tag: OpenTag): Node[] {
  const body = parseBody(parsing, tag, [`end${tag.name}`]);
  parsing.next();
  parsing.expectTagEnd();
  return body;
}

/** A body that is a function of its own, so that `break` does not reach the loops around it. */
export function parseSeparateBody(parsing: Parsing, tag: OpenTag): Node[] {
  const { loops } = parsing;
  parsing.loops = 0;
  const body = parseWholeBody(parsing, tag);
  parsing.loops = loops;
  return body;
}

/** Everything up to one of the endings, or to the end of the template where no tag is open. */
export function parseNodes(parsing: Parsing, endings: readonly string[]): Node[] {
  const nodes: Node[] = [];
  for (;;) {
    const { type, value, at } = parsing.current;
    switch (type) {
      case "text":
        parsing.next();
        nodes.push({ type: "Text", at, value });
        break;
      case "variable begin":
        nodes.push(parseOutput(parsing));
        break;
      case "props":
        parseProps(parsing);
        break;
      case "block begin":
        if (parseStatement(parsing, endings, nodes)) return nodes;
        break;
      default: {
        const open = parsing.open.at(-1);
        if (open !== undefined) throw unclosed(parsing, open, endings);
        return nodes;
      }
    }
  }
}

/** Parses one tag; true where it is one of the endings. */
function parseStatement(parsing: Parsing, endings: readonly string[], nodes: Node[]): boolean {
  const { at } = parsing.next();
  parsing.tagAt = at;
  const { type, value } = parsing.current;
  if (type !== "name") throw missingName(parsing);
  if (endings.includes(value)) return true;
  const statement = parsing.grammar.statements.get(value);
  const extension = parsing.tags.get(value);
  if (statement === undefined && extension === undefined) throw unknownTag(parsing, endings);
  parsing.next();
  const tag = { name: value, at };
  const found =
    statement !== undefined
      ? statement(parsing, at)
      : parseTag(parsing, tag, extension?.body === true ? () => parseSeparateBody(parsing, tag) : undefined);
  if (Array.isArray(found)) nodes.push(...found);
  else nodes.push(found as Node);
  return false;
}

function missingName(parsing: Parsing): Error {
  const { variableStart, variableEnd } = parsing.syntax;
  if (parsing.is("=") || parsing.is("string") || parsing.is("(")) {
    return parsing.unexpected(
      "the name of a tag",
      `To print a value, write \`${variableStart} value ${variableEnd}\`.`,
    );
  }
  return parsing.unexpected("the name of a tag", "Write a tag such as `if`, `for` or `set`, or remove it.");
}

function unclosed(parsing: Parsing, open: OpenTag, endings: readonly string[]): Error {
  const line = parsing.lineOf(open.at);
  const expected = alternatives(endings);
  const sentence = `${parsing.tag(open.name)} on line ${line} is never closed; expected ${expected}.`;
  return parsing.error(open.at, sentence, {
    expected,
    found: "the end of the template",
    fix: `Write ${parsing.tag(endings.at(-1) ?? `end${open.name}`)} where it ends.`,
  });
}
