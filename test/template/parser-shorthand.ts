/** Parses in the tests, and writes trees and errors in one line. */

import { defaultSyntax, type Syntax } from "../../src/template/lexer/syntax.ts";
import type * as node from "../../src/template/nodes.ts";
import { parse } from "../../src/template/parser.ts";
import { Source } from "../../src/template/source.ts";
import { TemplateError } from "../../src/template/template-error.ts";

const tags = new Map([
  ["cache", { body: true }],
  ["csrf", { body: false }],
]);

export function parsed(text: string, syntax: Partial<Syntax> = {}): node.TemplateNode {
  return parse(new Source("page.html", text), { syntax: { ...defaultSyntax, ...syntax }, tags });
}

/** The only node of a template. */
export function statement(text: string): node.Node {
  const [only, ...rest] = parsed(text).body;
  if (only === undefined || rest.length > 0) throw new Error(`${text} is not one node`);
  return only;
}

/** The texts of a template one after another, with `•` for everything else, bodies included. */
export function texts(text: string, syntax: Partial<Syntax> = {}): string {
  const write = (nodes: readonly node.Node[]): string => nodes.map(one).join("");
  const one = (found: node.Node): string => {
    if (found.type === "Text") return found.value;
    if (found.type === "If") return `•${found.branches.map(({ body }) => write(body)).join("•")}•`;
    return "body" in found && found.body !== undefined ? `•${write(found.body)}•` : "•";
  };
  return write(parsed(text, syntax).body);
}

/** The error that a template is refused with. */
export function refusal(text: string, syntax: Partial<Syntax> = {}): TemplateError {
  try {
    parsed(text, syntax);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${text} was parsed`);
}

/** The tree of `{{ text }}` with brackets around everything. */
export function brief(text: string): string {
  const output = statement(`{{ ${text} }}`);
  if (output.type !== "Output") throw new Error(`${text} is no output`);
  return shape(output.expression);
}

export function shape(found: node.Expression): string {
  switch (found.type) {
    case "Literal":
      return JSON.stringify(found.value);
    case "Name":
      return found.name;
    case "List":
      return `${found.tuple ? "tuple" : "list"}(${found.items.map(shape).join(", ")})`;
    case "Dict":
      return `dict(${found.entries.map(({ key, value }) => `${shape(key)}: ${shape(value)}`).join(", ")})`;
    case "Attribute":
      return `${shape(found.object)}.${found.name}`;
    case "Item":
      return `${shape(found.object)}[${shape(found.key)}]`;
    case "Slice":
      return `${shape(found.object)}[${[found.start, found.stop, found.step].map(optional).join(":")}]`;
    case "Call":
      return `${shape(found.callee)}${call(found.arguments)}`;
    case "Filter":
      return `(${shape(found.input)} | ${found.name}${call(found.arguments)})`;
    case "Test":
      return `(${shape(found.input)} is ${found.name}${call(found.arguments)})`;
    case "Unary":
      return `(${found.operator} ${shape(found.operand)})`;
    case "Binary":
      return `(${shape(found.left)} ${found.operator} ${shape(found.right)})`;
    case "Compare":
      return `(${shape(found.first)}${found.comparisons.map(({ operator, right }) => ` ${operator} ${shape(right)}`).join("")})`;
    case "Concat":
      return `(${found.parts.map(shape).join(" ~ ")})`;
    case "Conditional":
      return `(${shape(found.then)} if ${shape(found.test)} else ${optional(found.otherwise)})`;
    case "Captured":
      return "captured";
  }
}

function optional(found: node.Expression | undefined): string {
  return found === undefined ? "" : shape(found);
}

function call({ positional, named, spread, namedSpread }: node.Arguments): string {
  const all = positional.map(shape);
  for (const { name, value } of named) all.push(`${name}=${shape(value)}`);
  if (spread !== undefined) all.push(`*${shape(spread)}`);
  if (namedSpread !== undefined) all.push(`**${shape(namedSpread)}`);
  return `(${all.join(", ")})`;
}
