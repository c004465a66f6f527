/** Makes the functions of a template by interpreting its tree: the sandbox's counterpart of the compiler. */
import { hasExtends } from "../compiler/has-extends.ts";
import { storedNames } from "../compiler/stored-names.ts";
import type { Units } from "../compiler/units.ts";
import { type HtmlContext, textContext } from "../escaper.ts";
import type { Node } from "../nodes.ts";
import type { Interpret, Parts } from "../runtime/assemble.ts";
import type { Run } from "../runtime/compiled-template.ts";
import type { Context } from "../runtime/context.ts";
import { Frame } from "../runtime/frame.ts";
import type { Table, Unit } from "../runtime/unit.ts";
import type { Body, Program, Running } from "./body.ts";
import { expressionValue } from "./expressions.ts";
import { checkNames } from "./known-names.ts";
import { runStatements } from "./parts.ts";
import { SandboxRenderer } from "./sandbox-renderer.ts";
import { Scope } from "./scope.ts";
import { statementsSignal } from "./statements.ts";

/** Throws for filters and tests that are not there, as compiling the template would. */
export const interpret: Interpret = (parts) => {
  const { tree, source, units, strict, library } = parts;
  checkNames(tree, source, library);
  numberSlots(units);
  const extending = hasExtends(tree.body);
  const direct = tree.body.some(({ type }) => type === "Extends");
  const interpreters = { expression: expressionValue, statements: statementsSignal };
  const program: Program = {
    interpreters,
    source,
    strict,
    units: units.of,
    maybeExtends: extending && !direct,
  };
  const blocks = new Map<string, Run>();
  for (const [name, block] of units.blocks) {
    const unit = units.of.get(block);
    if (unit !== undefined) blocks.set(name, blockRun(name, block.body, unit, program, parts));
  }
  return { root: rootRun(program, parts), blocks };
};

/** The numbers of nodes are given before any table is made, since a table answers for those that have one. */
function numberSlots({ root, of }: Units): void {
  for (const unit of [root, ...of.values()]) number(unit.body, unit);
}

function number(part: unknown, unit: Unit): void {
  if (typeof part !== "object" || part === null) return;
  if ("type" in part) unit.slot(part as Node);
  for (const child of Object.values(part)) number(child, unit);
}

function rootRun(program: Program, { tree, units, escaping }: Parts): Run {
  return (frame, context, table) => {
    const body = bodyOf({ program, frame, context, escaping }, units.root, table);
    return entered(body, () => {
      runStatements(tree.body, declared({ ...body, role: "root", toplevel: true }, tree.body));
      const { parent } = body.running;
      return parent === undefined
        ? body.out.text
        : body.out.text + body.running.frame.parent(parent, context, placeFor(body));
    });
  };
}

/** The text of the extended template stands where that of this one would. */
function placeFor({ table }: Body): HtmlContext {
  return table?.context ?? textContext;
}

function blockRun(
  name: string,
  nodes: readonly Node[],
  unit: Unit,
  program: Program,
  { escaping }: Parts,
): Run {
  return (frame, context, table) => {
    const body = bodyOf({ program, frame, context, escaping }, unit, table);
    return entered(body, () => {
      runStatements(nodes, declared({ ...body, role: "block", block: { name, unit } }, nodes));
      return body.out.text;
    });
  };
}

interface Beginning {
  readonly program: Program;
  readonly frame: object;
  readonly context: Context;
  readonly escaping: boolean;
}

function bodyOf({ program, frame, context, escaping }: Beginning, unit: Unit, table: Table | null): Body {
  const rt = frame instanceof Frame ? frame.rt : undefined;
  if (!(frame instanceof Frame && rt instanceof SandboxRenderer)) {
    throw new Error("An interpreted template runs outside of its sandbox.");
  }
  const running: Running = { program, frame, rt, context, parent: undefined };
  return {
    running,
    scope: new Scope(),
    unit,
    table,
    out: { text: "" },
    escaping,
    role: "inner",
    toplevel: false,
    block: undefined,
    captured: undefined,
    loop: undefined,
    silent: false,
    conditional: false,
  };
}

/** Names that statements bind begin as the context has them. */
function declared(body: Body, nodes: readonly Node[]): Body {
  for (const name of storedNames(nodes)) body.scope.declare(name, body.running.context.lookup(name));
  return body;
}

function entered(body: Body, run: () => string): string {
  const { budget } = body.running.rt;
  budget.enter();
  const text = run();
  budget.leave();
  return text;
}
