/** `{% block name scoped required %}…{% endblock name %}` */
import type { Block, Node } from "../nodes.ts";
import { parseBody } from "./body.ts";
import type { Parsing } from "./parsing.ts";

export function parseBlock(parsing: Parsing, at: number): Block {
  const nameAt = parsing.current.at;
  const name = parseBlockName(parsing);
  requireNew(parsing, name, nameAt);
  const scoped = parsing.takeWord("scoped");
  const required = parsing.takeWord("required");
  if (parsing.isWord("scoped") || parsing.isWord("required")) {
    throw parsing.unexpected(parsing.tagEnd, "Write each word once, as `scoped required`.");
  }
  const { loops } = parsing;
  parsing.loops = 0;
  const body = parseBody(parsing, { name: "block", at }, ["endblock"]);
  parsing.loops = loops;
  parsing.next();
  requireSameName(parsing, name, at);
  parsing.expectTagEnd();
  if (required) requireBlank(parsing, name, body);
  return { type: "Block", at, name, scoped, required, body };
}

function parseBlockName(parsing: Parsing): string {
  const fix = parsing.is("string") ? "Write the name without quotes." : "Write `block title`.";
  const name = parsing.expect("name", "the name of the block", fix).value;
  if (parsing.is("-")) {
    throw parsing.error(parsing.current.at, "The name of a block cannot contain `-`.", {
      expected: "letters, digits and `_`",
      found: "`-`",
      fix: "Write `_` instead.",
    });
  }
  return name;
}

function requireNew(parsing: Parsing, name: string, at: number): void {
  const before = parsing.blocks.get(name);
  if (before !== undefined) {
    const line = parsing.lineOf(before);
    throw parsing.error(at, `There is a block \`${name}\` already, on line ${line}.`, {
      expected: "a name of its own for each block",
      found: `\`${name}\` twice`,
      fix: `Choose another name; to print a block again, write \`${parsing.syntax.variableStart} self.${name}() ${parsing.syntax.variableEnd}\`.`,
    });
  }
  parsing.blocks.set(name, at);
}

function requireSameName(parsing: Parsing, name: string, at: number): void {
  if (!parsing.is("name")) return;
  const found = parsing.next();
  if (found.value === name) return;
  const line = parsing.lineOf(at);
  const sentence = `\`endblock ${found.value}\` ends the block \`${name}\` on line ${line}.`;
  throw parsing.error(found.at, sentence, {
    expected: `\`endblock ${name}\``,
    found: `\`endblock ${found.value}\``,
    fix: `Write ${parsing.tag(`endblock ${name}`)}, or close the block inside before.`,
  });
}

/** What is required is always overridden, so that its own body would never be seen. */
function requireBlank(parsing: Parsing, name: string, body: readonly Node[]): void {
  const found = body.find((node) => node.type !== "Text" || node.value.trim() !== "");
  if (found === undefined) return;
  throw parsing.error(found.at, `The required block \`${name}\` can contain only comments and whitespace.`, {
    expected: parsing.tag("endblock"),
    fix: "Remove the content, or the word `required`.",
  });
}
