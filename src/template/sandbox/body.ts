/** Where a statement runs: the template around it, the names it sees, and where its text goes. */
import type { Expression, Node } from "../nodes.ts";
import type { CompiledTemplate } from "../runtime/compiled-template.ts";
import type { Context } from "../runtime/context.ts";
import type { Frame } from "../runtime/frame.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Table, Unit } from "../runtime/unit.ts";
import type { Source } from "../source.ts";
import type { SandboxRenderer } from "./sandbox-renderer.ts";
import { Scope } from "./scope.ts";

/** What is known of a template before it runs. */
export interface Program {
  readonly interpreters: Interpreters;
  readonly source: Source;
  readonly strict: boolean;
  readonly units: ReadonlyMap<object, Unit>;
  /** Whether a statement decides at run time if the template extends another. */
  readonly maybeExtends: boolean;
}

/** What interprets nodes of every kind; `parts.ts` calls it for the files of single nodes. */
export interface Interpreters {
  expression(node: Expression, body: Body, tolerant: boolean): unknown;
  statements(nodes: readonly Node[], body: Body): Signal;
}

/** One run of a template's root or of one of its blocks. */
export interface Running {
  readonly program: Program;
  readonly frame: Frame;
  readonly rt: SandboxRenderer;
  readonly context: Context;
  /** The template that this one extends, as soon as that is known. */
  parent: CompiledTemplate | undefined;
}

/** Text as it gathers. */
export interface Out {
  text: string;
}

/** The function that a statement is part of. */
export type Role = "root" | "block" | "inner";

export interface Body {
  readonly running: Running;
  readonly scope: Scope;
  readonly unit: Unit;
  /** What the unit needs in the place where it is used; null at its home. */
  readonly table: Table | null;
  readonly out: Out;
  readonly escaping: boolean;
  readonly role: Role;
  /** Whether a name that is set here is seen by blocks and includes. */
  readonly toplevel: boolean;
  /** The block that runs. */
  readonly block: { readonly name: string; readonly unit: Unit } | undefined;
  /** What a `filter` or `set` block captured. */
  readonly captured: unknown;
  /** The loop around the statement. */
  readonly loop: RunningLoop | undefined;
  /** Whether text has no place to go: behind an `extends`. */
  readonly silent: boolean;
  /** Whether the statement stands in an `if` or a loop. */
  readonly conditional: boolean;
}

export interface RunningLoop {
  readonly loop: Loop | undefined;
  /** Runs a recursive loop again for other items. */
  readonly again: ((items: unknown, depth: number) => string) | undefined;
}

/** What a statement tells the loop around it. */
export type Signal = "break" | "continue" | undefined;

/** The same body with a scope inside its own. */
export function nested(body: Body, changes: Partial<Body> = {}): Body {
  return { ...body, toplevel: false, scope: new Scope(body.scope), ...changes };
}

/** What a name means: what is bound where it stands, or else what the context has. */
export function read(body: Body, name: string): unknown {
  const scope = body.scope.find(name);
  return scope === undefined ? body.running.context.lookup(name) : scope.own(name);
}

/** Gives a bound name another value. */
export function assign(body: Body, name: string, value: unknown): void {
  (body.scope.find(name) ?? body.scope).declare(name, value);
}

/** Whether the template turned out to extend another, so that its own text goes nowhere. */
export function isExtending({ role, running }: Body): boolean {
  return role === "root" && running.program.maybeExtends && running.parent !== undefined;
}

/** The role of what captures text inside of a function. */
export function innerRole({ role }: Body): Role {
  return role === "root" ? "inner" : role;
}

/** The number of a node in the table of its unit. */
export function slot({ unit }: Body, node: Node): number {
  return unit.slot(node);
}
