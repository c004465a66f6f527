/** Statements: what compiles each kind. */
import type { Node } from "../nodes.ts";
import { appendText } from "./append.ts";
import { type Body, write } from "./body.ts";
import { compileAssign, compileAssignBlock } from "./statements/assign.ts";
import { compileAutoescape } from "./statements/autoescape.ts";
import { compileBlock } from "./statements/block.ts";
import { compileCallBlock } from "./statements/call-block.ts";
import { compileDo } from "./statements/do.ts";
import { compileExtends } from "./statements/extends.ts";
import { compileFilterBlock } from "./statements/filter-block.ts";
import { compileFor } from "./statements/for.ts";
import { compileIf } from "./statements/if.ts";
import { compileFromImport, compileImport } from "./statements/import.ts";
import { compileInclude } from "./statements/include.ts";
import { compileBreak, compileContinue } from "./statements/loop-control.ts";
import { compileMacro } from "./statements/macro.ts";
import { compileOutput } from "./statements/output.ts";
import { compileTag } from "./statements/tag.ts";
import { compileWith } from "./statements/with.ts";

type Compilers = {
  readonly [Type in Node["type"]]: (node: Extract<Node, { type: Type }>, body: Body) => void;
};

const compilers: Compilers = {
  Text: (node, body) => appendText(body, node),
  Output: compileOutput,
  If: compileIf,
  For: compileFor,
  Break: compileBreak,
  Continue: compileContinue,
  Assign: compileAssign,
  AssignBlock: compileAssignBlock,
  With: compileWith,
  Block: compileBlock,
  Extends: compileExtends,
  Include: compileInclude,
  Import: compileImport,
  FromImport: compileFromImport,
  Macro: compileMacro,
  CallBlock: compileCallBlock,
  FilterBlock: compileFilterBlock,
  Autoescape: compileAutoescape,
  Do: compileDo,
  Tag: compileTag,
};

export function statementsCode(nodes: readonly Node[], body: Body): void {
  let here = body;
  for (const node of nodes) {
    const compile = compilers[node.type] as (node: Node, body: Body) => void;
    const guarded = mayGoUnseen(node, here);
    if (guarded) write(here, "if (parent === undefined) {", node);
    compile(node, here);
    if (guarded) write(here, "}", node);
    // What a page that extends writes outside of its blocks has no place in the layout.
    if (node.type === "Extends" && here.toplevel && !here.conditional) here = { ...here, silent: true };
  }
}

/** Whether a value is not to be computed where the template turns out to extend another. */
function mayGoUnseen({ type }: Node, { role, script, silent }: Body): boolean {
  return (type === "Output" || type === "CallBlock") && role === "root" && script.maybeExtends && !silent;
}
