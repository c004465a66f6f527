/** Templates written by strangers: interpreted, within limits, and with nothing in reach that was not given. */
import type { Html } from "../message/index.ts";
import { engine } from "./engine-on-demand.ts";
import type { Data } from "./runtime/context.ts";
import type { SandboxOptions } from "./sandbox/sandbox-options.ts";
import type { TemplateError } from "./template-error.ts";

/**
 * Renders templates that strangers have written: customers who design their own e-mails, say. The language is that of
 * `Environment`, and so is the escaping, but the tree of the template is interpreted and no code is made from it. Each
 * rendering has limits (`LMP_TEMPLATE_LIMIT`, `LMP_TEMPLATE_DEPTH`), with the line and column where they were reached.
 *
 * A template may call macros, the functions among the `globals`, what classes list as `exposed`, and the built-in
 * methods that change nothing; calling a function that came with the data, or changing what came with it, is
 * `LMP_TEMPLATE_SANDBOX`. Filters, tests, globals and extensions that are given to the sandbox are trusted. What a
 * template is rendered with, it can show: give it no secrets. What it writes is a stranger's page, and its
 * scripts get no nonce.
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
  readonly #engine: ReturnType<typeof sandboxEngine>;

  /** Throws `LMP_TEMPLATE_OPTION_INVALID`. */
  constructor(options: SandboxOptions = {}) {
    this.#engine = sandboxEngine(options);
  }

  /** The text of a template of the loader. Throws `LMP_TEMPLATE_NOT_FOUND` and what rendering it comes upon. */
  render(name: string, data: Data = {}): Html {
    return this.#engine.render(name, data);
  }

  /** The text of a template that is given as text, which may extend and include those of the loader. */
  renderString(text: string, data: Data = {}, name = "template"): Html {
    return this.#engine.renderString(text, data, name);
  }

  /** What is wrong with a text, without running it: for the form where it is written. Empty where nothing is. */
  check(text: string, name = "template"): readonly TemplateError[] {
    return this.#engine.check(text, name);
  }
}

function sandboxEngine(options: SandboxOptions) {
  return new (engine().SandboxEngine)(options);
}
