/** Copies a statement so that each place of a parameter is an object of its own, which the compiler can number. */
import type { ParameterListNode, ParameterNode, SelectNode, StatementNode } from "../query/nodes.ts";
import { comparesExpressions } from "./expression-shapes.ts";

/** What a copy leaves as it is: no part of the tree, or something known by its identity. */
const kept = new Set(["table", "column", "type", "texts"]);

type Parameter = ParameterNode | ParameterListNode;

/**
 * A tree may use one node twice, another tree of the same shape two nodes. So that the same SQL fits both, places are
 * told apart, except where the fingerprint says that a place is the same as another one, and except common table
 * expressions, which are one wherever they are used.
 */
class Copy {
  readonly #commons = new Map<object, object>();
  /** The copies made so far, in a select that compares its expressions. */
  #shared: Map<Parameter, Parameter> | undefined;

  copy(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    if (typeof value !== "object" || value === null) return value;
    // The columns of an insert are definitions.
    if ("property" in value) return value;
    const kind = "kind" in value ? value.kind : undefined;
    if (kind === "parameter" || kind === "parameter-list") return this.#parameter(value as Parameter);
    if (kind === "select") return this.#select(value as SelectNode);
    if (kind !== "derived" || !("common" in value && value.common)) return this.#properties(value);
    return this.#common(value);
  }

  #common(node: object): object {
    let common = this.#commons.get(node);
    if (common !== undefined) return common;
    const outer = this.#shared;
    this.#shared = undefined;
    common = this.#properties(node);
    this.#shared = outer;
    this.#commons.set(node, common);
    return common;
  }

  #parameter(node: Parameter): Parameter {
    const known = this.#shared?.get(node);
    if (known !== undefined) return known;
    const copy = { ...node };
    this.#shared?.set(node, copy);
    return copy;
  }

  #select(node: SelectNode): object {
    const outer = this.#shared;
    if (outer === undefined && comparesExpressions(node)) this.#shared = new Map();
    const { limit, offset, ...compared } = node;
    const copied = this.#properties(compared);
    this.#shared = undefined;
    Object.assign(copied, this.#properties({ limit, offset }));
    this.#shared = outer;
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
