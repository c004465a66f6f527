/** Writes statements for PostgreSQL: numbered placeholders that have to have a type, lists as arrays. */
import type { BoundValue, CompiledStatement, Placeholder } from "../../compiler/compiled.ts";
import { Compiler } from "../../compiler/compiler.ts";
import { paddedShape, WHOLE } from "../../compiler/list-shape.ts";
import { CONCATENATION, PRIMARY } from "../../compiler/precedence.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { ColumnDefinition } from "../../model/definition.ts";
import { expressionType } from "../../query/expression-type.ts";
import type {
  CallNode,
  ExpressionNode,
  FunctionName,
  InNode,
  JsonPathNode,
  LikeNode,
  ParameterListNode,
  ParameterNode,
  StatementNode,
} from "../../query/nodes.ts";
import { valueInvalid } from "../value-error.ts";
import { arrayEncoder } from "./array-values.ts";
import { castType, parameterType } from "./cast-type.ts";
import { quote } from "./quote.ts";

/** A list is one array; a list of rows or of arrays is written out. */
export function listShape(list: ParameterListNode, rows: boolean): number {
  const isWrittenOut = rows || list.type?.kind === "array" || list.values.length === 0;
  return isWrittenOut ? paddedShape(list) : WHOLE;
}

/** A list whose values are encoded already, as the text of an array. */
const arrayText = arrayEncoder((value) => value as BoundValue, 1);

/** Which arguments of a function are whole numbers; PostgreSQL has others of the name for text. */
const positions: Readonly<Partial<Record<FunctionName, number>>> = {
  substring: 1,
  round: 1,
  lag: 1,
  lead: 1,
  nth_value: 1,
  ntile: 0,
};

class PostgresqlCompiler extends Compiler {
  protected override readonly database = "PostgreSQL";
  protected override readonly listShape = listShape;
  protected override readonly maxPlaceholders = 65_535;

  protected override quote(identifier: string): string {
    return quote(identifier);
  }

  /** Which placeholders there are already for a parameter, as indexes. */
  readonly #known = new Map<number, number[]>();

  /** One value has one number, so that an expression of the columns is the same in GROUP BY. */
  protected override placeholder(placeholder: Placeholder): string {
    // Those of a list that is written out are all of one parameter, and never the same.
    const known = typeof placeholder.item === "number" ? undefined : this.#known.get(placeholder.parameter);
    const index = known?.find((other) => isSame(this.placeholders[other], placeholder));
    if (index !== undefined) return `$${index + 1}`;
    const number = this.placeholders.push(placeholder);
    if (known === undefined) this.#known.set(placeholder.parameter, [number - 1]);
    else known.push(number - 1);
    return `$${number}`;
  }

  /** With its type, since nothing around it may tell. */
  protected override parameter(node: ParameterNode): string {
    const type = node.type && parameterType(node.type);
    return type === undefined ? this.bind(node) : `${this.bind(node)}::${type}`;
  }

  protected override operandBeside(node: ExpressionNode, level: number, neighbour: ExpressionNode): string {
    return isTypedBy(node, neighbour) ? this.bind(node) : this.operand(node, level);
  }

  protected override assigned(value: ExpressionNode, column: ColumnDefinition | undefined): string {
    if (value.kind !== "parameter" || value.type?.kind !== column?.type.kind) return this.expression(value);
    return this.bind(value);
  }

  protected override limit(node: ExpressionNode): string {
    return node.kind === "parameter" ? this.bind(node) : super.limit(node);
  }

  protected override inWhole(left: string, list: ParameterListNode, node: InNode): string {
    const array = this.#list(this.bind(list, { item: "all", form: arrayText }), list, node.left);
    return `${left} ${node.negated ? "<> all" : "= any"} (${array})`;
  }

  #list(placeholder: string, list: ParameterListNode, neighbour: ExpressionNode): string {
    const type = list.type && parameterType(list.type);
    if (type === undefined || isColumnOf(neighbour, list.type)) return placeholder;
    return `${placeholder}::${type}[]`;
  }

  /** The backslash is what PostgreSQL escapes by unless told otherwise. */
  protected override like(node: LikeNode): string {
    const operator = `${node.negated ? "not " : ""}${node.insensitive ? "ilike" : "like"}`;
    const operand = this.operand(node.operand, CONCATENATION);
    const { pattern } = node;
    const text = pattern.kind === "parameter" ? this.bind(pattern) : this.operand(pattern, CONCATENATION);
    return `${operand} ${operator} ${text}`;
  }

  protected override level(node: ExpressionNode): number {
    const isOperator = node.kind === "json-path" && jsonCast(node.type) === undefined;
    return isOperator ? CONCATENATION : super.level(node);
  }

  protected override jsonPath(node: JsonPathNode): string {
    const operator = node.type?.kind === "json" ? "#>" : "#>>";
    const path = this.bind(node.path, { item: "all", form: jsonSteps });
    const text = `${this.operand(node.operand, PRIMARY)} ${operator} ${path}::text[]`;
    const type = jsonCast(node.type);
    return type === undefined ? text : `(${text})::${type}`;
  }

  /** The sum of bigint is numeric, and divided it would have parts. */
  protected override call(node: CallNode): string {
    const text = super.call(node);
    return node.name === "sum" && isNumericSum(node.arguments[0]) ? `cast(${text} as bigint)` : text;
  }

  protected override callArguments(node: CallNode): string[] {
    const first = positions[node.name];
    if (first === undefined) return super.callArguments(node);
    return node.arguments.map((argument, index) => {
      const text = this.expression(argument);
      // There is no round(double precision, integer).
      if (node.name === "round" && index === 0 && node.arguments.length > 1)
        return `cast(${text} as numeric)`;
      const untyped = argument.kind === "parameter" && argument.type === undefined;
      return untyped && (index === first || (index === 2 && node.name === "substring"))
        ? `${text}::integer`
        : text;
    });
  }

  protected override castType(type: ColumnType): string | undefined {
    return castType(type);
  }

  protected override now(): string {
    return "now()";
  }
}

/** The steps of a path as an array of text; positions in arrays are digits there. */
function jsonSteps(steps: BoundValue): BoundValue {
  const texts = (Array.isArray(steps) ? steps : [steps]).map(String);
  const nul = texts.find((text) => text.includes("\0"));
  if (nul !== undefined) throw valueInvalid("a key without NUL, which PostgreSQL cannot keep", nul);
  return arrayText(texts);
}

/** To what the text at a path is cast; not at all where it is read as text or JSON. */
function jsonCast(type: ColumnType | undefined): string | undefined {
  if (type === undefined || type.kind === "json" || type.kind === "text") return undefined;
  return parameterType(type);
}

/** Whether whole numbers of 64 bits are summed up: a column of 32 is the only thing that surely is not of 64. */
function isNumericSum(operand: ExpressionNode | undefined): boolean {
  const kind = operand && expressionType(operand)?.kind;
  return kind === "bigint" || (kind === "integer" && operand?.kind !== "column");
}

/** Whether PostgreSQL infers the right type for a parameter from what it stands beside. */
function isTypedBy(node: ExpressionNode, neighbour: ExpressionNode): node is ParameterNode {
  return node.kind === "parameter" && isColumnOf(neighbour, node.type);
}

function isColumnOf(node: ExpressionNode, type: ColumnType | undefined): boolean {
  const isColumn = node.kind === "column" || node.kind === "derived-column" || node.kind === "excluded";
  return isColumn && expressionType(node)?.kind === type?.kind;
}

function isSame(one: Placeholder | undefined, other: Placeholder): boolean {
  return one?.item === other.item && one?.form === other.form && one?.type === other.type;
}

/** Writes a statement for PostgreSQL. Throws `LMP_ORM_QUERY_INVALID`, `LMP_ORM_IDENTIFIER_INVALID`. */
export function compile(statement: StatementNode): CompiledStatement {
  return new PostgresqlCompiler().compile(statement);
}
