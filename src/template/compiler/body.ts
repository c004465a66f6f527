/** Where a statement is compiled: the JavaScript around it, the names it sees, and how its text is written. */
import { type Escape, type HtmlContext, textContext } from "../escaper.ts";
import type { Expression, Node } from "../nodes.ts";
import type { Unit } from "../runtime/unit.ts";
import type { Source } from "../source.ts";
import type { Code } from "./code.ts";
import { FunctionNames } from "./function-names.ts";
import { Scope } from "./scope.ts";

/**
 * What compiles the parts of a node. It comes with the script, so that the files of single nodes need not import what
 * chooses among them.
 */
export interface Compilers {
  expression(node: Expression, body: Body, tolerant: boolean): string;
  condition(node: Expression, body: Body): string;
  statements(nodes: readonly Node[], body: Body): void;
}

/** What the functions of one script share. */
export interface Script {
  readonly source: Source;
  /** Whether functions wait for promises and write to a sink. */
  readonly async: boolean;
  /** Whether they write nothing and run for the names that are set. */
  readonly naming: boolean;
  readonly strict: boolean;
  readonly units: ReadonlyMap<object, Unit>;
  /** Values that the code refers to by number. */
  readonly constants: Constants;
  readonly library: Library;
  readonly compilers: Compilers;
  readonly number: () => number;
  /** Whether a statement decides at run time if the template extends another. */
  readonly maybeExtends: boolean;
}

/** Filters, tests and tags that a template may name. */
export interface Library {
  readonly filters: ReadonlyMap<string, unknown>;
  readonly tests: ReadonlyMap<string, unknown>;
  readonly tags: ReadonlyMap<string, unknown>;
}

/** Constants by kind; the code has them as `E[0]`, `K[0]`, `U[0]`. */
export class Constants {
  readonly escapes: Escape[] = [];
  readonly contexts: HtmlContext[] = [];
  readonly units: Unit[] = [];
  readonly filters: string[] = [];
  readonly tests: string[] = [];

  escapeCode(value: Escape): string {
    return `E[${indexIn(this.escapes, value)}]`;
  }

  /** The place where templates start: element text. */
  text(): string {
    return this.context(textContext);
  }

  context(context: HtmlContext): string {
    return `K[${indexIn(this.contexts, context)}]`;
  }

  unit(unit: Unit): string {
    return `U[${indexIn(this.units, unit)}]`;
  }

  filter(name: string): string {
    return `F[${indexIn(this.filters, name)}]`;
  }

  test(name: string): string {
    return `P[${indexIn(this.tests, name)}]`;
  }
}

function indexIn<Value>(values: Value[], value: Value): number {
  const index = values.indexOf(value);
  return index >= 0 ? index : values.push(value) - 1;
}

/** How escaping stands: on, off, or what a variable says. */
export type Escaping = boolean | { readonly variable: string };

/** The function that a statement is part of. */
export type Role = "root" | "block" | "inner";

export interface Body {
  readonly script: Script;
  readonly code: Code;
  readonly scope: Scope;
  readonly unit: Unit;
  /** The variable that text is added to: a string, or a `Sink` where the script is async. */
  readonly out: string;
  readonly escaping: Escaping;
  readonly role: Role;
  /** Whether a name that is set here is seen by blocks and includes. */
  readonly toplevel: boolean;
  /** The block that is being compiled, whose `super()` is meant in macros and captured text too. */
  readonly block: { readonly name: string; readonly unit: Unit } | undefined;
  /** The variable with what a `filter` or `set` block captured. */
  readonly captured: string | undefined;
  /** The loop around the statement. */
  readonly loop: LoopVariables | undefined;
  /** Whether text has no place to go: behind an `extends`. */
  readonly silent: boolean;
  /** Whether the statement may never be reached, so that unknown filters are errors only when it is. */
  readonly conditional: boolean;
}

export interface LoopVariables {
  /** The Loop, where the body uses it. */
  readonly loop: string | undefined;
  /** The function that runs a recursive loop again. */
  readonly again: string | undefined;
  /** The variable that says whether the loop ran at all. */
  readonly ran: string | undefined;
}

/** Writes a line that came from a node. */
export function write(body: Body, text: string, node: { readonly at: number }): void {
  body.code.line(text, node.at);
}

/** The same body with a scope inside its own. */
export function nested(body: Body, changes: Partial<Body> = {}): Body {
  return { ...body, toplevel: false, scope: new Scope(body.scope.names, body.scope), ...changes };
}

/** Names for a function inside that of the body. */
export function innerNames(body: Body): FunctionNames {
  return new FunctionNames(body.script.number);
}

/** The slot of a node in the table of its unit. */
export function slot(body: Body, node: Node): number {
  return body.unit.slot(node);
}
