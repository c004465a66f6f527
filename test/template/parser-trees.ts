/** Random trees for property tests. */
import fc from "fast-check";
import type { Expression, Node } from "../../src/template/nodes.ts";

const at = fc.constant(0);
const name = fc.constantFrom("a", "b1", "user", "größe", "with", "recursive", "context", "missing");

function node<Shape extends object>(type: string, shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) {
  return fc.record({ type: fc.constant(type), at, ...shape });
}

function optional<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

const few = { maxLength: 3 };
const some = { minLength: 1, maxLength: 3 };

export const expressions: fc.Arbitrary<Expression> = fc.letrec((tie) => {
  const expression = tie("expression");
  const then = expression;
  const args = fc.record({
    positional: fc.array(expression, few),
    named: fc.uniqueArray(fc.record({ at, name, value: expression }), {
      ...few,
      selector: (one) => one.name,
    }),
    spread: optional(expression),
    namedSpread: optional(expression),
  });
  const comparison = fc.record({
    operator: fc.constantFrom("==", "!=", "<", "<=", ">", ">=", "in", "not in"),
    right: expression,
  });
  const binary = fc.constantFrom("and", "or", "+", "-", "*", "/", "//", "%", "**");
  const number = fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true, max: 1e20 }));
  // JSON has some escapes and all its other characters in common with the language.
  const value = fc.oneof(fc.string({ unit: "grapheme" }), number, fc.boolean(), fc.constant(null));
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      node("Name", { name }),
      node("Literal", { value: value.map((found) => (Object.is(found, -0) ? 0 : found)) }),
      node("List", { items: fc.array(expression, few), tuple: fc.boolean() }),
      node("Dict", { entries: fc.array(fc.record({ key: expression, value: expression }), few) }),
      node("Attribute", { object: expression, name: fc.oneof(name, fc.constantFrom("if", "none")) }),
      node("Item", { object: expression, key: expression }),
      node("Slice", {
        object: expression,
        start: optional(expression),
        stop: optional(expression),
        step: optional(expression),
      }),
      node("Call", { callee: expression, arguments: args }),
      node("Filter", { input: expression, name, arguments: args }),
      node("Test", {
        input: expression,
        name: fc.constantFrom("odd", "none", "in", "my.test"),
        arguments: args,
      }),
      node("Unary", { operator: fc.constantFrom("not", "-", "+"), operand: expression }),
      node("Binary", { operator: binary, left: expression, right: expression }),
      node("Compare", { first: expression, comparisons: fc.array(comparison, some) }),
      node("Concat", { parts: fc.array(expression, { minLength: 2, maxLength: 4 }) }),
      node("Conditional", { test: expression, then, otherwise: optional(expression) }),
    ),
    arguments: args,
  };
}).expression as fc.Arbitrary<Expression>;

const nameTarget = node("NameTarget", { name });
const targets = fc.letrec((tie) => ({
  target: fc.oneof(
    { depthSize: "small" },
    nameTarget,
    node("TupleTarget", { items: fc.array(tie("target"), some) }),
  ),
})).target;
const parameters = fc
  .uniqueArray(name, few)
  .chain((names) =>
    fc.tuple(...names.map((one) => fc.record({ at, name: fc.constant(one), default: expressions }))),
  );
const captured = fc
  .array(name, some)
  .map((names) =>
    names.reduce<object>(
      (input, one) => ({ type: "Filter", at: 0, input, name: one, arguments: noArguments }),
      { type: "Captured", at: 0 },
    ),
  );
const noArguments = { positional: [], named: [], spread: undefined, namedSpread: undefined };
const call = node("Call", {
  callee: expressions,
  arguments: fc.record({
    positional: fc.array(expressions, few),
    named: fc.constant([]),
    spread: optional(expressions),
    namedSpread: optional(expressions),
  }),
});

/** Bodies: texts never stand side by side, since they would be one when read back. */
export const bodies: fc.Arbitrary<Node[]> = fc.letrec((tie) => {
  const body = tie("body");
  const branch = fc.record({ at, test: expressions, body });
  const imported = fc.record({ at, name, alias: name });
  const one = fc.oneof(
    { depthSize: "small" },
    node("Output", { expression: expressions }),
    node("Text", { value: fc.stringMatching(/^[a-z<>} \n%#]{0,10}[a-z]$/) }),
    node("Assign", { target: targets, value: expressions }),
    node("AssignBlock", { target: nameTarget, value: captured, body }),
    node("If", { branches: fc.array(branch, some), otherwise: optional(body) }),
    node("For", {
      target: targets,
      iterable: expressions,
      condition: optional(expressions),
      recursive: fc.boolean(),
      body,
      otherwise: optional(body),
    }),
    node("With", { bindings: fc.array(fc.record({ target: targets, value: expressions }), some), body }),
    node("Include", { template: expressions, ignoreMissing: fc.boolean(), withContext: fc.boolean() }),
    node("Import", { template: expressions, target: name, withContext: fc.boolean() }),
    node("FromImport", { template: expressions, names: fc.array(imported, some), withContext: fc.boolean() }),
    node("Macro", { name, parameters, body }),
    node("CallBlock", { call, parameters, body }),
    node("FilterBlock", { value: captured, body }),
    node("Autoescape", { enabled: expressions, body }),
    node("Do", { expression: expressions }),
  );
  return { body: fc.array(one, few).map(withoutNeighbours) };
}).body as fc.Arbitrary<Node[]>;

function withoutNeighbours(nodes: { type: string }[]): { type: string }[] {
  return nodes.filter((found, index) => found.type !== "Text" || nodes[index - 1]?.type !== "Text");
}
