/** A template as it runs: its units, its functions, and the way from a line of them back to the template. */
import type { HtmlContext } from "../escaper.ts";
import type { TemplateNode } from "../nodes.ts";
import type { Source } from "../source.ts";
import type { Context } from "./context.ts";
import type { Sink } from "./sink.ts";
import type { Table, Unit } from "./unit.ts";

/** Compiled code; `frame` is the Frame at work, which only the code itself looks into. */
export type Run = (frame: object, context: Context, table: Table | null) => string;
export type AsyncRun = (frame: object, context: Context, table: Table | null, out: Sink) => Promise<void>;

/** The functions of a template, at once or with waiting. */
export interface Functions<Runs> {
  readonly root: Runs;
  readonly blocks: ReadonlyMap<string, Runs>;
}

/** A block of one template, ready to be called. */
export interface CompiledBlock {
  readonly template: CompiledTemplate;
  readonly unit: Unit;
  readonly required: boolean;
}

/** A script made from a template: the offset in the template that each of its lines came from. */
export interface Script {
  /** The name it has in stacks. */
  readonly name: string;
  readonly offsets: readonly number[];
}

export interface CompiledTemplate {
  readonly source: Source;
  readonly tree: TemplateNode;
  readonly root: Unit;
  /** By the node whose body each is: blocks, macros, and what a `call`, `set` or extension's tag writes. */
  readonly units: ReadonlyMap<object, Unit>;
  readonly blocks: ReadonlyMap<string, CompiledBlock>;
  /** Where each block stands in the HTML: those of this template and of the one it extends. */
  readonly places: ReadonlyMap<string, HtmlContext>;
  /** Compiled when first needed. */
  readonly sync: Functions<Run>;
  readonly async: Functions<AsyncRun>;
  /** Only sets the names of the top level, for a block that is rendered alone. */
  readonly names: Functions<Run>;
  readonly scripts: readonly Script[];
}
