/** Writes statements for MySQL and MariaDB: what both have, and RETURNING, which is MariaDB's. */
import type { CompiledStatement, Form } from "../../compiler/compiled.ts";
import { Compiler } from "../../compiler/compiler.ts";
import { paddedShape } from "../../compiler/list-shape.ts";
import { CONCATENATION, NOT, PRIMARY } from "../../compiler/precedence.ts";
import { invalidQuery, unsupported } from "../../compiler/refusals.ts";
import { outputPosition } from "../../compiler/set-columns.ts";
import type { ColumnType } from "../../model/column-type.ts";
import { expressionType } from "../../query/expression-type.ts";
import type {
  ArithmeticNode,
  CallNode,
  ComparisonNode,
  ConflictNode,
  ExpressionNode,
  FrameNode,
  InsertNode,
  JoinNode,
  JsonPathNode,
  LikeNode,
  LockNode,
  OrderNode,
  ParameterListNode,
  ParameterNode,
  ProjectionNode,
  QueryNode,
  StatementNode,
  UpdateNode,
} from "../../query/nodes.ts";
import { castType } from "./cast-type.ts";
import { jsonPath } from "./json-path.ts";
import { quote } from "./quote.ts";

const DATABASE = "MySQL or MariaDB";

/** Lists are written out. */
export const listShape = paddedShape;

class MysqlCompiler extends Compiler {
  protected override readonly database = DATABASE;
  protected override readonly listShape = listShape;
  protected override readonly maxPlaceholders = 65_535;
  /** More rows than there can be: there is no word for all. */
  protected override readonly limitForOffset = "18446744073709551615";
  protected override readonly functionNames = { length: "char_length" } as const;
  /** Whether what is being written is inside of a query. */
  #isInQuery = false;

  protected override quote(identifier: string): string {
    return quote(identifier);
  }

  /** WITH stands before a query, not before a statement that writes. */
  protected override query(node: QueryNode): string {
    if (this.#isInQuery) return super.query(node);
    this.#isInQuery = true;
    const text = super.with(node) + super.query(node);
    this.#isInQuery = false;
    return text;
  }

  protected override with(): string {
    return "";
  }

  protected override level(node: ExpressionNode): number {
    if (node.kind === "comparison" && node.operator === "is distinct from") return NOT;
    const isConcatenation = node.kind === "arithmetic" && node.operator === "||";
    return isConcatenation ? PRIMARY : super.level(node);
  }

  /** What goes as text is told its type: beside a text it would be compared as one, in a list as a floating number. */
  protected override parameter(node: ParameterNode, form?: Form): string {
    return this.#typed(super.parameter(node, form), node.type);
  }

  /** MariaDB has no LIMIT there; in a query of its own it has. */
  protected override queryOfList(_left: ExpressionNode, query: QueryNode): string {
    const isCut = query.limit !== undefined || query.offset !== undefined;
    return isCut ? `select * from (${this.query(query)}) as ${this.quote("cut")}` : this.query(query);
  }

  protected override listItem(list: ParameterListNode, item: number): string {
    return this.#typed(this.bind(list, { item }), list.type);
  }

  #typed(placeholder: string, type: ColumnType | undefined): string {
    return type !== undefined && goesAsText.has(type.kind)
      ? `cast(${placeholder} as ${this.requiredCastType(type)})`
      : placeholder;
  }

  protected override assigned(value: ExpressionNode): string {
    return value.kind === "parameter" ? this.bind(value) : this.expression(value);
  }

  protected override comparison(node: ComparisonNode): string {
    const { operator } = node;
    const left = this.#compared(node.left, node.right);
    const right = this.#compared(node.right, node.left);
    if (operator === "is distinct from") return `not (${left} <=> ${right})`;
    return `${left} ${operator === "is not distinct from" ? "<=>" : operator} ${right}`;
  }

  /** The two of a comparison take the type of a column. */
  #compared(node: ExpressionNode, neighbour: ExpressionNode): string {
    const isOfColumn = node.kind === "parameter" && isColumn(neighbour);
    return isOfColumn ? this.bind(node) : this.operand(node, CONCATENATION);
  }

  protected override arithmetic(node: ArithmeticNode): string {
    // There `||` is OR.
    if (node.operator === "||") return `concat(${this.expressions([node.left, node.right])})`;
    return super.arithmetic(node);
  }

  /** The quotient of whole numbers is whole elsewhere. */
  protected override arithmeticOperator(node: ArithmeticNode): string {
    const isOfWhole = isWhole(expressionType(node.left)) && isWhole(expressionType(node.right));
    return node.operator === "/" && isOfWhole ? "div" : node.operator;
  }

  protected override inWhole(left: string): string {
    return left;
  }

  /** Compared by code points, whatever the collation of the column; the backslash as a number fits every mode. */
  protected override like(node: LikeNode): string {
    const operator = node.negated ? "not like" : "like";
    const sides = node.insensitive
      ? `lower(${this.expression(node.operand)}) ${operator} lower(${this.expression(node.pattern)})`
      : `${this.operand(node.operand, CONCATENATION)} ${operator} ${this.operand(node.pattern, PRIMARY)}`;
    return `${sides} collate utf8mb4_bin escape x'5c'`;
  }

  protected override jsonPath(node: JsonPathNode): string {
    if (node.type?.kind === "json") return this.#found(node);
    const text = this.#foundText(node);
    if (node.type === undefined || node.type.kind === "text") return text;
    if (node.type.kind === "boolean") return `(${text} = 'true')`;
    return `cast(${text} as ${this.requiredCastType(node.type)})`;
  }

  /** The null of JSON is not the text "null"; NULLIF cannot tell, for MariaDB misses what it looks up twice. */
  #foundText(node: JsonPathNode): string {
    const type = `json_type(${this.#found(node)})`;
    return `case ${type} when 'NULL' then null else json_unquote(${this.#found(node)}) end`;
  }

  #found(node: JsonPathNode): string {
    const operand = this.expression(node.operand);
    return `json_extract(${operand}, ${this.bind(node.path, { item: "all", form: jsonPath })})`;
  }

  /** There is no FILTER; aggregates pass over nulls. */
  protected override call(node: CallNode): string {
    if (node.filter === undefined) return super.call(node);
    const result = node.arguments[0] ?? ONE;
    const argument: ExpressionNode = {
      kind: "case",
      branches: [{ when: node.filter, result }],
      otherwise: undefined,
      type: expressionType(result),
    };
    return super.call({ ...node, filter: undefined, arguments: [argument, ...node.arguments.slice(1)] });
  }

  protected override invocation(node: CallNode): string {
    // CONCAT is null if one of its arguments is; elsewhere it passes over nulls.
    if (node.name === "concat") return `concat_ws('', ${this.expressions(node.arguments)})`;
    if ((node.name === "lag" || node.name === "lead") && node.arguments.length > 2) {
      throw unsupported("MariaDB", "default for lag() and lead()", "Put coalesce() around the call.");
    }
    return super.invocation(node);
  }

  /** The mean of whole numbers and decimals has four digits more than they have, of floating numbers all there are. */
  protected override callArguments(node: CallNode): string[] {
    const texts = super.callArguments(node);
    return node.name === "avg" ? texts.map((text) => `cast(${text} as double)`) : texts;
  }

  protected override castType(type: ColumnType): string | undefined {
    return castType(type);
  }

  protected override now(): string {
    return "now(3)";
  }

  protected override frame(node: FrameNode): string {
    if (node.unit !== "groups") return super.frame(node);
    throw unsupported(DATABASE, "frames of groups", "Use a frame of rows or a range.");
  }

  protected override distinctOn(): string {
    const fix = "Number the rows with rowNumber() over a partition, and keep those with number 1.";
    throw unsupported(DATABASE, "DISTINCT ON", fix);
  }

  protected override join(node: JoinNode): string {
    if (node.lateral) {
      const fix = "Use a sub-query in the columns, or number the rows with rowNumber() over a partition.";
      throw unsupported("MariaDB", "LATERAL joins", fix);
    }
    if (node.type !== "full") return super.join(node);
    throw unsupported(DATABASE, "FULL JOIN", "Unite a left join with a right join.");
  }

  protected override lock(node: LockNode): string {
    const strength = node.strength === "update" ? "for update" : "lock in share mode";
    return node.wait === "wait" ? strength : `${strength} ${node.wait}`;
  }

  /** Nulls are the smallest values; a term before the key puts them elsewhere. */
  protected override order(node: OrderNode): string {
    return orderWithNulls(node, () => this.orderKey(node));
  }

  protected override setOrder(node: OrderNode, columns: readonly ProjectionNode[]): string {
    const position = outputPosition(node.expression, columns);
    const alias = columns[position]?.alias;
    if (alias !== undefined) return orderWithNulls(node, () => this.quote(alias));
    if (node.nulls === undefined) return super.setOrder(node, columns);
    throw invalidQuery("The nulls of a column without a name are to be ordered.", "Name the column.");
  }

  protected override emptyRows(_node: InsertNode, count: number): string {
    return `() values ${Array(count).fill("()").join(", ")}`;
  }

  protected override conflict(node: ConflictNode, insert: InsertNode): string {
    if (node.where !== undefined) {
      const fix = "Leave the condition out, or update in a second statement.";
      throw unsupported(DATABASE, "condition for the update of an upsert", fix);
    }
    if (node.action !== "nothing") return `on duplicate key update ${this.assignments(node.action)}`;
    // INSERT IGNORE would pass over every other error too. A column that keeps its value is no update.
    const [column] = [...node.columns, ...insert.table.primaryKey, ...insert.table.columns];
    if (column === undefined) throw invalidQuery("A table has no columns.", "Declare one.");
    const name = `${this.quote(insert.table.name)}.${this.quote(column.name)}`;
    return `on duplicate key update ${name} = ${name}`;
  }

  protected override excluded(column: string): string {
    return `values(${column})`;
  }

  protected override update(node: UpdateNode): string {
    if (node.returning.length === 0) return super.update(node);
    throw unsupported(DATABASE, "RETURNING for an update", "Select the rows in the same transaction.");
  }
}

/** Decimals, days and times are bound as text. */
const goesAsText: ReadonlySet<ColumnType["kind"]> = new Set(["numeric", "date", "time", "timestamp"]);

const ONE: ExpressionNode = { kind: "raw", texts: ["1"], parts: [], type: { kind: "integer" } };

function isColumn({ kind }: ExpressionNode): boolean {
  return kind === "column" || kind === "derived-column" || kind === "excluded";
}

function isWhole(type: ColumnType | undefined): boolean {
  return type?.kind === "integer" || type?.kind === "bigint";
}

/** The key is written twice where a term is needed. */
function orderWithNulls(node: OrderNode, key: () => string): string {
  const natural = node.descending ? "last" : "first";
  const direction = node.descending ? " desc" : "";
  if (node.nulls === undefined || node.nulls === natural) return key() + direction;
  return `${key()} is ${node.nulls === "last" ? "" : "not "}null, ${key()}${direction}`;
}

/**
 * Writes a statement for MySQL or MariaDB. Throws `LMP_ORM_UNSUPPORTED` for what one of them does not have,
 * `LMP_ORM_QUERY_INVALID`, `LMP_ORM_IDENTIFIER_INVALID`.
 */
export function compile(statement: StatementNode): CompiledStatement {
  return new MysqlCompiler().compile(statement);
}
