/** Writes calls of functions: aggregates with their filter, windows, casts; and the terms of ORDER BY, which windows have too. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { CallNode, FrameNode, FunctionName, OrderNode, WindowNode } from "../query/nodes.ts";
import { ExpressionWriter } from "./expression-writer.ts";
import { invalidQuery } from "./refusals.ts";

export abstract class CallWriter extends ExpressionWriter {
  /** What the database calls the functions that it calls something else. */
  protected readonly functionNames: Readonly<Partial<Record<FunctionName, string>>> = {};

  /** The type in `CAST (… AS type)`; `undefined` where the database has nothing like it. */
  protected abstract castType(type: ColumnType): string | undefined;
  /** The time now, as the database keeps timestamps. */
  protected abstract now(): string;

  protected override call(node: CallNode): string {
    let text = this.invocation(node);
    if (node.filter !== undefined) text += ` filter (where ${this.expression(node.filter)})`;
    if (node.over !== undefined) text += ` over (${this.#window(node.over)})`;
    return text;
  }

  protected invocation(node: CallNode): string {
    if (node.name === "now") return this.now();
    if (node.name === "cast") return this.#cast(node);
    const [only, second] = node.arguments;
    const isChoice = node.name === "greatest" || node.name === "least";
    // Of one value there is no choice: MySQL refuses it, and to SQLite max() of one argument is an aggregate.
    if (isChoice && only !== undefined && second === undefined) return `(${this.expression(only)})`;
    const name = this.functionNames[node.name] ?? node.name;
    if (node.name === "count" && node.arguments.length === 0) return `${name}(*)`;
    return `${name}(${node.distinct ? "distinct " : ""}${this.callArguments(node).join(", ")})`;
  }

  protected callArguments(node: CallNode): string[] {
    return node.arguments.map((argument) => this.expression(argument));
  }

  #cast(node: CallNode): string {
    const [operand] = node.arguments;
    if (operand === undefined || node.type === undefined) {
      throw invalidQuery("A cast needs a value and a type.", "Give it both.");
    }
    return `cast(${this.expression(operand)} as ${this.requiredCastType(node.type)})`;
  }

  protected requiredCastType(type: ColumnType): string {
    const name = this.castType(type);
    if (name !== undefined) return name;
    throw new LimpidError("LMP_ORM_UNSUPPORTED", `${this.database} cannot cast to this type.`, {
      found: type.kind === "custom" ? `the custom type ${JSON.stringify(type.name)}` : type.kind,
      fix: "Cast to a type that the database has, or write the cast with the sql tag.",
    });
  }

  #window(node: WindowNode): string {
    const parts: string[] = [];
    if (node.partitionBy.length > 0) parts.push(`partition by ${this.expressions(node.partitionBy)}`);
    if (node.orderBy.length > 0) parts.push(`order by ${this.orders(node.orderBy)}`);
    if (node.frame !== undefined) parts.push(this.frame(node.frame));
    return parts.join(" ");
  }

  protected frame(node: FrameNode): string {
    const from = node.from === "unbounded" ? "unbounded preceding" : bound(node.from);
    const to = node.to === "unbounded" ? "unbounded following" : bound(node.to);
    return `${node.unit} between ${from} and ${to}`;
  }

  protected orders(nodes: readonly OrderNode[]): string {
    return nodes.map((node) => this.order(node)).join(", ");
  }

  protected order(node: OrderNode): string {
    const nulls = node.nulls === undefined ? "" : ` nulls ${node.nulls}`;
    return this.orderKey(node) + (node.descending ? " desc" : "") + nulls;
  }

  protected orderKey(node: OrderNode): string {
    return this.expression(node.expression);
  }
}

/** The bounds of frames are the one number that databases want written out. */
function bound(rows: number): string {
  if (!Number.isSafeInteger(rows)) {
    throw invalidQuery("The bound of a frame is not a whole number.", "Give a whole number of rows.");
  }
  if (rows === 0) return "current row";
  return rows < 0 ? `${-rows} preceding` : `${rows} following`;
}
