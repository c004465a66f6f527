/** From a template's text to what runs: parsed, placed, compiled when it is first needed. */

import type { Library } from "../compiler/body.ts";
import { type Units, unitsOf } from "../compiler/units.ts";
import { compile } from "../compiler.ts";
import { escapeText, type HtmlContext } from "../escaper.ts";
import type { FilterScope } from "../filter-scope.ts";
import type { TemplateNode } from "../nodes.ts";
import { optimize } from "../optimizer.ts";
import { runtime } from "../runtime.ts";
import type { Source } from "../source.ts";
import type {
  AsyncRun,
  CompiledBlock,
  CompiledTemplate,
  Functions,
  Run,
  Script,
} from "./compiled-template.ts";
import { scriptPrefix } from "./error-place.ts";

/** What all templates of an environment are compiled with. */
export interface Assembly {
  readonly strict: boolean;
  readonly library: Library;
  readonly scopes: { readonly escaping: FilterScope; readonly plain: FilterScope };
  /** How a template escapes, by its name. */
  autoescape(name: string): "context" | "html" | false;
  /** The template that another one extends, where that can be known beforehand. */
  extended(tree: TemplateNode, from: string): CompiledTemplate | undefined;
  /** Makes the functions of a template where nothing is compiled: the sandbox's interpreter. */
  readonly interpret: Interpret | undefined;
}

/** A template that is parsed and placed. */
export interface Parts {
  readonly tree: TemplateNode;
  readonly source: Source;
  readonly units: Units;
  readonly strict: boolean;
  readonly library: Library;
  readonly escaping: boolean;
}

export type Interpret = (parts: Parts) => Functions<Run>;

export function assemble(source: Source, parsed: TemplateNode, assembly: Assembly): CompiledTemplate {
  const mode = assembly.autoescape(source.name);
  const tree = optimize(parsed);
  const contextual = mode === "context";
  const outer = contextual ? assembly.extended(tree, source.name)?.places : undefined;
  const units = unitsOf(tree, { source, contextual, places: outer ?? new Map() });
  const scripts: Script[] = [];
  const functions = (kind: Instance["kind"]): Functions<unknown> =>
    instantiate(tree, source, { units, mode, kind, scripts }, assembly);
  let sync: Functions<Run> | undefined;
  let waiting: Functions<AsyncRun> | undefined;
  let naming: Functions<Run> | undefined;
  const blocks = new Map<string, CompiledBlock>();
  const places = new Map<string, HtmlContext>(outer);
  const template: CompiledTemplate = {
    source,
    tree,
    root: units.root,
    units: units.of,
    blocks,
    places,
    scripts,
    get sync() {
      sync ??=
        interpreted(template, units, mode !== false, assembly) ?? (functions("sync") as Functions<Run>);
      return sync;
    },
    get async() {
      return (waiting ??= functions("async") as Functions<AsyncRun>);
    },
    get names() {
      return (naming ??= functions("naming") as Functions<Run>);
    },
  };
  for (const [name, block] of units.blocks) {
    const unit = units.of.get(block);
    if (unit === undefined) continue;
    blocks.set(name, { template, unit, required: block.required });
    if (unit.home !== undefined && !places.has(name)) places.set(name, unit.home);
  }
  return template;
}

function interpreted(
  { tree, source }: CompiledTemplate,
  units: Units,
  escaping: boolean,
  { interpret, strict, library }: Assembly,
): Functions<Run> | undefined {
  return interpret?.({ tree, source, units, strict, library, escaping });
}

interface Instance {
  readonly units: Units;
  readonly mode: "context" | "html" | false;
  readonly kind: "sync" | "async" | "naming";
  readonly scripts: Script[];
}

let lastScript = 0;

function instantiate(
  tree: TemplateNode,
  source: Source,
  { units, mode, kind, scripts }: Instance,
  { strict, library, scopes }: Assembly,
): Functions<unknown> {
  const options = {
    source,
    strict,
    library,
    async: kind === "async",
    naming: kind === "naming",
    escaping: mode !== false,
  };
  const { text, offsets, constants } = compile(tree, units, options);
  const name = `${scriptPrefix}${++lastScript}`;
  scripts.push({ name, offsets });
  const { escapes, contexts } = constants;
  const filters = constants.filters.map((filter) => library.filters.get(filter));
  const tests = constants.tests.map((test) => library.tests.get(test));
  const make = new Function(..."R U K E F P S X G O".split(" "), `${text}\n//# sourceURL=${name}`) as (
    ...values: unknown[]
  ) => Functions<unknown>;
  const { getPrototypeOf, prototype } = Object;
  return make(
    runtime,
    constants.units,
    contexts,
    escapes,
    filters,
    tests,
    scopes,
    escapeText,
    getPrototypeOf,
    prototype,
  );
}
