/** Random trees of every kind of node, in which parts stand at several places now and then. */
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../../../src/orm/model/definition.ts";
import type {
  AssignmentNode,
  CallNode,
  ConflictNode,
  DerivedNode,
  ExpressionNode,
  FunctionName,
  JoinNode,
  OrderNode,
  ParameterNode,
  ProjectionNode,
  QueryNode,
  SelectNode,
  SourceNode,
  StatementNode,
  WindowNode,
} from "../../../src/orm/query/nodes.ts";
import type { Random } from "../../http/threats/random.ts";
import { posts, users } from "../compiler/tables.ts";
import { tables } from "./mutations.ts";

const comparisons = ["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"] as const;
const operators = ["+", "-", "*", "/", "%", "||"] as const;
const functions = "count sum avg min max coalesce lower length concat abs round lag lead rank now cast".split(
  " ",
);
const names = ["a", "b", "ab", "1:a", ".", ";", "c1;", "é"];

/** What stands behind `type` decides which types values have. */
export class Trees {
  readonly #random: Random;
  readonly #types: readonly (ColumnType | undefined)[];
  readonly #valueFor: (type: ColumnType | undefined) => unknown;
  /** Parts that may come again. */
  #known: ExpressionNode[] = [];
  #commons: DerivedNode[] = [];

  constructor(
    random: Random,
    types: readonly (ColumnType | undefined)[],
    valueFor: (type: ColumnType | undefined) => unknown,
  ) {
    this.#random = random;
    this.#types = types;
    this.#valueFor = valueFor;
  }

  statement(): StatementNode {
    this.#known = [];
    this.#commons = [];
    const kind = this.#random.below(10);
    if (kind === 0) return this.#insert();
    if (kind === 1) {
      const assignments = this.#assignments(1);
      return {
        kind: "update",
        table: users,
        assignments,
        where: this.#maybe(2),
        returning: this.#returning(),
      };
    }
    if (kind === 2)
      return { kind: "delete", table: users, where: this.#maybe(2), returning: this.#returning() };
    return this.query(3);
  }

  query(depth: number): QueryNode {
    const random = this.#random;
    if (depth > 0 && random.oneIn(6)) {
      const operator = random.pick(["union", "union all", "intersect", "except"] as const);
      const [left, right] = [this.query(depth - 1), this.query(depth - 1)];
      const [limit, offset] = [this.#limit(), this.#limit()];
      return { kind: "set-operation", operator, left, right, orderBy: [], limit, offset };
    }
    return this.#select(depth);
  }

  #select(depth: number): SelectNode {
    const random = this.#random;
    const columns = this.#columns(depth);
    const selected = columns.map(({ expression }) => expression);
    const again = (): ExpressionNode =>
      random.oneIn(2) && selected.length > 0 ? random.pick(selected) : this.expression(depth - 1);
    return {
      kind: "select",
      columns,
      distinct: random.oneIn(6),
      distinctOn: random.oneIn(12) ? [again()] : [],
      from: random.oneIn(9) ? undefined : this.#source(depth - 1),
      joins: random.oneIn(4) ? [this.#join(depth - 1)] : [],
      where: this.#maybe(depth),
      groupBy: random.oneIn(4) ? this.#list(1, 2, again) : [],
      having: random.oneIn(6) ? again() : undefined,
      orderBy: random.oneIn(3) ? this.#list(1, 2, () => this.#order(again())) : [],
      limit: this.#limit(),
      offset: this.#limit(),
      lock: random.oneIn(12)
        ? {
            strength: random.pick(["update", "share"] as const),
            wait: random.pick(["wait", "nowait", "skip locked"] as const),
          }
        : undefined,
    };
  }

  #columns(depth: number): readonly ProjectionNode[] {
    const columns = this.#list(1, 3, (): ProjectionNode => {
      const alias = this.#random.oneIn(2) ? undefined : this.#random.pick(names);
      return { expression: this.expression(depth - 1), alias };
    });
    return this.#random.oneIn(3) ? Object.freeze(columns) : columns;
  }

  #source(depth: number): SourceNode {
    const random = this.#random;
    const alias = random.oneIn(2) ? undefined : random.pick(names);
    if (depth <= 0 || random.oneIn(2)) return { kind: "table", table: random.pick(tables), alias };
    const known = this.#commons.length > 0 && random.oneIn(2);
    if (known) return random.pick(this.#commons);
    const query = this.query(depth - 1);
    const recursion = random.oneIn(6) ? { query: this.query(depth - 1), all: random.oneIn(2) } : undefined;
    const common = random.oneIn(2);
    const node: DerivedNode = {
      kind: "derived",
      alias: common ? `common${this.#commons.length}` : random.pick(names),
      query,
      common,
      recursion: common ? recursion : undefined,
      columns: this.#list(1, 2, () => random.pick(names)),
    };
    if (common) this.#commons.push(node);
    return node;
  }

  #join(depth: number): JoinNode {
    const random = this.#random;
    return {
      type: random.pick(["inner", "left", "right", "full", "cross"] as const),
      source: random.oneIn(9) ? { kind: "common-reference", alias: random.pick(names) } : this.#source(depth),
      on: this.#maybe(depth),
      lateral: random.oneIn(9),
    };
  }

  expression(depth: number): ExpressionNode {
    const random = this.#random;
    if (this.#known.length > 0 && random.oneIn(8)) return random.pick(this.#known);
    const made = depth <= 0 || random.oneIn(4) ? this.#leaf() : this.#inner(depth - 1);
    this.#known.push(made);
    return made;
  }

  #leaf(): ExpressionNode {
    const random = this.#random;
    const kind = random.below(8);
    if (kind < 3) return this.parameter();
    if (kind < 6) return this.#column();
    const type = random.pick(this.#types);
    if (kind === 6)
      return { kind: "derived-column", alias: random.pick(names), name: random.pick(names), type };
    return { kind: "excluded", column: this.#definition() };
  }

  parameter(): ParameterNode {
    const type = this.#random.pick(this.#types);
    return { kind: "parameter", type, value: this.#valueFor(type) };
  }

  #column(): ExpressionNode {
    const table: TableDefinition = this.#random.pick([users, posts]);
    const alias = this.#random.oneIn(3) ? this.#random.pick(names) : undefined;
    return { kind: "column", table, column: this.#random.pick(table.columns), alias };
  }

  #definition(): ColumnDefinition {
    return this.#random.pick(users.columns);
  }

  #inner(depth: number): ExpressionNode {
    const random = this.#random;
    const one = (): ExpressionNode => this.expression(depth);
    const negated = random.oneIn(2);
    switch (random.below(16)) {
      case 0:
      case 1:
        return { kind: "comparison", operator: random.pick(comparisons), left: one(), right: one() };
      case 2:
        return { kind: "arithmetic", operator: random.pick(operators), left: one(), right: one() };
      case 3:
      case 4:
        return {
          kind: "logical",
          operator: random.pick(["and", "or"] as const),
          operands: this.#list(0, 3, one),
        };
      case 5:
        return { kind: "not", operand: one() };
      case 6:
        return { kind: "is-null", operand: one(), negated };
      case 7:
        return { kind: "in", left: one(), negated, right: this.#listOrQuery(depth) };
      case 8:
        return { kind: "between", operand: one(), low: one(), high: one() };
      case 9:
        return this.#like(one(), negated);
      case 10:
        return this.#case(depth);
      case 11:
        return { kind: "exists", query: this.query(depth), negated };
      case 12:
        return { kind: "scalar", query: this.query(depth), type: random.pick(this.#types) };
      case 13:
        return this.#jsonPath(one());
      case 14:
        return this.#raw(depth);
      default:
        return this.#call(depth);
    }
  }

  #like(operand: ExpressionNode, negated: boolean): ExpressionNode {
    const type = { kind: "text" } as const;
    const pattern: ParameterNode = { kind: "parameter", type, value: this.#valueFor(type) };
    return { kind: "like", operand, pattern, insensitive: this.#random.oneIn(2), negated };
  }

  #listOrQuery(depth: number): Extract<ExpressionNode, { kind: "in" }>["right"] {
    if (this.#random.oneIn(4)) return this.query(depth);
    const type = this.#random.pick(this.#types);
    const length = this.#random.pick([0, 1, 2, 3, 4, 5, 8, 9]);
    return { kind: "parameter-list", type, values: Array.from({ length }, () => this.#valueFor(type)) };
  }

  #case(depth: number): ExpressionNode {
    const one = (): ExpressionNode => this.expression(depth);
    const branches = this.#list(1, 2, () => ({ when: one(), result: one() }));
    const otherwise = this.#random.oneIn(2) ? one() : undefined;
    return { kind: "case", branches, otherwise, type: this.#random.pick(this.#types) };
  }

  #jsonPath(operand: ExpressionNode): ExpressionNode {
    const value = this.#random.pick([["a"], ["a", 0], [0, "b", "c"]]);
    const path: ParameterNode = { kind: "parameter", value, type: undefined };
    return { kind: "json-path", operand, path, type: this.#random.pick(this.#types) };
  }

  #raw(depth: number): ExpressionNode {
    const random = this.#random;
    const parts = this.#list(0, 2, () =>
      random.oneIn(3)
        ? ({ kind: "identifier", path: this.#list(1, 2, () => random.pick(names)) } as const)
        : random.oneIn(3)
          ? this.#source(0)
          : this.expression(depth),
    );
    const texts = Array.from({ length: parts.length + 1 }, () =>
      random.pick(["", "f(", ")", " x ", ":", "n"]),
    );
    return { kind: "raw", texts, parts, type: random.pick(this.#types) };
  }

  #call(depth: number): CallNode {
    const random = this.#random;
    const name = random.pick(functions) as FunctionName;
    return {
      kind: "call",
      name,
      arguments: this.#list(name === "cast" ? 1 : 0, 3, () => this.expression(depth)),
      distinct: random.oneIn(4),
      filter: random.oneIn(4) ? this.expression(depth) : undefined,
      over: random.oneIn(4) ? this.#window(depth) : undefined,
      type: random.pick(this.#types),
    };
  }

  #window(depth: number): WindowNode {
    const random = this.#random;
    const bound = (): number | "unbounded" => random.pick([-2, -1, 0, 1, 12, "unbounded"] as const);
    return {
      partitionBy: this.#list(0, 2, () => this.expression(depth)),
      orderBy: this.#list(0, 2, () => this.#order(this.expression(depth))),
      frame: random.oneIn(2)
        ? { unit: random.pick(["rows", "range", "groups"] as const), from: bound(), to: bound() }
        : undefined,
    };
  }

  #order(expression: ExpressionNode): OrderNode {
    const nulls = this.#random.pick([undefined, "first", "last"] as const);
    return { expression, descending: this.#random.oneIn(2), nulls };
  }

  #insert(): StatementNode {
    const random = this.#random;
    const columns = users.columns.slice(0, random.between(1, 3));
    const cell = (column: ColumnDefinition): ExpressionNode | undefined => {
      if (random.oneIn(8)) return undefined;
      if (random.oneIn(6)) return this.expression(1);
      return { kind: "parameter", type: column.type, value: this.#valueFor(column.type) };
    };
    const rows = random.oneIn(6) ? this.query(1) : this.#list(1, 4, () => columns.map(cell));
    const conflict = random.oneIn(3) ? this.#conflict() : undefined;
    return { kind: "insert", table: users, columns, rows, conflict, returning: this.#returning() };
  }

  #conflict(): ConflictNode {
    const action = this.#random.oneIn(2) ? "nothing" : this.#assignments(1);
    return { columns: users.columns.slice(0, this.#random.below(3)), action, where: this.#maybe(1) };
  }

  #assignments(depth: number): AssignmentNode[] {
    return this.#list(1, 2, () => ({ column: this.#definition(), value: this.expression(depth) }));
  }

  #returning(): readonly ProjectionNode[] {
    return this.#random.oneIn(2) ? [] : this.#columns(1);
  }

  #maybe(depth: number): ExpressionNode | undefined {
    return this.#random.oneIn(2) ? this.expression(depth) : undefined;
  }

  #limit(): ParameterNode | undefined {
    if (!this.#random.oneIn(6)) return undefined;
    const type = { kind: "integer" } as const;
    return { kind: "parameter", type, value: this.#valueFor(type) };
  }

  #list<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: this.#random.between(least, most) }, make);
  }
}
