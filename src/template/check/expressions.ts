/** Writes the expressions of a template as those of TypeScript that take and give the same. */
import type * as node from "../nodes.ts";
import { writeCall } from "./calls.ts";
import { offsetOfName, writeList, writeObject } from "./expression-parts.ts";
import { writeFilter } from "./filters.ts";
import type { Scope } from "./scope.ts";
import { writeTest } from "./tests.ts";
import type { Translation } from "./translation.ts";

const operators: Readonly<Partial<Record<node.BinaryOperator, string>>> = {
  and: "&&",
  or: "||",
  "-": "-",
  "/": "/",
  "//": "/",
  "**": "**",
};
const functions: Readonly<Partial<Record<node.BinaryOperator, string>>> = {
  "+": "$add",
  "*": "$multiply",
  "%": "$modulo",
};

export function writeExpression(expression: node.Expression, scope: Scope, to: Translation): void {
  to.writer.mapped(expression.at, () => write(expression, scope, to));
}

function write(expression: node.Expression, scope: Scope, to: Translation): void {
  switch (expression.type) {
    case "Literal":
      to.writer.write(`${JSON.stringify(expression.value)}`);
      break;
    case "Name":
      writeName(expression, scope, to);
      break;
    case "List":
      writeItems(expression, scope, to);
      break;
    case "Dict":
      writeDict(expression, scope, to);
      break;
    case "Attribute":
      writeAttribute(expression, scope, to);
      break;
    case "Item":
      writeItem(expression, scope, to);
      break;
    case "Slice":
      writeSlice(expression, scope, to);
      break;
    case "Call":
      writeCall(expression, scope, to);
      break;
    case "Filter":
      writeFilter(expression, scope, to);
      break;
    case "Test":
      writeTest(expression, scope, to);
      break;
    case "Captured":
      to.writer.write('("" as string)');
      break;
    default:
      writeOperation(expression, scope, to);
      break;
  }
}

function writeOperation(
  expression: node.Unary | node.Binary | node.Compare | node.Concat | node.Conditional,
  scope: Scope,
  to: Translation,
): void {
  const { writer } = to;
  switch (expression.type) {
    case "Unary":
      writer.write(expression.operator === "not" ? "(!" : `(${expression.operator} `);
      writeExpression(expression.operand, scope, to);
      writer.write(")");
      break;
    case "Binary":
      writeBinary(expression, scope, to);
      break;
    case "Compare":
      writeComparisons(expression, scope, to);
      break;
    case "Concat":
      writer.write("$concat(");
      writeList(expression.parts, scope, to);
      writer.write(")");
      break;
    case "Conditional":
      writer.write("(");
      writeExpression(expression.test, scope, to);
      writer.write(" ? ");
      writeExpression(expression.then, scope, to);
      writer.write(" : ");
      if (expression.otherwise === undefined) writer.write("undefined");
      else writeExpression(expression.otherwise, scope, to);
      writer.write(")");
      break;
  }
}

function writeName({ name, at }: node.Name, scope: Scope, { writer }: Translation): void {
  const known = scope.resolve(name);
  if (known !== undefined) return void writer.write(known);
  writer.mapped(at, () => writer.write(`$$.${name}`), { kind: "name", name });
}

/** Tuples, and lists in a list, keep the types of their places, because a loop is likely to unpack them. */
function writeItems({ items, tuple }: node.List, scope: Scope, to: Translation, inner = false): void {
  const { writer } = to;
  if (items.length === 0) return void writer.write("([] as any[])");
  writer.write(tuple || inner ? "$tuple(" : "[");
  items.forEach((item, index) => {
    if (index > 0) writer.write(", ");
    if (item.type === "List") writer.mapped(item.at, () => writeItems(item, scope, to, true));
    else writeExpression(item, scope, to);
  });
  writer.write(tuple || inner ? ")" : "]");
}

function writeDict({ entries }: node.Dict, scope: Scope, to: Translation): void {
  const { writer } = to;
  if (entries.length === 0) return void writer.write("({} as Record<string, any>)");
  writer.write("({ ");
  for (const { key, value } of entries) {
    if (key.type === "Literal" && typeof key.value === "string") writer.write(JSON.stringify(key.value));
    else {
      writer.write("[");
      writeExpression(key, scope, to);
      writer.write("]");
    }
    writer.write(": ");
    writeExpression(value, scope, to);
    writer.write(", ");
  }
  writer.write("})");
}

function writeAttribute(expression: node.Attribute, scope: Scope, to: Translation): void {
  const { name, at, object } = expression;
  writeObject(object, scope, to);
  to.writer.write(".").verbatim(name, offsetOfName(to.template.source.text, at, name));
}

/** Items are read as TypeScript reads them, so that the project's own options say whether one may be missing. */
function writeItem({ object, key }: node.Item, scope: Scope, to: Translation): void {
  const { writer } = to;
  if (key.type === "Literal" && typeof key.value === "string" && /^[a-z_]\w*$/i.test(key.value)) {
    writeObject(object, scope, to);
    writer.write(".").verbatim(key.value, key.at + 1);
    return;
  }
  const write = (): void => {
    writeObject(object, scope, to);
    writer.write("[");
    to.expression(key, scope);
    // An index from the end is no error, and a tuple has no type for it.
    writer.write(key.type === "Unary" ? " as number]" : "]");
  };
  writer.mapped(object.at, write, key.type === "Literal" ? undefined : { kind: "key" });
}

function writeSlice({ object, start, stop, step }: node.Slice, scope: Scope, to: Translation): void {
  to.writer.write("$slice(");
  writeList(
    [object, start, stop, step].filter((part) => part !== undefined),
    scope,
    to,
  );
  to.writer.write(")");
}

function writeBinary({ operator, left, right }: node.Binary, scope: Scope, to: Translation): void {
  const { writer } = to;
  const called = functions[operator];
  writer.write(called === undefined ? "(" : `${called}(`);
  writeExpression(left, scope, to);
  writer.write(called === undefined ? ` ${operators[operator]} ` : ", ");
  writeExpression(right, scope, to);
  writer.write(")");
}

function writeComparisons({ first, comparisons }: node.Compare, scope: Scope, to: Translation): void {
  const { writer } = to;
  let left = first;
  writer.write("(");
  comparisons.forEach(({ operator, right }, index) => {
    if (index > 0) writer.write(" && ");
    if (operator === "in" || operator === "not in") {
      writer.write(operator === "in" ? "$contains(" : "!$contains(");
      writeList([right, left], scope, to);
      writer.write(")");
    } else {
      writeExpression(left, scope, to);
      writer.write(` ${operator === "==" ? "===" : operator === "!=" ? "!==" : operator} `);
      writeExpression(right, scope, to);
    }
    left = right;
  });
  writer.write(")");
}
