/** The part of the fingerprint that names expressions; `fingerprint.ts` adds queries and statements. */
import type {
  ArithmeticOperator,
  CallNode,
  CaseNode,
  ColumnNode,
  ComparisonNode,
  ComparisonOperator,
  ExpressionNode,
  InNode,
  JsonPathNode,
  OrderNode,
  ParameterListNode,
  ParameterNode,
  QueryNode,
  RawNode,
  SelectNode,
  SourceNode,
  WindowNode,
} from "../query/nodes.ts";
import { intern } from "./intern.ts";
import { type ListShape, paddedShape } from "./list-shape.ts";
import { typeKey } from "./type-key.ts";

const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  "=": "=",
  "<>": "!",
  "<": "<",
  "<=": "{",
  ">": ">",
  ">=": "}",
  "is distinct from": "~",
  "is not distinct from": "^",
};

const arithmetic: Readonly<Record<ArithmeticOperator, string>> = {
  "+": "+",
  "-": "_",
  "*": "*",
  "/": "/",
  "%": "%",
  "||": "|",
};

/** The numbers of columns as text. */
const columnKeys: string[] = [];

/** Names made up by the `sql` tag: its texts are one object for each place in the program. */
const rawTexts = new WeakMap<readonly string[], string>();

/**
 * Every node becomes a text that no other text of a node begins with: a letter that says what follows, names behind
 * their length, numbers before a `;`, lists before a `.`. So two trees have one fingerprint only if they are one shape.
 */
export abstract class ExpressionShapes {
  protected parameters: (ParameterNode | ParameterListNode)[] = [];
  protected listShape: ListShape = paddedShape;
  /** The numbers of the parameters met so far, in a select that compares its expressions: there one object is one. */
  protected shared: Map<object, number> | undefined;

  abstract query(node: QueryNode): string;
  abstract source(node: SourceNode): string;

  expression(node: ExpressionNode): string {
    switch (node.kind) {
      case "column":
        return this.column(node);
      case "parameter":
        return this.parameter(node);
      case "comparison":
        return this.comparison(node);
      case "logical":
        return (node.operator === "and" ? "A" : "O") + this.expressions(node.operands);
      case "in":
        return this.in(node);
      case "derived-column":
        return `d${lengthFirst(node.alias)}${lengthFirst(node.name)}${typeKey(node.type)}`;
      case "arithmetic":
        return arithmetic[node.operator] + this.expression(node.left) + this.expression(node.right);
      case "not":
        return `N${this.expression(node.operand)}`;
      case "is-null":
        return (node.negated ? "Z" : "z") + this.expression(node.operand);
      case "between":
        return `b${this.expression(node.operand)}${this.expression(node.low)}${this.expression(node.high)}`;
      case "like":
        return `l${node.insensitive ? "i" : "s"}${node.negated ? "n" : "y"}${this.expression(node.operand)}${this.expression(node.pattern)}`;
      case "call":
        return this.call(node);
      case "case":
        return this.case(node);
      case "exists":
        return (node.negated ? "X" : "x") + this.query(node.query);
      case "scalar":
        return `q${typeKey(node.type)}${this.query(node.query)}`;
      case "tuple":
        return `T${this.expressions(node.items)}`;
      case "json-path":
        return this.jsonPath(node);
      case "excluded":
        return `e${node.column.id};`;
      case "raw":
        return this.raw(node);
    }
  }

  protected expressions(nodes: readonly ExpressionNode[]): string {
    let key = "";
    for (let index = 0; index < nodes.length; index++) key += this.expression(nodes[index] as ExpressionNode);
    return `${key}.`;
  }

  protected orders(nodes: readonly OrderNode[]): string {
    let key = "";
    for (const node of nodes) {
      key += `${node.descending ? "v" : "a"}${node.nulls === undefined ? "-" : node.nulls[0]}${this.expression(node.expression)}`;
    }
    return `${key}.`;
  }

  private comparison({ left, operator, right }: ComparisonNode): string {
    const key = comparisons[operator] + this.expression(left);
    // By far the most frequent: a column and a value of its type.
    const isOfColumn =
      right.kind === "parameter" && left.kind === "column" && right.type === left.column.type;
    if (!isOfColumn || this.shared !== undefined) return key + this.expression(right);
    this.parameters.push(right);
    return `${key}'`;
  }

  private column(node: ColumnNode): string {
    const { id } = node.column;
    const key = (columnKeys[id] ??= `${id};`);
    return node.alias === undefined ? `c${key}` : `C${key}${lengthFirst(node.alias)}`;
  }

  private parameter(node: ParameterNode): string {
    if (this.shared !== undefined) return this.place(node) + typeKey(node.type);
    this.parameters.push(node);
    return `?${typeKey(node.type)}`;
  }

  /**
   * A parameter of the columns that comes again in GROUP BY is one and the same for databases that compare the two
   * expressions, so it is named by its number and not bound again.
   */
  private place(node: ParameterNode | ParameterListNode): string {
    const index = this.shared?.get(node);
    if (index !== undefined) return `&${index};`;
    this.shared?.set(node, this.parameters.length);
    this.parameters.push(node);
    return "?";
  }

  private in(node: InNode): string {
    const key = (node.negated ? "I" : "i") + this.expression(node.left);
    const { right } = node;
    if (right.kind !== "parameter-list") return key + this.query(right);
    const placeholders = this.listShape(right, node.left.kind === "tuple");
    return `${key}${this.place(right)}${placeholders};${typeKey(right.type)}`;
  }

  private call(node: CallNode): string {
    let key = `f${node.name}${node.distinct ? "!(" : "("}${this.expressions(node.arguments)}`;
    if (node.filter !== undefined) key += `W${this.expression(node.filter)}`;
    if (node.over !== undefined) key += this.window(node.over);
    return `${key})${typeKey(node.type)}`;
  }

  private window(node: WindowNode): string {
    const { frame } = node;
    const key = `w${this.expressions(node.partitionBy)}${this.orders(node.orderBy)}`;
    return frame === undefined ? `${key}.` : `${key}${frame.unit},${frame.from},${frame.to}.`;
  }

  private case(node: CaseNode): string {
    let key = "k";
    for (const branch of node.branches) key += this.expression(branch.when) + this.expression(branch.result);
    key += ".";
    if (node.otherwise !== undefined) key += this.expression(node.otherwise);
    return `${key}.${typeKey(node.type)}`;
  }

  private jsonPath(node: JsonPathNode): string {
    return `j${this.expression(node.operand)}${this.place(node.path)}${typeKey(node.type)}`;
  }

  protected raw(node: RawNode): string {
    let key = rawTexts.get(node.texts);
    if (key === undefined) {
      key = intern(node.texts.map(lengthFirst).join(""));
      if (Object.isFrozen(node.texts)) rawTexts.set(node.texts, key);
    }
    key = `r${typeKey(node.type)}${key}`;
    for (const part of node.parts) {
      if (part.kind === "identifier") key += `n${part.path.map(lengthFirst).join("")}.`;
      else if (part.kind === "table" || part.kind === "derived" || part.kind === "common-reference") {
        key += `s${this.source(part)}`;
      } else key += `:${this.expression(part)}`;
    }
    return `${key}.`;
  }
}

/** A text that ends where it says it does. */
export function lengthFirst(text: string): string {
  return `${text.length}:${text}`;
}

/**
 * Whether PostgreSQL compares expressions of a select with each other: those of its columns with those it is grouped,
 * made distinct and sorted by.
 */
export function comparesExpressions({ distinct, distinctOn, groupBy }: SelectNode): boolean {
  return distinct || distinctOn.length > 0 || groupBy.length > 0;
}
