/** Compiles the tree of a template to JavaScript: one function for the template and one for each of its blocks. */
import { type Body, Constants, type Library, type Role, type Script } from "./compiler/body.ts";
import { Code, quoted } from "./compiler/code.ts";
import { conditionCode, expressionCode } from "./compiler/expressions.ts";
import { FunctionNames } from "./compiler/function-names.ts";
import { hasExtends } from "./compiler/has-extends.ts";
import { namingStatements } from "./compiler/naming.ts";
import { Scope } from "./compiler/scope.ts";
import { statementsCode } from "./compiler/statements.ts";
import { storedNames } from "./compiler/stored-names.ts";
import type { Units } from "./compiler/units.ts";
import type { Node, TemplateNode } from "./nodes.ts";
import type { Unit } from "./runtime/unit.ts";
import type { Source } from "./source.ts";

/** What a script is compiled with. */
export interface CompileOptions {
  readonly source: Source;
  readonly strict: boolean;
  readonly escaping: boolean;
  /** Whether the functions wait for promises and write to a sink. */
  readonly async: boolean;
  /** Whether the script is for the names that the template sets alone, and writes nothing. */
  readonly naming: boolean;
  readonly library: Library;
}

/** JavaScript that gives the functions of a template, and what it refers to. */
export interface CompiledScript {
  readonly text: string;
  /** The offset in the template that each line came from. */
  readonly offsets: readonly number[];
  readonly constants: Constants;
}

export function compile(tree: TemplateNode, units: Units, options: CompileOptions): CompiledScript {
  let last = 0;
  const script: Script = {
    ...options,
    units: units.of,
    constants: new Constants(),
    compilers: { expression: expressionCode, condition: conditionCode, statements: statementsCode },
    number: () => ++last,
    maybeExtends: hasExtends(tree.body) && !tree.body.some(({ type }) => type === "Extends"),
  };
  const code = new Code();
  code.line('"use strict";', 0);
  const context = { script, code, escaping: options.escaping };
  const { naming } = options;
  writeFunction(
    "root",
    naming ? namingStatements(tree.body) : tree.body,
    units.root,
    "root",
    undefined,
    context,
  );
  const names: string[] = [];
  for (const [name, block] of naming ? [] : units.blocks) {
    const unit = units.of.get(block);
    if (unit === undefined) continue;
    const variable = `block${names.length}_${name.replace(/\W/g, "_")}`;
    writeFunction(variable, block.body, unit, "block", name, context);
    names.push(`[${quoted(name)}, ${variable}]`);
  }
  code.line(`return { root, blocks: new Map([${names.join(", ")}]) };`, 0);
  return { text: code.toString(), offsets: code.offsets, constants: script.constants };
}

interface Writing {
  readonly script: Script;
  readonly code: Code;
  readonly escaping: boolean;
}

function writeFunction(
  name: string,
  nodes: readonly Node[],
  unit: Unit,
  role: Role,
  block: string | undefined,
  { script, code, escaping }: Writing,
): void {
  const inner = new Code();
  const names = new FunctionNames(script.number);
  const scope = new Scope(names);
  const at = nodes[0]?.at ?? 0;
  for (const stored of storedNames(nodes)) {
    const before = names.lookup(stored);
    inner.line(`let ${scope.declare(stored)} = ${before};`, at);
  }
  const body: Body = {
    script,
    code: inner,
    scope,
    unit,
    out: script.async ? "w" : "o",
    escaping,
    role,
    toplevel: role === "root",
    block: block === undefined ? undefined : { name: block, unit },
    captured: undefined,
    loop: undefined,
    silent: script.naming,
    conditional: false,
  };
  statementsCode(nodes, body);
  code.line(script.async ? `const ${name} = async (f, c, T, w) => {` : `const ${name} = (f, c, T) => {`, at);
  code.line(`const rt = f.rt;${script.async ? "" : ' let o = "";'}`, at);
  const extending = role === "root" && hasExtends(nodes);
  if (extending) code.line("let parent;", at);
  for (const line of names.head()) code.line(line, at);
  code.append(inner);
  if (extending) writeParent(body, code);
  code.line(script.async ? "};" : "return o; };", at);
}

/** At the end of a template that extends stands the text of the extended one. */
function writeParent({ script, unit }: Body, code: Code): void {
  if (script.naming) {
    code.line("if (parent !== undefined) f.parentNames(parent, c);", 0);
    return;
  }
  const text = script.constants.text();
  const place = unit.contextual ? `(T === null ? ${text} : T.context)` : text;
  const call = script.async
    ? `await f.parentAsync(parent, c, ${place}, w);`
    : `return o + f.parent(parent, c, ${place});`;
  code.line(`if (parent !== undefined) ${call}`, 0);
}
