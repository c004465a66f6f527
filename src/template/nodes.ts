/**
 * The tree of a template: what the parser makes, the escaper and the optimizer read, and the compiler, the sandbox and
 * the type check turn into something else. Nodes are plain data; `at` is the offset in the source (UTF-16 code units)
 * that an error points to.
 */

/** Any part of a template that writes, decides or binds. */
export type Node =
  | Text
  | Output
  | If
  | For
  | Break
  | Continue
  | Assign
  | AssignBlock
  | With
  | Block
  | Extends
  | Include
  | Import
  | FromImport
  | Macro
  | CallBlock
  | FilterBlock
  | Autoescape
  | Do
  | Tag;

/** A whole template. */
export interface TemplateNode {
  readonly type: "Template";
  readonly at: number;
  readonly body: readonly Node[];
  /** The types that `{# props { … } from "…" #}` declares. */
  readonly props: Props | undefined;
}

/** The props comment: `declaration` is the text between the braces, braces included. */
export interface Props {
  readonly at: number;
  readonly declaration: string;
  /** The module that the names of types come from, as written; undefined where there is none. */
  readonly module: string | undefined;
}

/** Text outside of all tags, whitespace control applied. */
export interface Text {
  readonly type: "Text";
  readonly at: number;
  readonly value: string;
}

/** `{{ expression }}` */
export interface Output {
  readonly type: "Output";
  readonly at: number;
  readonly expression: Expression;
}

export interface If {
  readonly type: "If";
  readonly at: number;
  /** `if` and every `elif`, in order. */
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Node[] | undefined;
}

export interface Branch {
  readonly at: number;
  readonly test: Expression;
  readonly body: readonly Node[];
}

/** `{% for target in iterable if condition recursive %}` */
export interface For {
  readonly type: "For";
  readonly at: number;
  readonly target: Target;
  readonly iterable: Expression;
  readonly condition: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
}

export interface Break {
  readonly type: "Break";
  readonly at: number;
}

export interface Continue {
  readonly type: "Continue";
  readonly at: number;
}

/** `{% set target = value %}` */
export interface Assign {
  readonly type: "Assign";
  readonly at: number;
  readonly target: Target;
  readonly value: Expression;
}

/** `{% set target | filter %}…{% endset %}`; `value` is the body's markup passed through the filters, if any. */
export interface AssignBlock {
  readonly type: "AssignBlock";
  readonly at: number;
  readonly target: NameTarget | NamespaceTarget;
  /** A chain of `Filter` around a `Captured`, or `Captured` alone. */
  readonly value: Expression;
  readonly body: readonly Node[];
}

/** `{% with a = 1, b = 2 %}`: the values are evaluated outside, before any name is bound. */
export interface With {
  readonly type: "With";
  readonly at: number;
  readonly bindings: readonly Binding[];
  readonly body: readonly Node[];
}

export interface Binding {
  readonly target: Target;
  readonly value: Expression;
}

export interface Block {
  readonly type: "Block";
  readonly at: number;
  readonly name: string;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: readonly Node[];
}

export interface Extends {
  readonly type: "Extends";
  readonly at: number;
  readonly template: Expression;
}

export interface Include {
  readonly type: "Include";
  readonly at: number;
  readonly template: Expression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}

/** `{% import template as target %}` */
export interface Import {
  readonly type: "Import";
  readonly at: number;
  readonly template: Expression;
  readonly target: string;
  readonly withContext: boolean;
}

/** `{% from template import name as alias, … %}` */
export interface FromImport {
  readonly type: "FromImport";
  readonly at: number;
  readonly template: Expression;
  readonly names: readonly ImportedName[];
  readonly withContext: boolean;
}

export interface ImportedName {
  readonly at: number;
  readonly name: string;
  readonly alias: string;
}

export interface Macro {
  readonly type: "Macro";
  readonly at: number;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Node[];
}

export interface Parameter {
  readonly at: number;
  readonly name: string;
  readonly default: Expression | undefined;
}

/** `{% call(parameters) macro(…) %}…{% endcall %}`: the body is what `caller()` gives inside the macro. */
export interface CallBlock {
  readonly type: "CallBlock";
  readonly at: number;
  readonly call: Call;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Node[];
}

/** `{% filter upper %}…{% endfilter %}` */
export interface FilterBlock {
  readonly type: "FilterBlock";
  readonly at: number;
  /** A chain of `Filter` around a `Captured`. */
  readonly value: Expression;
  readonly body: readonly Node[];
}

/** `{% autoescape enabled %}…{% endautoescape %}` */
export interface Autoescape {
  readonly type: "Autoescape";
  readonly at: number;
  readonly enabled: Expression;
  readonly body: readonly Node[];
}

/** `{% do expression %}` */
export interface Do {
  readonly type: "Do";
  readonly at: number;
  readonly expression: Expression;
}

/** A tag of an extension: `{% name argument, key=argument %}`, with a body up to `{% endname %}` where it has one. */
export interface Tag {
  readonly type: "Tag";
  readonly at: number;
  readonly name: string;
  readonly arguments: Arguments;
  readonly body: readonly Node[] | undefined;
}

/** What can stand left of `=` and behind `for`. */
export type Target = NameTarget | NamespaceTarget | TupleTarget;

export interface NameTarget {
  readonly type: "NameTarget";
  readonly at: number;
  readonly name: string;
}

/** `ns.attribute`, where `ns` was made by `namespace()`; only in `set`. */
export interface NamespaceTarget {
  readonly type: "NamespaceTarget";
  readonly at: number;
  readonly name: string;
  readonly attribute: string;
}

export interface TupleTarget {
  readonly type: "TupleTarget";
  readonly at: number;
  readonly items: readonly Target[];
}

export type Expression =
  | Literal
  | Name
  | List
  | Dict
  | Attribute
  | Item
  | Slice
  | Call
  | Filter
  | Test
  | Unary
  | Binary
  | Compare
  | Concat
  | Conditional
  | Captured;

/** A string, number, `true`, `false` or `none`. */
export interface Literal {
  readonly type: "Literal";
  readonly at: number;
  readonly value: string | number | boolean | null;
}

export interface Name {
  readonly type: "Name";
  readonly at: number;
  readonly name: string;
}

/** `[a, b]` and `(a, b)`: a tuple is an array too. */
export interface List {
  readonly type: "List";
  readonly at: number;
  readonly items: readonly Expression[];
  readonly tuple: boolean;
}

export interface Dict {
  readonly type: "Dict";
  readonly at: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}

/** `object.name` */
export interface Attribute {
  readonly type: "Attribute";
  readonly at: number;
  readonly object: Expression;
  readonly name: string;
}

/** `object[key]` */
export interface Item {
  readonly type: "Item";
  readonly at: number;
  readonly object: Expression;
  readonly key: Expression;
}

/** `object[start:stop:step]` */
export interface Slice {
  readonly type: "Slice";
  readonly at: number;
  readonly object: Expression;
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
}

export interface Call {
  readonly type: "Call";
  readonly at: number;
  readonly callee: Expression;
  readonly arguments: Arguments;
}

/** `(a, b, *rest, key=value, **named)` */
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
  readonly spread: Expression | undefined;
  readonly namedSpread: Expression | undefined;
}

export interface NamedArgument {
  readonly at: number;
  readonly name: string;
  readonly value: Expression;
}

/** `input | name(arguments)` */
export interface Filter {
  readonly type: "Filter";
  readonly at: number;
  readonly input: Expression;
  readonly name: string;
  readonly arguments: Arguments;
}

/** `input is name argument`; `is not` is a `Unary` around it. */
export interface Test {
  readonly type: "Test";
  readonly at: number;
  readonly input: Expression;
  readonly name: string;
  readonly arguments: Arguments;
}

export interface Unary {
  readonly type: "Unary";
  readonly at: number;
  readonly operator: "not" | "-" | "+";
  readonly operand: Expression;
}

export type BinaryOperator = "and" | "or" | "+" | "-" | "*" | "/" | "//" | "%" | "**";

export interface Binary {
  readonly type: "Binary";
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

/** `a < b < c` is one node with two comparisons. */
export interface Compare {
  readonly type: "Compare";
  readonly at: number;
  readonly first: Expression;
  readonly comparisons: readonly Comparison[];
}

export interface Comparison {
  readonly operator: CompareOperator;
  readonly right: Expression;
}

/** `a ~ b ~ c` */
export interface Concat {
  readonly type: "Concat";
  readonly at: number;
  readonly parts: readonly Expression[];
}

/** `then if test else otherwise` */
export interface Conditional {
  readonly type: "Conditional";
  readonly at: number;
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
}

/** What the body of a `filter` or `set` block wrote: the innermost input of its filters. */
export interface Captured {
  readonly type: "Captured";
  readonly at: number;
}
