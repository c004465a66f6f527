/** Templates written by strangers: interpreted, within limits, and with nothing in reach that was not given. */
import type { Html } from "../message/index.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import type { CompiledTemplate } from "./runtime/compiled-template.ts";
import { Context, type Data } from "./runtime/context.ts";
import { Frame } from "./runtime/frame.ts";
import { Budget } from "./sandbox/budget.ts";
import { interpret } from "./sandbox/interpreter.ts";
import { unknownNames } from "./sandbox/known-names.ts";
import { checkedLimits, type Limits, type SandboxLimits } from "./sandbox/limits.ts";
import { locatedError } from "./sandbox/located-error.ts";
import { functionsIn, Permission } from "./sandbox/permission.ts";
import { SandboxRenderer } from "./sandbox/sandbox-renderer.ts";
import { SandboxScope } from "./sandbox/sandbox-scope.ts";
import { Source } from "./source.ts";
import { TemplateError } from "./template-error.ts";
import { TemplateStore } from "./template-store.ts";

/** Options of a `Sandbox`: those of an environment, and limits. */
export interface SandboxOptions extends EnvironmentOptions {
  /** How much one rendering may use up. */
  readonly limits?: SandboxLimits | undefined;
}

/**
 * Renders templates that strangers have written: customers who design their own e-mails, say. The language is that of
 * `Environment`, and so is the escaping, but the tree of the template is interpreted and no code is made from it. Each
 * rendering has limits (`LMP_TEMPLATE_LIMIT`, `LMP_TEMPLATE_DEPTH`), with the line and column where they were reached.
 *
 * A template may call macros, the functions among the `globals`, what classes list as `exposed`, and the built-in
 * methods that change nothing; calling a function that came with the data, or changing what came with it, is
 * `LMP_TEMPLATE_SANDBOX`. Filters, tests, globals and extensions that are given to the sandbox are trusted. What a
 * template is rendered with, it can show: give it no secrets. What it writes is a stranger's page, with a stranger's
 * scripts if the security policy of the page lets them run.
 *
 * @example
 * ```ts
 * import { Sandbox } from "limpid/template";
 *
 * const sandbox = new Sandbox({ limits: { steps: 10_000 } });
 * console.log(String(sandbox.renderString("Dear {{ name }},", { name: "Ada" }))); // Dear Ada,
 * try {
 *   sandbox.renderString("{% for i in range(100000) %}{{ i }}{% endfor %}", {});
 * } catch (error) {
 *   console.log((error as { code: string }).code); // LMP_TEMPLATE_LIMIT
 * }
 * ```
 */
export class Sandbox {
  readonly #store: TemplateStore;
  readonly #limits: Limits;
  readonly #functions: ReadonlySet<unknown>;

  /** Throws `LMP_TEMPLATE_OPTION_INVALID`. */
  constructor(options: SandboxOptions = {}) {
    // Own properties only: a polluted prototype sets no limits.
    const { limits, ...others }: SandboxOptions = { __proto__: null, ...options } as SandboxOptions;
    this.#limits = checkedLimits(limits);
    this.#store = new TemplateStore(others, interpret);
    this.#functions = functionsIn(this.#store.globals);
  }

  /** The text of a template of the loader. Throws `LMP_TEMPLATE_NOT_FOUND` and what rendering it comes upon. */
  render(name: string, data: Data = {}): Html {
    return this.#render(() => this.#store.compiled(name), data, new Source(name, ""));
  }

  /** The text of a template that is given as text, which may extend and include those of the loader. */
  renderString(text: string, data: Data = {}, name = "template"): Html {
    const source = new Source(name, text);
    return this.#render(() => this.#store.compile(source), data, source);
  }

  /** What is wrong with a text, without running it: for the form where it is written. Empty where nothing is. */
  check(text: string, name = "template"): readonly TemplateError[] {
    const source = new Source(name, text);
    try {
      const { tree } = this.#store.compile(source);
      return [...unknownNames(tree, source, this.#store.library)];
    } catch (thrown) {
      const error = locatedError(thrown, source, 0);
      if (error instanceof TemplateError) return [error];
      throw error;
    }
  }

  #render(find: () => CompiledTemplate, data: Data, source: Source): Html {
    const budget = new Budget(this.#limits);
    const scopes = { escaping: this.#scope(true, budget), plain: this.#scope(false, budget) };
    const renderer = new SandboxRenderer(this.#store, budget, new Permission(this.#functions), scopes);
    try {
      const template = find();
      renderer.enter(template);
      const frame = new Frame(renderer, template);
      return frame.html(template.sync.root(frame, new Context(data, this.#store.globals), null));
    } catch (error) {
      throw locatedError(error, source, 0);
    }
  }

  #scope(escaping: boolean, budget: Budget): SandboxScope {
    return new SandboxScope(escaping, this.#store, budget);
  }
}
