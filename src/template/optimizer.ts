/** What can be known before a template runs: numbers with a sign, joined texts, branches that are never taken. */
import type { Expression, If, Node, TemplateNode, Text, Unary } from "./nodes.ts";

/** The tree, made smaller where nothing it prints depends on it. */
export function optimize(tree: TemplateNode): TemplateNode {
  return optimized(tree) as TemplateNode;
}

/** A part of a tree with its own parts made smaller first. A part that stays the same is the same object. */
function optimized(part: unknown): unknown {
  if (Array.isArray(part)) return optimizedList(part);
  if (typeof part !== "object" || part === null) return part;
  let changed: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(part)) {
    const small = optimized(value);
    if (small === value) continue;
    changed ??= { ...part };
    changed[name] = small;
  }
  return folded((changed ?? part) as Partial<Node | Expression>);
}

function folded(node: Partial<Node | Expression>): unknown {
  if (node.type === "Unary") return signed(node as Unary);
  if (node.type === "If") return decided(node as If);
  return node;
}

/** `-1` is a number. */
function signed(node: Unary): Expression {
  const { operator, operand, at } = node;
  if (operand.type !== "Literal" || typeof operand.value !== "number") return node;
  if (operator === "-") return { type: "Literal", at, value: -operand.value };
  return operator === "+" ? operand : node;
}

/** Branches behind `if false` are left out; nothing is taken from one that is reached, for it may bind names. */
function decided(node: If): If {
  const branches = node.branches.filter(({ test }) => !(test.type === "Literal" && test.value === false));
  if (branches.length === node.branches.length || branches.length === 0) return node;
  return { ...node, branches };
}

function optimizedList(parts: readonly unknown[]): readonly unknown[] {
  const list: unknown[] = [];
  let same = true;
  for (const part of parts) {
    const small = optimized(part);
    const last = list.at(-1);
    if (isText(small) && isText(last)) {
      list[list.length - 1] = { ...last, value: last.value + small.value };
      same = false;
      continue;
    }
    if (small !== part) same = false;
    list.push(small);
  }
  return same ? parts : list;
}

function isText(node: unknown): node is Text {
  return typeof node === "object" && node !== null && (node as Partial<Text>).type === "Text";
}
