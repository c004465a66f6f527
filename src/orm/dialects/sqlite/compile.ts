/** Writes statements for SQLite: lists as JSON, no locks, decimals kept as text. */
import type { CompiledStatement, Form } from "../../compiler/compiled.ts";
import { Compiler } from "../../compiler/compiler.ts";
import { paddedShape, WHOLE } from "../../compiler/list-shape.ts";
import { CONCATENATION, PRIMARY, PRODUCT } from "../../compiler/precedence.ts";
import { invalidQuery, unsupported } from "../../compiler/refusals.ts";
import { leftmost, outputPosition, withNames } from "../../compiler/set-columns.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { ColumnDefinition } from "../../model/definition.ts";
import { expressionType } from "../../query/expression-type.ts";
import type {
  ArithmeticNode,
  BetweenNode,
  CallNode,
  ComparisonNode,
  ExpressionNode,
  InNode,
  InsertNode,
  JoinNode,
  JsonPathNode,
  LikeNode,
  OrderNode,
  ParameterListNode,
  ParameterNode,
  QueryNode,
  SetOperationNode,
  StatementNode,
} from "../../query/nodes.ts";
import { castType } from "./cast-type.ts";
import {
  comparesAsNumbers,
  type DecimalType,
  givesNumber,
  isComputedDecimal,
  isDecimal,
} from "./decimal-text.ts";
import { globPattern } from "./glob-pattern.ts";
import { jsonList } from "./json-list.ts";
import { jsonPath } from "./json-path.ts";
import { quote } from "./quote.ts";

const DATABASE = "SQLite";

/** Of one value: written out, twice as fast. Of more: one JSON text, as fast and one statement for all lengths. */
export function listShape(list: ParameterListNode, rows: boolean): number {
  const kind = list.type?.kind;
  // JSON has no bytes, which a custom type may be encoded to, and a value without a type may be.
  if (rows || kind === undefined || kind === "bytes" || kind === "custom") return paddedShape(list);
  return list.values.length < 2 ? list.values.length : WHOLE;
}

class SqliteCompiler extends Compiler {
  protected override readonly database = DATABASE;
  protected override readonly listShape = listShape;
  protected override readonly maxPlaceholders = 32_766;
  protected override readonly limitForOffset = "-1";
  protected override readonly functionNames = { greatest: "max", least: "min", substring: "substr" } as const;

  protected override quote(identifier: string): string {
    return quote(identifier);
  }

  /**
   * Numbers are bound as REAL, and what is computed from one is: halves where whole numbers are divided, `5.0` as
   * text. So a whole number is cast, but where it is only compared, stored or counted by.
   */
  protected override parameter(node: ParameterNode, form?: Form): string {
    const text = super.parameter(node, form);
    const isInteger = node.type !== undefined && castType(node.type) === "integer";
    return isInteger && form === undefined ? `cast(${text} as integer)` : text;
  }

  #compared(node: ExpressionNode): string {
    return node.kind === "parameter" ? this.bind(node) : this.operand(node, CONCATENATION);
  }

  protected override assigned(value: ExpressionNode, column?: ColumnDefinition): string {
    if (value.kind === "parameter") return this.bind(value);
    const { type } = column ?? {};
    if (!isDecimal(type) || !isComputedDecimal(value)) return this.expression(value);
    return decimalText(this.expression(value), type);
  }

  protected override limit(node: ExpressionNode): string {
    return this.assigned(node);
  }

  protected override comparison(node: ComparisonNode): string {
    if (comparesAsNumbers(node)) {
      return `${this.#number(node.left)} ${operator(node)} ${this.#number(node.right)}`;
    }
    return `${this.#compared(node.left)} ${operator(node)} ${this.#compared(node.right)}`;
  }

  protected override between(node: BetweenNode): string {
    const { high, low, operand } = node;
    if (![high, low, operand].some((bound) => isDecimal(expressionType(bound)))) {
      return `${this.#compared(operand)} between ${this.#compared(low)} and ${this.#compared(high)}`;
    }
    return `${this.#number(operand)} between ${this.#number(low)} and ${this.#number(high)}`;
  }

  protected override arithmetic(node: ArithmeticNode): string {
    const isText = isDecimal(expressionType(node.left)) || isDecimal(expressionType(node.right));
    // Texts that look like whole numbers would be divided as such.
    if (node.operator !== "/" || !isText) return super.arithmetic(node);
    return `${this.#number(node.left, PRODUCT)} / ${this.#number(node.right, PRIMARY)}`;
  }

  /** Decimals are kept as text, which is in order by its characters. */
  #number(node: ExpressionNode, level = CONCATENATION): string {
    return givesNumber(node) ? this.operand(node, level) : `cast(${this.assigned(node)} as real)`;
  }

  protected override inWhole(left: string, list: ParameterListNode, node: InNode): string {
    const values = this.bind(list, { item: "all", form: jsonList });
    const value = isComputedDecimal(node.left) ? "cast(value as real)" : "value";
    return `${left} ${node.negated ? "not " : ""}in (select ${value} from json_each(${values}))`;
  }

  protected override beforeQuery(node: ExpressionNode, query: QueryNode): string {
    return isOfNumbers(node, query) ? this.#number(node) : super.beforeQuery(node, query);
  }

  protected override queryOfList(left: ExpressionNode, query: QueryNode): string {
    const [column] = leftmost(query).columns;
    if (column === undefined || !isOfNumbers(left, query)) return this.query(query);
    const { alias = "value" } = column;
    return `select cast(${this.quote(alias)} as real) from (${this.query(withNames(query, [alias]))})`;
  }

  protected override beforeList(node: ExpressionNode): string {
    return isComputedDecimal(node) ? this.#number(node) : super.beforeList(node);
  }

  protected override listItem(list: ParameterListNode, item: number, neighbour: ExpressionNode): string {
    const text = super.listItem(list, item, neighbour);
    return isComputedDecimal(neighbour) ? `cast(${text} as real)` : text;
  }

  protected override inRows(
    list: ParameterListNode,
    items: readonly ExpressionNode[],
    count: number,
  ): string {
    return `values ${super.inRows(list, items, count)}`;
  }

  /** SQLite's LIKE has no regard to case, of ASCII; GLOB has. Both find prefixes through an index. */
  protected override like(node: LikeNode): string {
    const { insensitive, pattern } = node;
    const operand = `${this.operand(node.operand, CONCATENATION)}${node.negated ? " not" : ""}`;
    if (insensitive) return `${operand} like ${this.operand(pattern, CONCATENATION)} escape '\\'`;
    if (pattern.kind === "parameter") return `${operand} glob ${this.parameter(pattern, globPattern)}`;
    const fix = "Bind the pattern as a value, or compare without regard to case.";
    throw unsupported(DATABASE, "LIKE that has regard to case, for a pattern that is computed", fix);
  }

  protected override jsonPath(node: JsonPathNode): string {
    const kind = node.type?.kind ?? "text";
    if (kind === "json") return `(${this.#found(node, "->")})`;
    if (kind === "boolean") return `(${this.#found(node, "->>")})`;
    // The true of JSON is 1 for SQLite, and its text is "true".
    const truths = kind === "text" ? this.#truths(node) : "";
    const cast = `cast(${this.#found(node, "->>")} as ${this.requiredCastType(node.type ?? { kind: "text" })})`;
    return truths === "" ? cast : `case ${truths} else ${cast} end`;
  }

  #truths(node: JsonPathNode): string {
    const operand = this.expression(node.operand);
    const type = `json_type(${operand}, ${this.#path(node)})`;
    return `${type} when 'true' then 'true' when 'false' then 'false'`;
  }

  #found(node: JsonPathNode, operator: "->" | "->>"): string {
    const operand = this.operand(node.operand, PRIMARY);
    return `${operand} ${operator} ${this.#path(node)}`;
  }

  #path(node: JsonPathNode): string {
    return this.bind(node.path, { item: "all", form: jsonPath });
  }

  protected override callArguments(node: CallNode): string[] {
    if (!numericFunctions.has(node.name)) return super.callArguments(node);
    return node.arguments.map((argument) =>
      isDecimal(expressionType(argument)) ? this.#number(argument, 0) : this.expression(argument),
    );
  }

  protected override orderKey(node: OrderNode): string {
    const { expression } = node;
    return isDecimal(expressionType(expression)) ? this.#number(expression, 0) : this.expression(expression);
  }

  protected override castType(type: ColumnType): string | undefined {
    return castType(type);
  }

  /** Timestamps are milliseconds since 1970. */
  protected override now(): string {
    return "cast(round(unixepoch('subsec') * 1000) as integer)";
  }

  protected override distinctOn(): string {
    const fix = "Number the rows with rowNumber() over a partition, and keep those with number 1.";
    throw unsupported(DATABASE, "DISTINCT ON", fix);
  }

  protected override join(node: JoinNode): string {
    if (!node.lateral) return super.join(node);
    const fix = "Use a sub-query in the columns, or number the rows with rowNumber() over a partition.";
    throw unsupported(DATABASE, "LATERAL joins", fix);
  }

  protected override lock(): string {
    const fix = "Leave the lock out: a transaction that writes has the whole database to itself.";
    throw unsupported(DATABASE, "row locks", fix);
  }

  /** SQLite takes no parentheses there. */
  protected override nestedSide(query: string): string {
    return `select * from (${query})`;
  }

  /** The order of a compound is by its columns as they are; decimals have to be ordered from outside. */
  protected override setOperation(node: SetOperationNode): string {
    const isByDecimals = node.orderBy.some(({ expression }) => isDecimal(expressionType(expression)));
    if (!isByDecimals) return super.setOperation(node);
    const plain = super.setOperation({ ...node, orderBy: [], limit: undefined, offset: undefined });
    const orders = node.orderBy.map((order) => this.#outerOrder(order, node)).join(", ");
    return `select * from (${plain}) order by ${orders}${this.limits(node.limit, node.offset)}`;
  }

  #outerOrder(order: OrderNode, node: SetOperationNode): string {
    const { columns } = leftmost(node);
    const position = outputPosition(order.expression, columns);
    if (!isDecimal(expressionType(order.expression))) return this.setOrder(order, columns);
    const alias = columns[position]?.alias;
    if (alias === undefined)
      throw invalidQuery("A union is ordered by a decimal without a name.", "Name it.");
    const nulls = order.nulls === undefined ? "" : ` nulls ${order.nulls}`;
    return `cast(${this.quote(alias)} as real)${order.descending ? " desc" : ""}${nulls}`;
  }

  protected override cell(cell: ExpressionNode | undefined, column: ColumnDefinition | undefined): string {
    if (cell !== undefined) return super.cell(cell, column);
    throw unsupported(
      DATABASE,
      "DEFAULT among the values of a row",
      "Insert rows of the same columns together.",
    );
  }

  protected override emptyRows(node: InsertNode, count: number): string {
    if (count === 1) return super.emptyRows(node, count);
    throw unsupported(DATABASE, "insert of several rows without values", "Insert them one by one.");
  }

  /** Decimals that the query has computed become texts. */
  #withDecimalTexts(query: QueryNode, columns: readonly ColumnDefinition[]): string {
    const names = columns.map((_, index) => `c${index}`);
    const selected = leftmost(query).columns;
    const isKept = ({ type }: ColumnDefinition, index: number): boolean => {
      const expression = selected[index]?.expression;
      return !isDecimal(type) || expression === undefined || !isComputedDecimal(expression);
    };
    if (columns.every(isKept)) return this.query(query);
    const texts = columns.map((column, index) => {
      const name = this.quote(selected[index]?.alias ?? names[index] ?? "");
      return isDecimal(column.type) ? decimalText(name, column.type) : name;
    });
    return `select ${texts.join(", ")} from (${this.query(withNames(query, names))})`;
  }

  /** `ON CONFLICT` behind a FROM would be read as the condition of a join. */
  protected override insertedQuery(query: QueryNode, node: InsertNode): string {
    const text = this.#withDecimalTexts(query, node.columns);
    const isClear = node.conflict === undefined || (query.kind === "select" && query.where !== undefined);
    return isClear ? text : `select * from (${text}) where true`;
  }
}

/** Whether decimals are looked for among others as numbers: where one of the two was computed. */
function isOfNumbers(left: ExpressionNode, query: QueryNode): boolean {
  const [column] = leftmost(query).columns;
  return isComputedDecimal(left) || (column !== undefined && isComputedDecimal(column.expression));
}

/** A number as a column of decimals keeps it; null stays null. */
function decimalText(number: string, { scale }: DecimalType): string {
  return `(select printf('%.${scale}f', "value") from (select ${number} as "value") where "value" is not null)`;
}

const numericFunctions: ReadonlySet<string> = new Set([
  "sum",
  "avg",
  "min",
  "max",
  "abs",
  "round",
  "greatest",
  "least",
]);

function operator(node: ComparisonNode): string {
  if (node.operator === "is distinct from") return "is not";
  return node.operator === "is not distinct from" ? "is" : node.operator;
}

/**
 * Writes a statement for SQLite. Throws `LMP_ORM_UNSUPPORTED` for what SQLite does not have, `LMP_ORM_QUERY_INVALID`,
 * `LMP_ORM_IDENTIFIER_INVALID`.
 */
export function compile(statement: StatementNode): CompiledStatement {
  return new SqliteCompiler().compile(statement);
}
