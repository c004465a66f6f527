/** Writes the statements of a template: the same branches, loops and scopes in TypeScript. */
import type * as node from "../nodes.ts";
import { boundNames } from "./bound-names.ts";
import { writeList } from "./expression-parts.ts";
import { writeImport, writeInclude } from "./neighbours.ts";
import type { Scope } from "./scope.ts";
import { assignTarget, writeFor } from "./targets.ts";
import { macrosOf } from "./template-references.ts";
import type { Translation } from "./translation.ts";

/** The statements of a scope, with the variables that they set in front of them. */
export function writeScope(body: readonly node.Node[], scope: Scope, to: Translation): void {
  declareNames(body, scope, to);
  writeStatements(body, scope, to);
}

/**
 * A variable without a type has the type of what it was last given, in each branch its own, just as in a template.
 * What is outside under the same name is its value until then.
 */
function declareNames(body: readonly node.Node[], scope: Scope, to: Translation): void {
  for (const [name, statement] of boundNames(body)) {
    const outside = scope.resolve(name);
    if (statement.type === "Macro") {
      to.writer.write(`let ${scope.bind(name, { macro: statement })}: any = $any;\n`);
    } else if (statement.type === "Import") {
      const macros = macrosOf(statement.template, to);
      const type = macros === undefined ? "any" : moduleType([...macros.keys()]);
      to.writer.write(`let ${scope.bind(name, { macros })}: ${type} = $any;\n`);
    } else if (statement.type === "FromImport") {
      const original = statement.names.find(({ alias }) => alias === name)?.name ?? name;
      const macro = macrosOf(statement.template, to)?.get(original);
      to.writer.write(`let ${scope.bind(name, { macro })}: any = $any;\n`);
    } else {
      const variable = scope.bind(name);
      to.writer.write(`let ${variable};${outside === undefined ? "" : ` ${variable} = ${outside};`}\n`);
    }
  }
}

function moduleType(names: readonly string[]): string {
  return `{ ${names.map((name) => `readonly ${name}: any; `).join("")}}`;
}

export function writeStatements(body: readonly node.Node[], scope: Scope, to: Translation): void {
  for (const statement of body) write(statement, scope, to);
}

function write(statement: node.Node, scope: Scope, to: Translation): void {
  const { writer } = to;
  switch (statement.type) {
    case "Output":
      writer.write("$print(");
      to.expression(statement.expression, scope);
      writer.write(");\n");
      break;
    case "If":
      writeIf(statement, scope, to);
      break;
    case "For":
      writeFor(statement, scope, to);
      break;
    case "Break":
    case "Continue":
      writer.write(`${statement.type.toLowerCase()};\n`);
      break;
    case "Assign":
      assignTarget(statement.target, statement.value, scope, to);
      break;
    case "AssignBlock":
      assignTarget(statement.target, statement.value, scope, to);
      inBraces(statement.body, scope.inner(), to);
      break;
    case "Include":
      writeInclude(statement, scope, to);
      break;
    case "Import":
    case "FromImport":
      writeImport(statement, scope, to);
      break;
    default:
      writeBodied(statement, scope, to);
      break;
  }
}

function writeBodied(
  statement: Exclude<
    node.Node,
    | node.Output
    | node.If
    | node.For
    | node.Break
    | node.Continue
    | node.Assign
    | node.AssignBlock
    | node.Include
    | node.Import
    | node.FromImport
  >,
  scope: Scope,
  to: Translation,
): void {
  switch (statement.type) {
    case "Text":
      return;
    case "Extends":
    case "Do":
      writeAlone(statement.type === "Do" ? statement.expression : statement.template, scope, to);
      break;
    case "With":
      writeWith(statement, scope, to);
      break;
    case "Block":
      inBraces(statement.body, special(statement.scoped ? scope : scope.root(), ["super"], to), to);
      break;
    case "Macro":
      writeParameters(statement, special(scope, ["caller", "varargs", "kwargs"], to), to);
      break;
    case "CallBlock":
      writeAlone(statement.call, scope, to);
      writeParameters(statement, scope.inner(), to);
      break;
    case "FilterBlock":
      writeAlone(statement.value, scope, to);
      inBraces(statement.body, scope.inner(), to);
      break;
    case "Autoescape":
      writeAlone(statement.enabled, scope, to);
      inBraces(statement.body, scope.inner(), to);
      break;
    case "Tag":
      writeTag(statement, scope, to);
      break;
  }
}

function inBraces(body: readonly node.Node[], scope: Scope, to: Translation): void {
  to.writer.write("{\n");
  writeScope(body, scope, to);
  to.writer.write("}\n");
}

/** A scope in which names are defined that nobody declares. */
function special(scope: Scope, names: readonly string[], to: Translation): Scope {
  const inner = scope.inner();
  for (const name of names) to.writer.write(`let ${inner.bind(name)}: any = $any;\n`);
  return inner;
}

function writeAlone(expression: node.Expression, scope: Scope, to: Translation): void {
  to.writer.write("void (");
  to.expression(expression, scope);
  to.writer.write(");\n");
}

function writeIf({ branches, otherwise }: node.If, scope: Scope, to: Translation): void {
  const { writer } = to;
  branches.forEach(({ test, body }, index) => {
    writer.write(index === 0 ? "if (" : "else if (");
    to.expression(test, scope);
    writer.write(") {\n");
    writeStatements(body, scope, to);
    writer.write("}\n");
  });
  if (otherwise === undefined) return;
  writer.write("else {\n");
  writeStatements(otherwise, scope, to);
  writer.write("}\n");
}

/** The values are evaluated outside; a variable for each target then holds it. */
function writeWith({ bindings, body }: node.With, scope: Scope, to: Translation): void {
  const { writer } = to;
  const inner = scope.inner();
  writer.write("{\n");
  for (const { target, value } of bindings) {
    if (target.type !== "NameTarget") continue;
    const outside = scope.inner();
    writer.write(`let ${inner.bind(target.name)} = `);
    to.expression(value, outside);
    writer.write(";\n");
  }
  for (const { target, value } of bindings) {
    if (target.type === "TupleTarget") assignTarget(target, value, inner, to, "const");
  }
  inBraces(body, inner.inner(), to);
  writer.write("}\n");
}

/** Nobody says what a macro is called with, so its parameters are anything. */
function writeParameters(statement: node.Macro | node.CallBlock, scope: Scope, to: Translation): void {
  const { writer } = to;
  const inner = scope.inner();
  writer.write("{\n");
  for (const { default: otherwise } of statement.parameters) {
    if (otherwise !== undefined) writeAlone(otherwise, inner, to);
  }
  for (const { name } of statement.parameters) writer.write(`let ${inner.bind(name)}: any = $any;\n`);
  inBraces(statement.body, inner.inner(), to);
  writer.write("}\n");
}

function writeTag({ arguments: given, body }: node.Tag, scope: Scope, to: Translation): void {
  const { writer } = to;
  const values = [
    ...given.positional,
    ...given.named.map(({ value }) => value),
    given.spread,
    given.namedSpread,
  ];
  writer.write("$test(");
  writeList(
    values.filter((value) => value !== undefined),
    scope,
    to,
  );
  writer.write(");\n");
  if (body !== undefined) inBraces(body, scope.inner(), to);
}
