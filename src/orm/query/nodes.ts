/**
 * The tree of a query: immutable, without SQL. Builders make it, `fingerprint.ts` names its shape, the compiler of each
 * dialect writes it. What comes from outside is in a `ParameterNode` and nowhere else.
 */
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";

/** A table in a FROM. `alias` is what its columns are qualified with; absent, the table's own name. */
export interface TableNode {
  readonly kind: "table";
  readonly table: TableDefinition;
  readonly alias: string | undefined;
}

/** A query in a FROM; written in place, or once in WITH where it is a common table expression. */
export interface DerivedNode {
  readonly kind: "derived";
  readonly alias: string;
  readonly query: QueryNode;
  /** `false`: in place. `true`: in WITH under `alias`. */
  readonly common: boolean;
  /** What a recursive expression adds to its own rows; refers to them by a `CommonReferenceNode`. */
  readonly recursion: { readonly query: QueryNode; readonly all: boolean } | undefined;
  /** The names of its columns. */
  readonly columns: readonly string[];
}

/** A common table expression used in its own recursive part. */
export interface CommonReferenceNode {
  readonly kind: "common-reference";
  readonly alias: string;
}

export type SourceNode = TableNode | DerivedNode | CommonReferenceNode;

/** A value that is bound. `type` says how it is encoded; without, its JavaScript type does. */
export interface ParameterNode {
  readonly kind: "parameter";
  readonly value: unknown;
  readonly type: ColumnType | undefined;
}

/** The values of an `IN`. */
export interface ParameterListNode {
  readonly kind: "parameter-list";
  readonly values: readonly unknown[];
  readonly type: ColumnType | undefined;
}

/** A column of a model's table; `alias` as in the `TableNode` it belongs to. */
export interface ColumnNode {
  readonly kind: "column";
  readonly table: TableDefinition;
  readonly column: ColumnDefinition;
  readonly alias: string | undefined;
}

/** A column of a derived table or a common table expression, by name. */
export interface DerivedColumnNode {
  readonly kind: "derived-column";
  readonly alias: string;
  readonly name: string;
  readonly type: ColumnType | undefined;
}

export type ComparisonOperator =
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "is distinct from"
  | "is not distinct from";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "||";

export interface ComparisonNode {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface ArithmeticNode {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** `AND` or `OR` of any number of conditions; of none: true for `and`, false for `or`. */
export interface LogicalNode {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly operands: readonly ExpressionNode[];
}

export interface NotNode {
  readonly kind: "not";
  readonly operand: ExpressionNode;
}

export interface IsNullNode {
  readonly kind: "is-null";
  readonly operand: ExpressionNode;
  readonly negated: boolean;
}

/** `left IN (…)`. Of an empty list: false, and true where negated. */
export interface InNode {
  readonly kind: "in";
  readonly left: ExpressionNode;
  readonly right: ParameterListNode | QueryNode;
  readonly negated: boolean;
}

export interface BetweenNode {
  readonly kind: "between";
  readonly operand: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
}

/**
 * `LIKE`, which means the same in every dialect: `%`, `_`, escaped by `\`; case-sensitive unless `insensitive`.
 * `contains` and its kind have escaped their text already.
 */
export interface LikeNode {
  readonly kind: "like";
  readonly operand: ExpressionNode;
  readonly pattern: ExpressionNode;
  readonly insensitive: boolean;
  readonly negated: boolean;
}

/** The functions every dialect has, under one name; a compiler writes what its database calls them. */
export type FunctionName =
  | "count"
  | "sum"
  | "avg"
  | "min"
  | "max"
  | "coalesce"
  | "nullif"
  | "lower"
  | "upper"
  | "length"
  | "trim"
  | "substring"
  | "replace"
  | "concat"
  | "abs"
  | "round"
  | "now"
  | "greatest"
  | "least"
  | "cast"
  | "row_number"
  | "rank"
  | "dense_rank"
  | "percent_rank"
  | "ntile"
  | "lag"
  | "lead"
  | "first_value"
  | "last_value"
  | "nth_value";

/** A call. `count` without arguments is `count(*)`. */
export interface CallNode {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly arguments: readonly ExpressionNode[];
  readonly distinct: boolean;
  readonly filter: ExpressionNode | undefined;
  readonly over: WindowNode | undefined;
  /** The type of what it gives, for decoding; for `cast`, the target too. Absent: as the driver gives it. */
  readonly type: ColumnType | undefined;
}

export interface WindowNode {
  readonly partitionBy: readonly ExpressionNode[];
  readonly orderBy: readonly OrderNode[];
  readonly frame: FrameNode | undefined;
}

/** `ROWS BETWEEN … AND …`; a number of rows, or `"unbounded"`; negative is preceding, 0 the current row. */
export interface FrameNode {
  readonly unit: "rows" | "range" | "groups";
  readonly from: number | "unbounded";
  readonly to: number | "unbounded";
}

export interface CaseNode {
  readonly kind: "case";
  readonly branches: readonly { readonly when: ExpressionNode; readonly result: ExpressionNode }[];
  readonly otherwise: ExpressionNode | undefined;
  readonly type: ColumnType | undefined;
}

/** `EXISTS (…)`. */
export interface ExistsNode {
  readonly kind: "exists";
  readonly query: QueryNode;
  readonly negated: boolean;
}

/** A query that gives one value. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly query: QueryNode;
  readonly type: ColumnType | undefined;
}

/** Several expressions as one: `(a, b)`, for composite keys. */
export interface TupleNode {
  readonly kind: "tuple";
  readonly items: readonly ExpressionNode[];
}

/** `json -> path`: the text at a path of keys and positions. Each step is bound, never written into the SQL. */
export interface JsonPathNode {
  readonly kind: "json-path";
  readonly operand: ExpressionNode;
  /** A parameter whose value is the array of steps. */
  readonly path: ParameterNode;
  /** How what is found there is read. Default: as text. */
  readonly type: ColumnType | undefined;
}

/** `excluded.column` in an upsert: the value that could not be inserted. */
export interface ExcludedNode {
  readonly kind: "excluded";
  readonly column: ColumnDefinition;
}

/** What the `sql` tag made: one more text than parts. */
export interface RawNode {
  readonly kind: "raw";
  readonly texts: readonly string[];
  readonly parts: readonly (ExpressionNode | IdentifierNode | SourceNode)[];
  /** How its value is decoded. */
  readonly type: ColumnType | undefined;
}

/** A name that is quoted: `sql.id("users", "name")`. */
export interface IdentifierNode {
  readonly kind: "identifier";
  readonly path: readonly string[];
}

export type ExpressionNode =
  | ParameterNode
  | ColumnNode
  | DerivedColumnNode
  | ComparisonNode
  | ArithmeticNode
  | LogicalNode
  | NotNode
  | IsNullNode
  | InNode
  | BetweenNode
  | LikeNode
  | CallNode
  | CaseNode
  | ExistsNode
  | ScalarNode
  | TupleNode
  | JsonPathNode
  | ExcludedNode
  | RawNode;

export interface OrderNode {
  readonly expression: ExpressionNode;
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

export interface JoinNode {
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly source: SourceNode;
  readonly on: ExpressionNode | undefined;
  /** The right side may use columns of the left. Refused on SQLite. */
  readonly lateral: boolean;
}

/** One column of a result. */
export interface ProjectionNode {
  readonly expression: ExpressionNode;
  /** `AS` this; absent, where nobody reads results by name. */
  readonly alias: string | undefined;
}

export interface LockNode {
  readonly strength: "update" | "share";
  readonly wait: "wait" | "nowait" | "skip locked";
}

export interface SelectNode {
  readonly kind: "select";
  readonly columns: readonly ProjectionNode[];
  readonly distinct: boolean;
  /** `DISTINCT ON (…)`, PostgreSQL alone. */
  readonly distinctOn: readonly ExpressionNode[];
  readonly from: SourceNode | undefined;
  readonly joins: readonly JoinNode[];
  readonly where: ExpressionNode | undefined;
  readonly groupBy: readonly ExpressionNode[];
  readonly having: ExpressionNode | undefined;
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly offset: ExpressionNode | undefined;
  /** Refused on SQLite, where a transaction that writes has the whole database. */
  readonly lock: LockNode | undefined;
}

export interface SetOperationNode {
  readonly kind: "set-operation";
  readonly operator: "union" | "union all" | "intersect" | "except";
  readonly left: QueryNode;
  readonly right: QueryNode;
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly offset: ExpressionNode | undefined;
}

export type QueryNode = SelectNode | SetOperationNode;

export interface AssignmentNode {
  readonly column: ColumnDefinition;
  readonly value: ExpressionNode;
}

export interface ConflictNode {
  /** The columns of the unique key. Empty: any key, where the action is `nothing`. */
  readonly columns: readonly ColumnDefinition[];
  readonly action: "nothing" | readonly AssignmentNode[];
  readonly where: ExpressionNode | undefined;
}

export interface InsertNode {
  readonly kind: "insert";
  readonly table: TableDefinition;
  readonly columns: readonly ColumnDefinition[];
  /** An expression for each column and row; `undefined` is `DEFAULT`. Or the rows of a query. */
  readonly rows: readonly (readonly (ExpressionNode | undefined)[])[] | QueryNode;
  readonly conflict: ConflictNode | undefined;
  readonly returning: readonly ProjectionNode[];
}

export interface UpdateNode {
  readonly kind: "update";
  readonly table: TableDefinition;
  readonly assignments: readonly AssignmentNode[];
  readonly where: ExpressionNode | undefined;
  readonly returning: readonly ProjectionNode[];
}

export interface DeleteNode {
  readonly kind: "delete";
  readonly table: TableDefinition;
  readonly where: ExpressionNode | undefined;
  readonly returning: readonly ProjectionNode[];
}

/** SQL by hand as a statement of its own. */
export interface RawStatementNode {
  readonly kind: "raw-statement";
  readonly raw: RawNode;
}

export type StatementNode = QueryNode | InsertNode | UpdateNode | DeleteNode | RawStatementNode;
