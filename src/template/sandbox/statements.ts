/** Statements: what runs each kind, with a step for each and a place for each error. */
import type { Node, Text } from "../nodes.ts";
import { appendText } from "./append.ts";
import type { Body, Signal } from "./body.ts";
import { locatedError } from "./located-error.ts";
import { runAssign, runAssignBlock } from "./statements/assign.ts";
import { runAutoescape } from "./statements/autoescape.ts";
import { runBlock } from "./statements/block.ts";
import { runCallBlock } from "./statements/call-block.ts";
import { runDo } from "./statements/do.ts";
import { runExtends } from "./statements/extends.ts";
import { runFilterBlock } from "./statements/filter-block.ts";
import { runFor } from "./statements/for.ts";
import { runIf } from "./statements/if.ts";
import { runFromImport, runImport } from "./statements/import.ts";
import { runInclude } from "./statements/include.ts";
import { runBreak, runContinue } from "./statements/loop-control.ts";
import { runMacro } from "./statements/macro.ts";
import { runOutput } from "./statements/output.ts";
import { runTag } from "./statements/tag.ts";
import { runWith } from "./statements/with.ts";

type Runners = {
  readonly [Type in Node["type"]]: (node: Extract<Node, { type: Type }>, body: Body) => Signal;
};

const runners: Runners = {
  Text: runText,
  Output: runOutput,
  If: runIf,
  For: runFor,
  Break: runBreak,
  Continue: runContinue,
  Assign: runAssign,
  AssignBlock: runAssignBlock,
  With: runWith,
  Block: runBlock,
  Extends: runExtends,
  Include: runInclude,
  Import: runImport,
  FromImport: runFromImport,
  Macro: runMacro,
  CallBlock: runCallBlock,
  FilterBlock: runFilterBlock,
  Autoescape: runAutoescape,
  Do: runDo,
  Tag: runTag,
};

/** Where in the source an error of a statement is shown: what is written says more than the brackets around it. */
function placeIn(node: Node): number {
  if (node.type === "Output") return node.expression.at;
  return node.type === "CallBlock" ? node.call.at : node.at;
}

function runText(node: Text, body: Body): undefined {
  appendText(body, node);
}

/** Runs statements up to the end, or to a `break` or `continue`, which it gives to the loop around them. */
export function statementsSignal(nodes: readonly Node[], body: Body): Signal {
  let here = body;
  for (const node of nodes) {
    const signal = runStatement(node, here);
    if (signal !== undefined) return signal;
    // What a page that extends writes outside of its blocks has no place in the layout.
    if (node.type === "Extends" && isDirect(here)) here = { ...here, silent: true };
  }
  return undefined;
}

/** Whether statements stand in the template itself and not in an `if`, whose text the condition decides on. */
function isDirect({ toplevel, conditional }: Body): boolean {
  return toplevel && !conditional;
}

function runStatement(node: Node, body: Body): Signal {
  const { rt, program } = body.running;
  const run = runners[node.type] as (node: Node, body: Body) => Signal;
  try {
    rt.budget.descend();
    const signal = run(node, body);
    rt.budget.rise();
    return signal;
  } catch (error) {
    throw locatedError(error, program.source, placeIn(node));
  }
}
