/** The templates of an environment: found by a loader, compiled once, and found again when they have changed. */

import { checkPlaces } from "./check-places.ts";
import { checkedOptions } from "./checked-options.ts";
import type { AutoescapeMode, EnvironmentOptions } from "./environment-options.ts";
import { type Extension, tagCall } from "./extension.ts";
import type { FilterScope, TemplateFilter, TemplateTest } from "./filter-scope.ts";
import { filters } from "./filters.ts";
import { globals } from "./globals.ts";
import { checkSyntax, defaultSyntax, type Syntax } from "./lexer/syntax.ts";
import { FileSystemLoader, type LoadedTemplate, type Loader, resolvedName } from "./loaders.ts";
import { templateLoaded } from "./moments.ts";
import type { TemplateNode } from "./nodes.ts";
import { parse } from "./parser.ts";
import { type Assembly, assemble, type Interpret } from "./runtime/assemble.ts";
import type { CompiledTemplate } from "./runtime/compiled-template.ts";
import type { TemplateHost } from "./runtime/renderer.ts";
import { Source } from "./source.ts";
import { TemplateError } from "./template-error.ts";
import { tests } from "./tests.ts";
import { remedy, unknownFilter, unknownTest } from "./unknown-name.ts";
import type { NamedArguments } from "./values/named-arguments.ts";

interface Cached {
  readonly template: CompiledTemplate;
  readonly loaded: LoadedTemplate;
}

export class TemplateStore implements TemplateHost {
  readonly globals: ReadonlyMap<string, unknown>;
  readonly filters: ReadonlyMap<string, TemplateFilter>;
  readonly tests: ReadonlyMap<string, TemplateTest>;
  readonly syntax: Syntax;
  readonly tags: ReadonlyMap<string, Extension>;
  readonly #loader: Loader | undefined;
  readonly #reload: boolean;
  readonly #assembly: Assembly;
  readonly #cache = new Map<string, Cached>();
  /** Templates that are being compiled, so that a circle of `extends` comes to an end. */
  readonly #compiling = new Set<string>();

  /** `interpret` makes the functions of templates where they are not compiled. */
  constructor(given: EnvironmentOptions, interpret?: Interpret) {
    const options = checkedOptions(given);
    const development = process.env.NODE_ENV === "development";
    this.globals = new Map([...globals, ...Object.entries(options.globals ?? {})]);
    this.filters = withOwn(filters, options.filters);
    this.tests = withOwn(tests, options.tests);
    const spelled = Object.entries(options.syntax ?? {}).filter(([, value]) => value !== undefined);
    this.syntax = { ...defaultSyntax, ...Object.fromEntries(spelled) };
    checkSyntax(this.syntax);
    this.tags = new Map((options.extensions ?? []).map((extension) => [extension.tag, extension]));
    this.#loader = loaderOf(options.loader);
    this.#reload = options.reload ?? development;
    const { autoescape = modeByName } = options;
    this.#assembly = {
      strict: options.strict ?? development,
      library: { filters: this.filters, tests: this.tests, tags: this.tags },
      scopes: { escaping: this.#scope(true), plain: this.#scope(false) },
      autoescape: typeof autoescape === "function" ? autoescape : () => autoescape,
      extended: (tree, from) => this.#extended(tree, from),
      interpret,
    };
  }

  /** What templates may name. */
  get library(): Assembly["library"] {
    return this.#assembly.library;
  }

  compiled(name: string, from = ""): CompiledTemplate {
    const template = this.find(name, from);
    if (template !== undefined) return template;
    const known = this.#loader === undefined ? [] : this.names();
    const otherwise =
      this.#loader === undefined ? "Give the environment a loader." : "Check the name and the folder.";
    throw new TemplateError("LMP_TEMPLATE_NOT_FOUND", `There is no template \`${name}\`.`, {
      expected: this.#loader === undefined ? "a template from a loader" : "the name of a template",
      found: name,
      fix: remedy(resolvedName(name, from), known, otherwise),
    });
  }

  find(name: string, from = ""): CompiledTemplate | undefined {
    const resolved = resolvedName(name, from);
    const cached = this.#cache.get(resolved);
    if (cached !== undefined && (!this.#reload || (cached.loaded.isFresh?.() ?? true)))
      return cached.template;
    const loaded = this.#loader?.load(resolved);
    if (loaded === undefined) {
      this.#cache.delete(resolved);
      return undefined;
    }
    const template = this.compile(new Source(resolved, loaded.text, loaded.path));
    this.#cache.set(resolved, { template, loaded });
    if (templateLoaded.active) templateLoaded.announce({ template: resolved, path: loaded.path });
    return template;
  }

  /** Compiles a template to the end, and checks what it names in the places where it stands. */
  ready(name: string): void {
    const template = this.compiled(name);
    void template.sync;
    if (this.autoescape(name) === "context") checkPlaces(template, (other, from) => this.find(other, from));
  }

  compile(source: Source): CompiledTemplate {
    const tree = parse(source, { syntax: this.syntax, tags: this.#parsedTags() });
    this.#compiling.add(source.name);
    try {
      return assemble(source, tree, this.#assembly);
    } finally {
      this.#compiling.delete(source.name);
    }
  }

  /** How a template of a name is escaped. */
  autoescape(name: string): AutoescapeMode {
    return this.#assembly.autoescape(name);
  }

  /** The names of all templates; none where the loader cannot tell. */
  names(): string[] {
    return this.#loader?.list?.() ?? [];
  }

  tag(
    name: string,
    positional: readonly unknown[],
    named: NamedArguments | undefined,
    body: (() => unknown) | undefined,
  ): unknown {
    return this.tags.get(name)?.run(tagCall(positional, named, body));
  }

  #parsedTags(): ReadonlyMap<string, { body: boolean }> {
    return new Map([...this.tags].map(([name, { body }]) => [name, { body: body === true }]));
  }

  /** The extended template, if it is named by a text: its blocks tell where those of this one stand. */
  #extended({ body }: TemplateNode, from: string): CompiledTemplate | undefined {
    const node = body.find(({ type }) => type === "Extends");
    if (node?.type !== "Extends" || node.template.type !== "Literal") return undefined;
    const { value } = node.template;
    if (typeof value !== "string" || this.#compiling.has(resolvedName(value, from))) return undefined;
    return this.find(value, from);
  }

  #scope(escaping: boolean): FilterScope {
    return {
      escaping,
      filter: (name) => {
        const filter = this.filters.get(name);
        if (filter === undefined) throw unknownFilter(name, this.filters.keys());
        return filter;
      },
      test: (name) => {
        const test = this.tests.get(name);
        if (test === undefined) throw unknownTest(name, this.tests.keys());
        return test;
      },
    };
  }
}

/** Text files have no markup to escape for. */
function modeByName(name: string): "context" | false {
  return name.endsWith(".txt") ? false : "context";
}

function withOwn<Value>(
  builtin: ReadonlyMap<string, Value>,
  own: Readonly<Record<string, Value>> | undefined,
): ReadonlyMap<string, Value> {
  return own === undefined ? builtin : new Map([...builtin, ...Object.entries(own)]);
}

function loaderOf(given: Loader | string | URL | undefined): Loader | undefined {
  return typeof given === "string" || given instanceof URL ? new FileSystemLoader(given) : given;
}
