/** `{% for %}`, with `else`, a condition, `loop`, unpacking and recursion. */
import type { For, Node } from "../../nodes.ts";
import { append } from "../append.ts";
import { type Body, innerNames, nested, write } from "../body.ts";
import { Code } from "../code.ts";
import { compileCondition, compileExpression, compileStatements } from "../parts.ts";
import { Scope } from "../scope.ts";
import { addTarget, storedNames } from "../stored-names.ts";
import { bindTarget } from "../targets.ts";
import { uses } from "../uses.ts";

export function compileFor(node: For, body: Body): void {
  if (node.recursive) compileRecursive(node, body);
  else compileRounds(node, body, compileExpression(node.iterable, body), "0");
}

/** The loop is a function that its body can call for the items below; each call has variables of its own. */
function compileRecursive(node: For, body: Body): void {
  const { script } = body;
  const names = innerNames(body);
  const scope = new Scope(names, body.scope);
  const again = names.variable("again");
  const [items, depth] = [names.variable("items"), names.variable("depth")];
  const code = new Code();
  const role = body.role === "root" ? "inner" : body.role;
  const inner = { ...body, code, scope, out: script.async ? "w" : "o", role, toplevel: false };
  compileRounds(node, inner, items, depth, again);
  write(body, `const ${again} = ${script.async ? "async " : ""}(${items}, ${depth}) => {`, node);
  write(body, script.async ? "const w = R.sink(); rt.descend();" : 'let o = "";', node);
  for (const line of names.head()) write(body, line, node);
  body.code.append(code);
  write(body, script.async ? "rt.ascend(); return w.text;" : "return o;", node);
  write(body, "};", node);
  const first = `${again}(${compileExpression(node.iterable, body)}, 0)`;
  append(body, script.async ? `await ${first}` : first, node);
}

function compileRounds(node: For, body: Body, iterable: string, depth: string, again?: string): void {
  const { script, scope } = body;
  const inner = nested(body, { conditional: true });
  const usesLoop = again !== undefined || uses([node.body], "loop");
  const items = scope.names.variable("items");
  const ran = node.otherwise === undefined ? undefined : scope.names.variable("ran");
  if (ran !== undefined) write(body, `let ${ran} = false;`, node);
  const loop = usesLoop ? scope.names.variable("loop") : undefined;
  if (loop === undefined) {
    write(body, `const ${items} = ${script.async ? `f.each(${iterable})` : `R.iterate(${iterable})`};`, node);
  } else {
    const all = script.async ? `await f.all(${iterable})` : `R.toArray(${iterable})`;
    write(body, `const ${items} = ${node.condition === undefined ? all : chosen(node, body, all)};`, node);
    write(body, `const ${loop} = new R.Loop(${items}, ${depth});`, node);
  }
  const item = scope.names.variable("item");
  const wait = script.async && loop === undefined ? "await " : "";
  write(body, `for ${wait}(const ${item} of ${items}) {`, node);
  bindTarget(node.target, item, inner, (name) => `const ${inner.scope.declare(name)}`);
  if (node.condition !== undefined && loop === undefined) {
    write(body, `if (!${compileCondition(node.condition, inner)}) continue;`, node.condition);
  }
  if (ran !== undefined) write(body, `${ran} = true;`, node);
  if (loop !== undefined) write(body, `${loop}.index0 += 1;`, node);
  compileBody(node, { ...inner, loop: { loop, again, ran } }, body);
  write(body, "}", node);
  if (ran !== undefined) {
    write(body, `if (!${ran}) {`, node);
    compileOtherwise(node.otherwise ?? [], body, node);
    write(body, "}", node);
  }
}

function compileOtherwise(statements: readonly Node[], body: Body, node: For): void {
  const inner = nested(body, { conditional: true });
  for (const name of storedNames(statements)) {
    const before = body.scope.read(name);
    write(inner, `let ${inner.scope.declare(name)} = ${before};`, node);
  }
  compileStatements(statements, inner);
}

/** What the body sets is new in every round and begins as it is outside. */
function compileBody(node: For, inner: Body, outer: Body): void {
  const targets = new Set<string>();
  addTarget(node.target, targets);
  const { loop } = inner.loop ?? {};
  if (loop !== undefined) inner.scope.bind("loop", loop);
  for (const name of storedNames(node.body)) {
    const before = targets.has(name) ? inner.scope.read(name) : outer.scope.read(name);
    write(inner, `let ${inner.scope.declare(name)} = ${before};`, node);
  }
  compileStatements(node.body, inner);
}

/** With a condition, `loop` counts only the items that meet it. */
function chosen(node: For, body: Body, items: string): string {
  const item = body.scope.names.variable("item");
  const code = new Code();
  const inner = nested(body, { code });
  bindTarget(node.target, item, inner, (name) => `const ${inner.scope.declare(name)}`);
  const condition = node.condition === undefined ? "true" : compileCondition(node.condition, inner);
  const test = `(${item}) => { ${code.lines.join(" ")} return ${condition}; }`;
  return body.script.async ? `await R.chosen(${items}, async ${test})` : `${items}.filter(${test})`;
}
