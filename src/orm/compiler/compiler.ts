/** Writes statements in standard SQL. The compiler of each dialect is a class of differences from this one. */
import type { ColumnDefinition } from "../model/definition.ts";
import type {
  AssignmentNode,
  ConflictNode,
  DeleteNode,
  ExpressionNode,
  InsertNode,
  ProjectionNode,
  QueryNode,
  StatementNode,
  UpdateNode,
} from "../query/nodes.ts";
import type { CompiledStatement } from "./compiled.ts";
import { fingerprint } from "./fingerprint.ts";
import { QueryWriter } from "./query-writer.ts";
import { invalidQuery } from "./refusals.ts";
import { unshared } from "./unshared.ts";

type Row = readonly (ExpressionNode | undefined)[];

/** One is made for each statement. */
export abstract class Compiler extends QueryWriter {
  protected abstract readonly maxPlaceholders: number;

  compile(statement: StatementNode): CompiledStatement {
    const tree = unshared(statement);
    const parameters: Parameters<typeof fingerprint>[1] = [];
    fingerprint(tree, parameters, this.listShape);
    parameters.forEach((parameter, index) => {
      this.numbers.set(parameter, index);
    });
    const sql = this.statement(tree);
    if (this.placeholders.length > this.maxPlaceholders) throw this.#tooManyValues();
    return { sql, placeholders: this.placeholders, givesRows: givesRows(statement) };
  }

  protected statement(node: StatementNode): string {
    switch (node.kind) {
      case "select":
      case "set-operation":
        return this.with(node) + this.query(node);
      case "insert":
        return this.insert(node);
      case "update":
        return this.update(node);
      case "delete":
        return this.delete(node);
      case "raw-statement":
        return this.raw(node.raw);
    }
  }

  protected insert(node: InsertNode): string {
    let text = `${this.with(node)}insert into ${this.quote(node.table.name)} ${this.insertedRows(node)}`;
    if (node.conflict !== undefined) text += ` ${this.conflict(node.conflict, node)}`;
    return text + this.returning(node.returning);
  }

  protected insertedRows(node: InsertNode): string {
    const columns = `(${this.names(node.columns)})`;
    if ("kind" in node.rows) return `${columns} ${this.insertedQuery(node.rows, node)}`;
    if (node.rows.length === 0) throw invalidQuery("An insert has no rows.", "Insert a row at least.");
    if (node.columns.length === 0) return this.emptyRows(node, node.rows.length);
    return `${columns} values ${node.rows.map((row) => this.row(row, node.columns)).join(", ")}`;
  }

  /** Rows that take the default of every column. */
  protected emptyRows(node: InsertNode, count: number): string {
    if (count === 1) return "default values";
    const [first] = node.table.columns;
    if (first === undefined) throw invalidQuery("A table has no columns.", "Declare one.");
    return `(${this.quote(first.name)}) values ${Array(count).fill("(default)").join(", ")}`;
  }

  protected row(row: Row, columns: readonly ColumnDefinition[]): string {
    if (row.length !== columns.length) {
      throw invalidQuery("A row has not as many values as columns.", "Give each column a value or DEFAULT.");
    }
    return `(${row.map((cell, index) => this.cell(cell, columns[index])).join(", ")})`;
  }

  protected cell(cell: ExpressionNode | undefined, column: ColumnDefinition | undefined): string {
    return cell === undefined ? "default" : this.assigned(cell, column);
  }

  /** A value whose column says of what type it is. */
  protected assigned(value: ExpressionNode, _column: ColumnDefinition | undefined): string {
    return this.expression(value);
  }

  protected insertedQuery(query: QueryNode, _node: InsertNode): string {
    return this.query(query);
  }

  protected conflict(node: ConflictNode, _insert: InsertNode): string {
    const target = node.columns.length === 0 ? "" : ` (${this.names(node.columns)})`;
    if (node.action === "nothing") return `on conflict${target} do nothing`;
    if (target === "") {
      throw invalidQuery("An upsert does not say which key may exist.", "Name the columns of a unique key.");
    }
    return `on conflict${target} do update set ${this.assignments(node.action)}${this.where(node.where)}`;
  }

  protected update(node: UpdateNode): string {
    const text = `${this.with(node)}update ${this.quote(node.table.name)} set `;
    return (
      text + this.assignments(node.assignments) + this.where(node.where) + this.returning(node.returning)
    );
  }

  protected delete(node: DeleteNode): string {
    const text = `${this.with(node)}delete from ${this.quote(node.table.name)}`;
    return text + this.where(node.where) + this.returning(node.returning);
  }

  protected assignments(nodes: readonly AssignmentNode[]): string {
    if (nodes.length === 0) throw invalidQuery("An update sets nothing.", "Set a column at least.");
    return nodes
      .map(({ column, value }) => `${this.quote(column.name)} = ${this.assigned(value, column)}`)
      .join(", ");
  }

  protected where(node: ExpressionNode | undefined): string {
    return node === undefined ? "" : ` where ${this.expression(node)}`;
  }

  protected returning(columns: readonly ProjectionNode[]): string {
    return columns.length === 0 ? "" : ` returning ${this.projection(columns)}`;
  }

  protected names(columns: readonly ColumnDefinition[]): string {
    return columns.map((column) => this.quote(column.name)).join(", ");
  }

  #tooManyValues(): Error {
    const limit = this.maxPlaceholders.toLocaleString("en");
    return invalidQuery(
      `A statement has more values than the ${limit} that ${this.database} takes.`,
      "Split it into several, or bind the values as one JSON text.",
    );
  }
}

/** Of SQL by hand the first word tells, or RETURNING somewhere in it. */
function givesRows(node: StatementNode): boolean {
  if (node.kind === "select" || node.kind === "set-operation") return true;
  if (node.kind !== "raw-statement") return node.returning.length > 0;
  const text = node.raw.texts.join(" ");
  return /^[\s(]*(?:select|values|with|pragma|explain|show|table|describe)\b|\breturning\b/i.test(text);
}
