/** One template, ready to be rendered. */
import type { Html, HtmlStream } from "../message/index.ts";
import { engine } from "./engine-on-demand.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import { compiledOf } from "./runtime/compiled-of.ts";
import type { CompiledTemplate } from "./runtime/compiled-template.ts";
import type { Data } from "./runtime/context.ts";
import { Source } from "./source.ts";
import { TemplateError } from "./template-error.ts";
import type { TemplateStore } from "./template-store.ts";

/** Options of `new Template`: those of an environment, and the name that errors call the template by. */
export interface TemplateOptions extends EnvironmentOptions {
  /** Default `"template"`. */
  readonly name?: string | undefined;
}

/** What a template is rendered with: it may be left out where nothing in it is needed. */
export type Props<Values> = Record<never, never> extends Values ? [values?: Values] : [values: Values];

/**
 * A template in Jinja's language. `Values` is the type of what it is rendered with.
 *
 * Errors in the text are thrown by the constructor (`LMP_TEMPLATE_SYNTAX`, `LMP_TEMPLATE_CONTEXT_UNSAFE`,
 * `LMP_TEMPLATE_FILTER_UNKNOWN`, `LMP_TEMPLATE_TEST_UNKNOWN`), with template, line and column.
 *
 * @example
 * ```ts
 * import { Template } from "limpid/template";
 *
 * const template = new Template("{% for user in users %}<li>{{ user.name }}</li>{% endfor %}");
 * console.log(String(template.render({ users: [{ name: "Ada" }, { name: "<b>" }] })));
 * // <li>Ada</li><li>&lt;b&gt;</li>
 * ```
 */
export class Template<Values extends object = Data> {
  readonly [compiledOf]: CompiledTemplate;
  readonly #store: TemplateStore;

  constructor(source: string | CompiledIn, options: TemplateOptions = {}) {
    if (typeof source === "object") {
      this.#store = source.store;
      this[compiledOf] = source.compiled;
    } else {
      // Own properties only: a polluted prototype names nothing.
      const { name = "template", ...others }: TemplateOptions = {
        __proto__: null,
        ...options,
      } as TemplateOptions;
      if (typeof name !== "string") throw nameInvalid(name);
      this.#store = new (engine().TemplateStore)(others);
      this[compiledOf] = this.#store.compile(new Source(name, source));
    }
    // Unknown filters and tests show here, and not at the first request.
    void this[compiledOf].sync;
  }

  /** How errors and other templates name it. */
  get name(): string {
    return this[compiledOf].source.name;
  }

  /** The names of its blocks. */
  get blocks(): string[] {
    return [...this[compiledOf].blocks.keys()];
  }

  /**
   * Its text with these values. Throws `LMP_TEMPLATE_UNDEFINED` and others at line and column, and
   * `LMP_TEMPLATE_ASYNC` where a promise comes up: `renderAsync` and `renderStream` wait for it.
   */
  render(...[values = {} as Values]: Props<Values>): Html {
    return engine().renderTemplate(this[compiledOf], values as Data, this.#store);
  }

  /** Its text with these values; promises and async iterables among them are waited for where they are used. */
  renderAsync(...[values = {} as Values]: Props<Values>): Promise<Html> {
    return engine().renderTemplateAsync(this[compiledOf], values as Data, this.#store);
  }

  /** Like `renderAsync`, but what is written before something has to be waited for leaves at once. */
  renderStream(...[values = {} as Values]: Props<Values>): HtmlStream {
    return engine().streamTemplate(this[compiledOf], values as Data, this.#store);
  }

  /** The text of one block alone, for a fragment of a page. Throws `LMP_TEMPLATE_BLOCK_UNKNOWN`. */
  renderBlock(block: string, ...[values = {} as Values]: Props<Values>): Html {
    return engine().renderTemplateBlock(this[compiledOf], block, values as Data, this.#store);
  }
}

function nameInvalid(name: unknown): TemplateError {
  return new TemplateError("LMP_TEMPLATE_OPTION_INVALID", "The name of a template is no text.", {
    expected: 'a text such as "mail.html"',
    found: typeof name,
    fix: "Leave the name out for its default.",
  });
}

/** A template that an environment has compiled. */
export interface CompiledIn {
  readonly compiled: CompiledTemplate;
  readonly store: TemplateStore;
}
