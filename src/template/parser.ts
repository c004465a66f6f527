/** Parses a template: the table below leads from each tag to the function that parses it. */
import type { TemplateNode } from "./nodes.ts";
import { parseAutoescape } from "./parser/autoescape.ts";
import { parseBlock } from "./parser/block.ts";
import { parseNodes } from "./parser/body.ts";
import { parseCallBlock } from "./parser/call.ts";
import { parseDo } from "./parser/do.ts";
import { parseExpression } from "./parser/expressions.ts";
import { parseExtends } from "./parser/extends.ts";
import { parseFilterBlock } from "./parser/filter.ts";
import { parseFor } from "./parser/for.ts";
import { parseFromImport } from "./parser/from-import.ts";
import { parseIf } from "./parser/if.ts";
import { parseImport } from "./parser/import.ts";
import { parseInclude } from "./parser/include.ts";
import { parseBreak, parseContinue } from "./parser/loop-control.ts";
import { parseMacro } from "./parser/macro.ts";
import { type Grammar, type ParseOptions, Parsing, type StatementParser } from "./parser/parsing.ts";
import { parsePrint } from "./parser/print.ts";
import { parseSet } from "./parser/set.ts";
import { parseWith } from "./parser/with.ts";
import type { Source } from "./source.ts";

export type { ParseOptions } from "./parser/parsing.ts";

const statements: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ["if", parseIf],
  ["for", parseFor],
  ["set", parseSet],
  ["block", parseBlock],
  ["extends", parseExtends],
  ["include", parseInclude],
  ["import", parseImport],
  ["from", parseFromImport],
  ["macro", parseMacro],
  ["call", parseCallBlock],
  ["filter", parseFilterBlock],
  ["with", parseWith],
  ["autoescape", parseAutoescape],
  ["do", parseDo],
  ["print", parsePrint],
  ["break", parseBreak],
  ["continue", parseContinue],
]);

const grammar: Grammar = { statements, expression: parseExpression };

/** The tree of a template; throws where it is not written as the language asks. */
export function parse(source: Source, options: ParseOptions): TemplateNode {
  const parsing = new Parsing(source, options, grammar);
  const body = parseNodes(parsing, []);
  return { type: "Template", at: 0, body, props: parsing.props };
}
