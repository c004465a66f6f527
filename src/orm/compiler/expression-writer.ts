/** Writes expressions in standard SQL. Databases override what they write otherwise. */
import type { ColumnType } from "../model/column-type.ts";
import { expressionType } from "../query/expression-type.ts";
import type {
  ArithmeticNode,
  BetweenNode,
  CaseNode,
  ComparisonNode,
  ExpressionNode,
  InNode,
  JsonPathNode,
  LikeNode,
  LogicalNode,
  NotNode,
  ParameterListNode,
  ParameterNode,
  QueryNode,
  RawNode,
  SourceNode,
} from "../query/nodes.ts";
import type { Placeholder } from "./compiled.ts";
import { type ListShape, WHOLE } from "./list-shape.ts";
import { AND, COMPARISON, CONCATENATION, HAND, NOT, OR, PRIMARY, PRODUCT, SUM } from "./precedence.ts";

/** What of a placeholder differs from the value of one parameter. */
type Binding = Partial<Pick<Placeholder, "type" | "item" | "component" | "form">>;

export abstract class ExpressionWriter {
  /** By what the errors call it. */
  protected abstract readonly database: string;
  protected abstract readonly listShape: ListShape;
  protected readonly placeholders: Placeholder[] = [];
  /** The numbers of the parameters, by their places in the tree. */
  protected readonly numbers = new Map<ParameterNode | ParameterListNode, number>();

  protected abstract quote(identifier: string): string;
  protected abstract query(node: QueryNode): string;
  /** `name(…)`, with what is around it: filter and window. */
  protected abstract call(node: Extract<ExpressionNode, { kind: "call" }>): string;
  /** A source as raw SQL names it. */
  protected abstract source(node: SourceNode): string;
  /** `operand LIKE pattern`, by the rules of `LikeNode`. */
  protected abstract like(node: LikeNode): string;
  protected abstract jsonPath(node: JsonPathNode): string;
  /** `left = ANY ($1)` or what the database has instead; only where its list shape says `WHOLE`. */
  protected abstract inWhole(left: string, list: ParameterListNode, node: InNode): string;

  expression(node: ExpressionNode): string {
    switch (node.kind) {
      case "parameter":
        return this.parameter(node);
      case "column":
        return `${this.quote(node.alias ?? node.table.name)}.${this.quote(node.column.name)}`;
      case "derived-column":
        return `${this.quote(node.alias)}.${this.quote(node.name)}`;
      case "comparison":
        return this.comparison(node);
      case "arithmetic":
        return this.arithmetic(node);
      case "logical":
        return this.#logical(node);
      case "not":
        return `not ${this.#negated(node)}`;
      case "is-null":
        return `${this.operand(node.operand, CONCATENATION)} is ${node.negated ? "not " : ""}null`;
      case "in":
        return this.#in(node);
      case "between":
        return this.between(node);
      case "like":
        return this.like(node);
      case "call":
        return this.call(node);
      case "case":
        return this.#case(node);
      case "exists":
        return `${node.negated ? "not " : ""}exists (${this.#existing(node.query)})`;
      case "scalar":
        return `(${this.query(node.query)})`;
      case "tuple":
        return `(${this.expressions(node.items)})`;
      case "json-path":
        return this.jsonPath(node);
      case "excluded":
        return this.excluded(this.quote(node.column.name));
      case "raw":
        return this.raw(node);
    }
  }

  /** How tightly the outermost operator of what is written for a node binds. */
  protected level(node: ExpressionNode): number {
    switch (node.kind) {
      case "logical": {
        const [first, second] = node.operands;
        if (first === undefined) return COMPARISON;
        if (second === undefined) return this.level(first);
        return node.operator === "and" ? AND : OR;
      }
      case "not":
        return NOT;
      case "exists":
        return node.negated ? NOT : PRIMARY;
      case "comparison":
      case "is-null":
      case "in":
      case "between":
      case "like":
        return COMPARISON;
      case "arithmetic":
        if (node.operator === "||") return CONCATENATION;
        return node.operator === "+" || node.operator === "-" ? SUM : PRODUCT;
      case "raw":
        return HAND;
      default:
        return PRIMARY;
    }
  }

  /** An operand of something that binds at `level`: in parentheses where it binds less. */
  protected operand(node: ExpressionNode, level: number): string {
    const text = this.expression(node);
    return this.level(node) < level ? `(${text})` : text;
  }

  /** An operand whose type the database would take over from its neighbour. */
  protected operandBeside(node: ExpressionNode, level: number, _neighbour: ExpressionNode): string {
    return this.operand(node, level);
  }

  protected expressions(nodes: readonly ExpressionNode[]): string {
    return nodes.map((node) => this.expression(node)).join(", ");
  }

  /** In EXISTS, SQLite and MariaDB forget DISTINCT, and then OFFSET passes over fewer rows than it should. */
  #existing(query: QueryNode): string {
    const text = this.query(query);
    const isMisread = query.kind === "select" && query.distinct && query.offset !== undefined;
    return isMisread ? `select 1 from (${text}) as ${this.quote("distinct_rows")}` : text;
  }

  /** A placeholder for a value. */
  protected parameter(node: ParameterNode, form?: Placeholder["form"]): string {
    return this.bind(node, { form });
  }

  /** Writes a placeholder and notes where its value comes from. */
  protected bind(node: ParameterNode | ParameterListNode, binding: Binding = {}): string {
    return this.placeholder({
      parameter: this.numbers.get(node) ?? 0,
      type: binding.type ?? node.type,
      item: binding.item,
      component: binding.component,
      form: binding.form,
    });
  }

  protected placeholder(placeholder: Placeholder): string {
    this.placeholders.push(placeholder);
    return "?";
  }

  protected comparison(node: ComparisonNode): string {
    const left = this.operandBeside(node.left, CONCATENATION, node.right);
    return `${left} ${node.operator} ${this.operandBeside(node.right, CONCATENATION, node.left)}`;
  }

  protected between(node: BetweenNode): string {
    const operand = this.operandBeside(node.operand, CONCATENATION, node.low);
    const low = this.operandBeside(node.low, CONCATENATION, node.operand);
    return `${operand} between ${low} and ${this.operandBeside(node.high, CONCATENATION, node.operand)}`;
  }

  protected arithmetic(node: ArithmeticNode): string {
    const level = this.level(node);
    // What is not of the same kind is put in parentheses, for the databases do not agree on where `||` binds.
    const left = this.#term(node.left, node.right, level, level);
    return `${left} ${this.arithmeticOperator(node)} ${this.#term(node.right, node.left, level, level + 1)}`;
  }

  protected arithmeticOperator(node: ArithmeticNode): string {
    return node.operator;
  }

  #term(node: ExpressionNode, neighbour: ExpressionNode, level: number, least: number): string {
    const own = this.level(node);
    const mixed = level === CONCATENATION && (own === SUM || own === PRODUCT);
    return this.operandBeside(node, mixed ? PRIMARY : least, neighbour);
  }

  #logical(node: LogicalNode): string {
    const [first, second] = node.operands;
    if (first === undefined) return constant(node.operator === "and");
    if (second === undefined) return this.expression(first);
    const level = node.operator === "and" ? AND : OR;
    return node.operands.map((operand) => this.operand(operand, level)).join(` ${node.operator} `);
  }

  /** In parentheses wherever it is more than a name: MySQL has a mode in which NOT binds tighter than `=`. */
  #negated(node: NotNode): string {
    return this.operand(node.operand, PRIMARY);
  }

  #in(node: InNode): string {
    const not = node.negated ? "not " : "";
    const { right } = node;
    if (right.kind !== "parameter-list") {
      const left = this.beforeQuery(node.left, right);
      return `${left} ${not}in (${this.queryOfList(node.left, right)})`;
    }
    const count = this.listShape(right, node.left.kind === "tuple");
    if (count === 0) return constant(node.negated);
    const left = this.beforeList(node.left);
    if (count === WHOLE) return this.inWhole(left, right, node);
    if (node.left.kind === "tuple") return `${left} ${not}in (${this.inRows(right, node.left.items, count)})`;
    const items = Array.from({ length: count }, (_, item) => this.listItem(right, item, node.left));
    return `${left} ${not}in (${items.join(", ")})`;
  }

  /** What is looked for in the rows of a query. */
  protected beforeQuery(node: ExpressionNode, _query: QueryNode): string {
    return this.operand(node, CONCATENATION);
  }

  protected queryOfList(_left: ExpressionNode, query: QueryNode): string {
    return this.query(query);
  }

  /** What is looked for in a list. */
  protected beforeList(node: ExpressionNode): string {
    return this.operand(node, CONCATENATION);
  }

  /** One value of a list that is written out. */
  protected listItem(list: ParameterListNode, item: number, _neighbour: ExpressionNode): string {
    return this.bind(list, { item });
  }

  /** The rows of `(a, b) IN (…)`. */
  protected inRows(list: ParameterListNode, items: readonly ExpressionNode[], count: number): string {
    const rows = Array.from({ length: count }, (_, item) => this.rowOfList(list, items, item));
    return rows.join(", ");
  }

  protected rowOfList(list: ParameterListNode, items: readonly ExpressionNode[], item: number): string {
    const values = items.map((node, component) => {
      const type: ColumnType | undefined = expressionType(node);
      return this.bind(list, { item, component, ...(type === undefined ? undefined : { type }) });
    });
    return `(${values.join(", ")})`;
  }

  #case(node: CaseNode): string {
    const branches = node.branches.map(
      ({ result, when }) => ` when ${this.expression(when)} then ${this.expression(result)}`,
    );
    const otherwise = node.otherwise === undefined ? "" : ` else ${this.expression(node.otherwise)}`;
    return `case${branches.join("")}${otherwise} end`;
  }

  protected excluded(column: string): string {
    return `excluded.${column}`;
  }

  protected raw(node: RawNode): string {
    let text = node.texts[0] ?? "";
    node.parts.forEach((part, index) => {
      text += this.#rawPart(part) + (node.texts[index + 1] ?? "");
    });
    return text;
  }

  /** A piece of SQL in another stays as it is: it need not be an expression. */
  #rawPart(part: RawNode["parts"][number]): string {
    if (part.kind === "raw") return this.raw(part);
    if (part.kind === "identifier") return part.path.map((name) => this.quote(name)).join(".");
    if (part.kind === "table" || part.kind === "derived" || part.kind === "common-reference") {
      return this.source(part);
    }
    return this.operand(part, PRIMARY);
  }
}

/** Words for it would be a position in ORDER BY and GROUP BY of one database, and an error in another's. */
function constant(truth: boolean): string {
  return truth ? "1 = 1" : "1 = 0";
}
