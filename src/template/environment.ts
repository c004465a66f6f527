/** Templates that belong together: one loader, and the filters, tests and names that all of them know. */
import type { Html, HtmlStream } from "../message/index.ts";
import { engine } from "./engine-on-demand.ts";
import type { AutoescapeMode, EnvironmentOptions } from "./environment-options.ts";
import type { Extension } from "./extension.ts";
import type { Syntax } from "./lexer/syntax.ts";
import type { Data } from "./runtime/context.ts";
import { Source } from "./source.ts";
import { type Props, Template } from "./template.ts";
import type { TemplateStore } from "./template-store.ts";

/** The views of an application that does not say which it has: any name, any values. */
export type AnyViews = Record<string, Data>;

/**
 * An environment. `Views` lists the templates with what each is rendered with, as `limpid check --types` writes it.
 *
 * @example
 * ```ts
 * import { Environment, MemoryLoader } from "limpid/template";
 *
 * const views = new Environment({
 *   loader: new MemoryLoader({
 *     "layout.html": "<title>{% block title %}Site{% endblock %}</title>",
 *     "page.html": '{% extends "layout.html" %}{% block title %}{{ title | shout }} – {{ super() }}{% endblock %}',
 *   }),
 *   filters: { shout: (value) => `${value}!` },
 * });
 * console.log(String(views.render("page.html", { title: "Hello" }))); // <title>Hello! – Site</title>
 * ```
 */
export class Environment<Views extends object = AnyViews> {
  readonly #store: TemplateStore;

  /** Throws `LMP_TEMPLATE_OPTION_INVALID`. */
  constructor(options: EnvironmentOptions = {}) {
    this.#store = new (engine().TemplateStore)(options);
  }

  /** The filters that its templates know, by name. */
  get filters(): TemplateStore["filters"] {
    return this.#store.filters;
  }

  /** The tests that its templates know, by name. */
  get tests(): TemplateStore["tests"] {
    return this.#store.tests;
  }

  /** The names that every template knows. */
  get globals(): ReadonlyMap<string, unknown> {
    return this.#store.globals;
  }

  /** The delimiters, and what happens to whitespace around tags. */
  get syntax(): Syntax {
    return this.#store.syntax;
  }

  /** The tags of its extensions, by name. */
  get tags(): ReadonlyMap<string, Extension> {
    return this.#store.tags;
  }

  /** How a template of a name is escaped. */
  autoescape(name: string): AutoescapeMode {
    return this.#store.autoescape(name);
  }

  /** A template by name. Throws `LMP_TEMPLATE_NOT_FOUND`, and what its text is refused for. */
  template<Name extends keyof Views & string>(name: Name): Template<Views[Name] & object> {
    return new Template({ compiled: this.#store.compiled(name), store: this.#store });
  }

  /** A template from text, which may extend and include those of the loader. */
  fromString<Values extends object = Data>(text: string, name = "template"): Template<Values> {
    return new Template({ compiled: this.#store.compile(new Source(name, text)), store: this.#store });
  }

  /** The names of all templates that the loader has. */
  names(): string[] {
    return this.#store.names();
  }

  /**
   * Compiles every template of the loader, as production does when it starts: the first request finds them ready, and
   * what is wrong with one of them shows before anybody asks for it. Gives how many there are.
   */
  precompile(): number {
    const names = this.#store.names();
    for (const name of names) this.#store.ready(name);
    return names.length;
  }

  /** The text of a template; see `Template.render`. */
  render<Name extends keyof Views & string>(
    name: Name,
    ...[values = {} as Views[Name]]: Props<Views[Name]>
  ): Html {
    return engine().renderTemplate(this.#store.compiled(name), values as Data, this.#store);
  }

  /** The text of a template, with waiting; see `Template.renderAsync`. */
  async renderAsync<Name extends keyof Views & string>(
    name: Name,
    ...[values = {} as Views[Name]]: Props<Views[Name]>
  ): Promise<Html> {
    return await engine().renderTemplateAsync(this.#store.compiled(name), values as Data, this.#store);
  }

  /** The text of a template as it comes; see `Template.renderStream`. */
  renderStream<Name extends keyof Views & string>(
    name: Name,
    ...[values = {} as Views[Name]]: Props<Views[Name]>
  ): HtmlStream {
    return engine().streamTemplate(this.#store.compiled(name), values as Data, this.#store);
  }

  /** The text of one block of a template; see `Template.renderBlock`. */
  renderBlock<Name extends keyof Views & string>(
    name: Name,
    block: string,
    ...[values = {} as Views[Name]]: Props<Views[Name]>
  ): Html {
    return engine().renderTemplateBlock(this.#store.compiled(name), block, values as Data, this.#store);
  }
}
