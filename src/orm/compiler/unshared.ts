/** Copies a statement so that each place of a parameter is an object of its own, which the compiler can number. */
import type { ParameterListNode, ParameterNode, StatementNode } from "../query/nodes.ts";
import { soleIndex } from "./expression-shapes.ts";

/** What a copy leaves as it is: no part of the tree, or something known by its identity. */
const kept = new Set(["table", "column", "type", "texts"]);

type Parameter = ParameterNode | ParameterListNode;

/**
 * A tree may use one node twice, another tree of the same shape two nodes. So that the same SQL fits both, places are
 * told apart, except where the fingerprint says that a place is the same as one in the columns, and except common
 * table expressions, which are one wherever they are used.
 */
class Copy {
  readonly #originals: Parameter[] = [];
  readonly #copies: Parameter[] = [];
  readonly #commons = new Map<object, object>();
  #sharedFrom = 0;
  #sharedTo = 0;

  copy(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    if (typeof value !== "object" || value === null) return value;
    // The columns of an insert are definitions.
    if ("property" in value) return value;
    const kind = "kind" in value ? value.kind : undefined;
    if (kind === "parameter" || kind === "parameter-list") return this.#parameter(value as Parameter);
    if (kind === "select") return this.#select(value);
    if (kind !== "derived" || !("common" in value && value.common)) return this.#properties(value);
    let common = this.#commons.get(value);
    if (common === undefined) this.#commons.set(value, (common = this.#properties(value)));
    return common;
  }

  #parameter(node: Parameter): Parameter {
    const index = soleIndex(this.#originals, node, this.#sharedFrom, this.#sharedTo);
    if (index >= 0) return this.#copies[index] as Parameter;
    const copy = { ...node };
    this.#originals.push(node);
    this.#copies.push(copy);
    return copy;
  }

  #select(node: object): object {
    const outer = { from: this.#sharedFrom, to: this.#sharedTo };
    this.#sharedFrom = this.#sharedTo = 0;
    const { columns, distinctOn, groupBy, having, orderBy, ...rest } = node as Record<string, unknown>;
    const from = this.#copies.length;
    const copied: Record<string, unknown> = { columns: this.copy(columns) };
    const to = this.#copies.length;
    Object.assign(copied, this.#properties(rest));
    this.#sharedFrom = from;
    this.#sharedTo = to;
    Object.assign(copied, this.#properties({ distinctOn, groupBy, having, orderBy }));
    this.#sharedFrom = outer.from;
    this.#sharedTo = outer.to;
    return copied;
  }

  #properties(node: object): Record<string, unknown> {
    const copied: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(node)) {
      copied[name] = kept.has(name) ? value : this.copy(value);
    }
    return copied;
  }
}

/** A copy of the statement in which no parameter stands at two places. */
export function unshared(statement: StatementNode): StatementNode {
  return new Copy().copy(statement) as StatementNode;
}
