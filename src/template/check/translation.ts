/** What the translation of one template works with. */
import type * as node from "../nodes.ts";
import type { Source } from "../source.ts";
import type { Declaration } from "./declaration.ts";
import type { ModuleWriter } from "./module-writer.ts";
import type { Finding } from "./problem.ts";
import type { Scope } from "./scope.ts";

/** A template that could be parsed. */
export interface CheckedTemplate {
  readonly source: Source;
  readonly tree: node.TemplateNode;
  readonly declaration: Declaration | undefined;
}

/** What the templates can use beside what they are given. */
export interface Known {
  readonly filters: ReadonlyMap<string, unknown>;
  readonly tests: ReadonlyMap<string, unknown>;
  readonly globals: ReadonlyMap<string, unknown>;
}

/** The translation of a template as it goes on. */
export interface Translation {
  readonly template: CheckedTemplate;
  /** All templates by name. */
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  readonly known: Known;
  /** Templates that are there but could not be parsed, which is told once. */
  readonly unread: ReadonlySet<string>;
  readonly writer: ModuleWriter;
  /** Writes an expression; here, so that the kinds of expressions need not import one another. */
  expression(expression: node.Expression, scope: Scope): void;
  /** Writes statements in their scope. */
  statements(body: readonly node.Node[], scope: Scope): void;
  /** The type of the props of a template, which the module imports. */
  propsOf(name: string): string;
  /** Reports what needs no types to be seen. */
  report(at: number, finding: Finding): void;
}
