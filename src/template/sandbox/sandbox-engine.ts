/** What `Sandbox` does: a store of its own, an interpreter, and a budget for each rendering. */
import { Html } from "../../message/index.ts";
import type { CompiledTemplate } from "../runtime/compiled-template.ts";
import { Context, type Data } from "../runtime/context.ts";
import { Frame } from "../runtime/frame.ts";
import { Source } from "../source.ts";
import { TemplateError } from "../template-error.ts";
import { TemplateStore } from "../template-store.ts";
import { Budget } from "./budget.ts";
import { interpret } from "./interpreter.ts";
import { unknownNames } from "./known-names.ts";
import { checkedLimits, type Limits } from "./limits.ts";
import { locatedError } from "./located-error.ts";
import { functionsIn, Permission } from "./permission.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { SandboxRenderer } from "./sandbox-renderer.ts";
import { SandboxScope } from "./sandbox-scope.ts";

export class SandboxEngine {
  readonly #store: TemplateStore;
  readonly #limits: Limits;
  readonly #functions: ReadonlySet<unknown>;

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
      const text = template.sync.root(frame, new Context(data, this.#store.globals), null);
      // A stranger's scripts get no nonce: the places for it are taken out.
      return new Html(String(frame.html(text)));
    } catch (error) {
      throw locatedError(error, source, 0);
    }
  }

  #scope(escaping: boolean, budget: Budget): SandboxScope {
    return new SandboxScope(escaping, this.#store, budget);
  }
}
