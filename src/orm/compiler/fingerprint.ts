/** Names the shape of a statement, so that what was compiled once is found again, and gathers its parameters. */
import type { TableDefinition } from "../model/definition.ts";
import type {
  AssignmentNode,
  ConflictNode,
  DeleteNode,
  DerivedNode,
  InsertNode,
  JoinNode,
  ParameterListNode,
  ParameterNode,
  ProjectionNode,
  QueryNode,
  SelectNode,
  SetOperationNode,
  SourceNode,
  StatementNode,
  UpdateNode,
} from "../query/nodes.ts";
import { comparesExpressions, ExpressionShapes, lengthFirst } from "./expression-shapes.ts";
import { intern } from "./intern.ts";
import { type ListShape, paddedShape } from "./list-shape.ts";

/** The keys of projections without parameters: a model's whole projection is one frozen array, named once. */
const projections = new WeakMap<readonly ProjectionNode[], string>();

const tables = new WeakMap<TableDefinition, string>();

const setOperators: Readonly<Record<SetOperationNode["operator"], string>> = {
  union: "u",
  "union all": "U",
  intersect: "n",
  except: "x",
};

const joins: Readonly<Record<JoinNode["type"], string>> = {
  inner: "i",
  left: "l",
  right: "r",
  full: "f",
  cross: "c",
};

class Shapes extends ExpressionShapes {
  /** The common table expressions met so far. Named in full where they come first, by number from then on. */
  #commons: DerivedNode[] | undefined;

  begin(parameters: (ParameterNode | ParameterListNode)[], listShape: ListShape): void {
    this.parameters = parameters;
    this.listShape = listShape;
    this.shared = undefined;
    this.#commons = undefined;
  }

  /** Lets go of the last statement's values. */
  end(): void {
    this.parameters = nothing;
    this.shared = undefined;
    this.#commons = undefined;
  }

  statement(node: StatementNode): string {
    switch (node.kind) {
      case "select":
        return this.#select(node);
      case "set-operation":
        return this.#setOperation(node);
      case "insert":
        return this.#insert(node);
      case "update":
        return this.#update(node);
      case "delete":
        return this.#delete(node);
      case "raw-statement":
        return this.raw(node.raw);
    }
  }

  override query(node: QueryNode): string {
    return node.kind === "select" ? this.#select(node) : this.#setOperation(node);
  }

  override source(node: SourceNode): string {
    if (node.kind === "table") {
      const key = tableKey(node.table);
      return node.alias === undefined ? key : `${key}T${lengthFirst(node.alias)}`;
    }
    return node.kind === "derived" ? this.#derived(node) : `R${lengthFirst(node.alias)}`;
  }

  #select(node: SelectNode): string {
    const outer = this.shared;
    if (outer === undefined && comparesExpressions(node)) this.shared = new Map();
    let key = (node.distinct ? "D" : "S") + this.#projection(node.columns);
    if (node.from !== undefined) key += `F${this.source(node.from)}`;
    if (node.joins.length > 0) key += this.#joins(node.joins);
    if (node.where !== undefined) key += `W${this.expression(node.where)}`;
    if (node.groupBy.length > 0) key += `G${this.expressions(node.groupBy)}`;
    if (node.having !== undefined) key += `H${this.expression(node.having)}`;
    if (node.distinctOn.length > 0) key += `Q${this.expressions(node.distinctOn)}`;
    if (node.orderBy.length > 0) key += `O${this.orders(node.orderBy)}`;
    this.shared = undefined;
    if (node.limit !== undefined) key += `L${this.expression(node.limit)}`;
    if (node.offset !== undefined) key += `P${this.expression(node.offset)}`;
    if (node.lock !== undefined) key += `K${node.lock.strength[0]}${node.lock.wait[0]}`;
    this.shared = outer;
    return `${key}.`;
  }

  #projection(columns: readonly ProjectionNode[]): string {
    const known = projections.get(columns);
    if (known !== undefined) return known;
    const before = this.parameters.length;
    let key = "";
    for (const { alias, expression } of columns) {
      key += alias === undefined ? "-" : `+${lengthFirst(alias)}`;
      key += this.expression(expression);
    }
    key += ".";
    // What was met here is numbered by the place of the query, so only a projection without parameters, and without
    // a query that could have a common table expression, is the same everywhere.
    if (this.parameters.length > before || !columns.every(isPlain)) return key;
    key = intern(key);
    if (Object.isFrozen(columns)) projections.set(columns, key);
    return key;
  }

  #joins(nodes: readonly JoinNode[]): string {
    let key = "";
    for (const { lateral, on, source, type } of nodes) {
      key += `J${joins[type]}${lateral ? "!" : ""}${this.source(source)}`;
      key += on === undefined ? "-" : `+${this.expression(on)}`;
    }
    return key;
  }

  #setOperation(node: SetOperationNode): string {
    let key = `V${setOperators[node.operator]}${this.query(node.left)}${this.query(node.right)}`;
    key += this.orders(node.orderBy);
    if (node.limit !== undefined) key += `L${this.expression(node.limit)}`;
    if (node.offset !== undefined) key += `P${this.expression(node.offset)}`;
    return `${key}.`;
  }

  #derived(node: DerivedNode): string {
    if (node.common) {
      const index = (this.#commons ??= []).indexOf(node);
      if (index >= 0) return `B${index};`;
    }
    const outer = this.shared;
    // It is one wherever it is used, so nothing of what is around it counts.
    if (node.common) this.shared = undefined;
    let key = `${node.common ? "W" : "E"}${lengthFirst(node.alias)}`;
    for (const column of node.columns) key += lengthFirst(column);
    key += this.query(node.query);
    if (node.recursion !== undefined)
      key += (node.recursion.all ? "U" : "u") + this.query(node.recursion.query);
    this.shared = outer;
    // Behind its own parts, whose common table expressions are numbered before it.
    if (node.common) this.#commons?.push(node);
    return `${key}.`;
  }

  #insert(node: InsertNode): string {
    let key = `N${lengthFirst(node.table.name)}`;
    for (const column of node.columns) key += `${column.id};`;
    key += isQuery(node.rows) ? `q${this.query(node.rows)}` : this.#rows(node.columns, node.rows);
    if (node.conflict !== undefined) key += this.#conflict(node.conflict);
    return key + this.#returning(node.returning);
  }

  /** Rows of nothing but values of their columns' types are counted, however many there are. */
  #rows(columns: InsertNode["columns"], rows: Exclude<InsertNode["rows"], QueryNode>): string {
    let key = "";
    let plain = 0;
    for (const row of rows) {
      if (row.every((cell, index) => cell?.kind === "parameter" && cell.type === columns[index]?.type)) {
        plain++;
        for (const cell of row) this.parameters.push(cell as ParameterNode);
        continue;
      }
      if (plain > 0) key += `*${plain};`;
      plain = 0;
      key += "(";
      for (const cell of row) key += cell === undefined ? "-" : `+${this.expression(cell)}`;
      key += ")";
    }
    return plain > 0 ? `${key}*${plain};.` : `${key}.`;
  }

  #conflict(node: ConflictNode): string {
    let key = "Y";
    for (const column of node.columns) key += `${column.id};`;
    key += node.action === "nothing" ? "N" : this.#assignments(node.action);
    return node.where === undefined ? key : `${key}W${this.expression(node.where)}`;
  }

  #assignments(nodes: readonly AssignmentNode[]): string {
    let key = "=";
    for (const { column, value } of nodes) key += `${column.id};${this.expression(value)}`;
    return `${key}.`;
  }

  #update(node: UpdateNode): string {
    const key = `M${lengthFirst(node.table.name)}${this.#assignments(node.assignments)}`;
    return key + this.#where(node.where) + this.#returning(node.returning);
  }

  #delete(node: DeleteNode): string {
    return `X${lengthFirst(node.table.name)}${this.#where(node.where)}${this.#returning(node.returning)}`;
  }

  #where(node: UpdateNode["where"]): string {
    return node === undefined ? "" : `W${this.expression(node)}`;
  }

  #returning(columns: readonly ProjectionNode[]): string {
    return columns.length === 0 ? "." : `R${this.#projection(columns)}`;
  }
}

const nothing: (ParameterNode | ParameterListNode)[] = [];

/** Naming calls nobody else's code, so one object does for all statements. */
const shapes = new Shapes();

/**
 * The shape of a statement as a text: everything its SQL depends on, and no value. Statements with one fingerprint
 * compile to the same SQL and placeholders. Each parameter is pushed to `parameters`, in the order by which
 * `Placeholder.parameter` counts.
 *
 * `listShape` is the dialect's; without it, fingerprints tell more lengths apart than needed.
 */
export function fingerprint(
  statement: StatementNode,
  parameters: (ParameterNode | ParameterListNode)[],
  listShape: ListShape = paddedShape,
): string {
  shapes.begin(parameters, listShape);
  const key = shapes.statement(statement);
  shapes.end();
  return key;
}

function isQuery(rows: InsertNode["rows"]): rows is QueryNode {
  return "kind" in rows;
}

/** By name: the SQL knows no more of a table. */
function tableKey(table: TableDefinition): string {
  let key = tables.get(table);
  if (key === undefined) tables.set(table, (key = `t${lengthFirst(table.name)}`));
  return key;
}

function isPlain({ expression }: ProjectionNode): boolean {
  return expression.kind === "column" || expression.kind === "derived-column";
}
