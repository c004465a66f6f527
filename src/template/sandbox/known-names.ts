/** Finds filters and tests that are not there before a template runs, as the compiler does. */
import type { Library } from "../compiler/body.ts";
import type { Binary, Conditional, Expression, For, If, Node, TemplateNode } from "../nodes.ts";
import type { Source } from "../source.ts";
import type { TemplateError } from "../template-error.ts";
import { unknownFilter, unknownTest } from "../unknown-name.ts";

/** Throws for the first one; what stands behind a condition is an error only when it is reached. */
export function checkNames(tree: TemplateNode, source: Source, library: Library): void {
  for (const error of unknownNames(tree, source, library)) throw error;
}

/** An error for each of them. */
export function* unknownNames(
  tree: TemplateNode,
  source: Source,
  library: Library,
): Generator<TemplateError> {
  for (const { node, error } of namesIn(tree.body, library)) yield error.locate(source, node.at);
}

interface Unknown {
  readonly node: Node | Expression;
  readonly error: TemplateError;
}

function* namesIn(part: unknown, library: Library): Generator<Unknown> {
  if (typeof part !== "object" || part === null) return;
  const node = part as Node | Expression;
  for (const child of certain(node)) yield* namesIn(child, library);
  if (node.type === "Filter" && !library.filters.has(node.name)) {
    yield { node, error: unknownFilter(node.name, library.filters.keys()) };
  }
  if (node.type !== "Test" || node.name === "defined" || node.name === "undefined") return;
  if (!library.tests.has(node.name)) yield { node, error: unknownTest(node.name, library.tests.keys()) };
}

/** The parts of a node that run whenever it does; of the others only the blocks, which may run elsewhere. */
function certain(node: Node | Expression): unknown[] {
  switch (node.type) {
    case "If":
      return ofIf(node);
    case "For":
      return ofFor(node);
    case "Conditional":
      return ofConditional(node);
    case "Binary":
      return ofBinary(node);
    default:
      return Object.values(node);
  }
}

function ofIf({ branches, otherwise }: If): unknown[] {
  return [branches[0]?.test, blocksIn([branches.map(({ body }) => body), otherwise])];
}

function ofFor({ iterable, body, otherwise }: For): unknown[] {
  return [iterable, blocksIn([body, otherwise])];
}

function ofConditional({ test }: Conditional): unknown[] {
  return [test];
}

function ofBinary({ operator, left, right }: Binary): unknown[] {
  return operator === "and" || operator === "or" ? [left] : [left, right];
}

function blocksIn(part: unknown): unknown[] {
  if (typeof part !== "object" || part === null) return [];
  if ((part as Partial<Node>).type === "Block") return [part];
  return Object.values(part).flatMap(blocksIn);
}
