/** Writes queries in standard SQL: select, set operations, joins, common table expressions. */
import type {
  DerivedNode,
  ExpressionNode,
  JoinNode,
  LockNode,
  OrderNode,
  ProjectionNode,
  QueryNode,
  SelectNode,
  SetOperationNode,
  SourceNode,
} from "../query/nodes.ts";
import { CallWriter } from "./call-writer.ts";
import { commonTables } from "./common-tables.ts";
import { invalidQuery } from "./refusals.ts";
import { leftmost, outputPosition, withNames } from "./set-columns.ts";

export abstract class QueryWriter extends CallWriter {
  /** LIMIT for a query that has only an OFFSET, where the database wants one. */
  protected readonly limitForOffset: string | undefined;

  protected override query(node: QueryNode): string {
    return node.kind === "select" ? this.#select(node) : this.setOperation(node);
  }

  #select(node: SelectNode): string {
    let text = "select ";
    if (node.distinctOn.length > 0) text += this.distinctOn(node.distinctOn);
    else if (node.distinct) text += "distinct ";
    text += this.projection(node.columns);
    if (node.from !== undefined) text += ` from ${this.source(node.from)}`;
    for (const join of node.joins) text += ` ${this.join(join)}`;
    if (node.where !== undefined) text += ` where ${this.expression(node.where)}`;
    if (node.groupBy.length > 0) text += ` group by ${this.expressions(node.groupBy)}`;
    if (node.having !== undefined) text += ` having ${this.expression(node.having)}`;
    if (node.orderBy.length > 0) text += ` order by ${this.orders(node.orderBy)}`;
    text += this.limits(node.limit, node.offset);
    return node.lock === undefined ? text : `${text} ${this.lock(node.lock)}`;
  }

  protected distinctOn(nodes: readonly ExpressionNode[]): string {
    return `distinct on (${this.expressions(nodes)}) `;
  }

  protected projection(columns: readonly ProjectionNode[]): string {
    if (columns.length === 0) throw invalidQuery("A query selects nothing.", "Select a column at least.");
    const texts = columns.map(({ alias, expression }) => {
      const text = this.expression(expression);
      return alias === undefined ? text : `${text} as ${this.quote(alias)}`;
    });
    return texts.join(", ");
  }

  protected override source(node: SourceNode): string {
    if (node.kind === "table") {
      const name = this.quote(node.table.name);
      return node.alias === undefined ? name : `${name} as ${this.quote(node.alias)}`;
    }
    if (node.kind === "common-reference" || node.common) return this.quote(node.alias);
    return `(${this.query(withNames(node.query, node.columns))}) as ${this.quote(node.alias)}`;
  }

  protected join(node: JoinNode): string {
    const source = `${node.type} join ${node.lateral ? "lateral " : ""}${this.source(node.source)}`;
    if (node.type !== "cross") return `${source} on ${node.on ? this.expression(node.on) : "true"}`;
    if (node.on === undefined) return source;
    throw invalidQuery("A cross join has a condition.", "Join with innerJoin, or leave the condition out.");
  }

  protected limits(limit: ExpressionNode | undefined, offset: ExpressionNode | undefined): string {
    let text = limit === undefined ? "" : ` limit ${this.limit(limit)}`;
    if (offset === undefined) return text;
    if (limit === undefined && this.limitForOffset !== undefined) text += ` limit ${this.limitForOffset}`;
    return `${text} offset ${this.limit(offset)}`;
  }

  protected limit(node: ExpressionNode): string {
    return this.expression(node);
  }

  protected lock(node: LockNode): string {
    return `for ${node.strength}${node.wait === "wait" ? "" : ` ${node.wait}`}`;
  }

  protected setOperation(node: SetOperationNode): string {
    let text = `${this.#side(node.left, node)} ${node.operator} ${this.#side(node.right, undefined)}`;
    if (node.orderBy.length > 0) text += ` order by ${this.setOrders(node)}`;
    return text + this.limits(node.limit, node.offset);
  }

  /** A side is nested unless it is a plain select, or the same operation going on from the left. */
  #side(node: QueryNode, parent: SetOperationNode | undefined): string {
    const ends = node.orderBy.length > 0 || node.limit !== undefined || node.offset !== undefined;
    const nested =
      node.kind === "select" ? ends || node.lock !== undefined : ends || node.operator !== parent?.operator;
    return nested ? this.nestedSide(this.query(node)) : this.query(node);
  }

  protected nestedSide(query: string): string {
    return `(${query})`;
  }

  /** Only the columns of a result can be ordered by here; they are named by alias or position. */
  protected setOrders(node: SetOperationNode): string {
    return node.orderBy.map((order) => this.setOrder(order, leftmost(node).columns)).join(", ");
  }

  protected setOrder(order: OrderNode, columns: readonly ProjectionNode[]): string {
    const position = outputPosition(order.expression, columns);
    const alias = columns[position]?.alias;
    const key = alias === undefined ? String(position + 1) : this.quote(alias);
    return (
      key + (order.descending ? " desc" : "") + (order.nulls === undefined ? "" : ` nulls ${order.nulls}`)
    );
  }

  /** `WITH …`, with what comes behind it; or nothing. */
  protected with(root: object): string {
    const commons = commonTables(root);
    if (commons.length === 0) return "";
    const recursive = commons.some((node) => node.recursion !== undefined);
    return `with ${recursive ? "recursive " : ""}${commons.map((node) => this.#common(node)).join(", ")} `;
  }

  #common(node: DerivedNode): string {
    const columns = node.columns.map((column) => this.quote(column)).join(", ");
    const head = `${this.quote(node.alias)} (${columns}) as `;
    if (node.recursion === undefined) return `${head}(${this.query(node.query)})`;
    const operator = node.recursion.all ? "union all" : "union";
    const start = this.#side(node.query, undefined);
    return `${head}(${start} ${operator} ${this.#side(node.recursion.query, undefined)})`;
  }
}
