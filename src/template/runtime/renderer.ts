/** What all templates of one rendering share. */
import type { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import type { NamedArguments } from "../values/named-arguments.ts";
import type { CompiledTemplate } from "./compiled-template.ts";
import type { Context } from "./context.ts";
import { Sink, StreamSink } from "./sink.ts";

/** Where templates come from. */
export interface TemplateHost {
  readonly globals: ReadonlyMap<string, unknown>;
  /** The template of a name, which may begin with `./` or `../` for one beside `from`. Throws `LMP_TEMPLATE_NOT_FOUND`. */
  compiled(name: string, from: string): CompiledTemplate;
  /** Like `compiled`; undefined where no loader has it. */
  find(name: string, from: string): CompiledTemplate | undefined;
  /** What a tag of an extension gives. */
  tag(
    name: string,
    positional: readonly unknown[],
    named: NamedArguments | undefined,
    body: (() => unknown) | undefined,
  ): unknown;
}

/** Templates inside templates, at most. */
const MAX_DEPTH = 50;

/** Macros, blocks and recursive loops inside one another, at most, where the stack does not end them: what waits leaves it. */
const MAX_CALLS = 1_000;

export class Renderer {
  readonly host: TemplateHost;
  /** Whether the markup has places for the nonce. */
  nonced = false;
  /** Every template whose code has run, to find an error's place. */
  readonly templates: Set<CompiledTemplate> = new Set();
  /** What imports without context have given. */
  readonly modules: Map<CompiledTemplate, Context> = new Map();
  readonly sink: Sink;
  #depth = 0;
  #calls = 0;

  constructor(host: TemplateHost, sink: Sink = new Sink()) {
    this.host = host;
    this.sink = sink;
  }

  /** Goes one template deeper; `leave` comes back. */
  enter(template: CompiledTemplate): void {
    this.templates.add(template);
    this.#depth += 1;
    if (this.#depth <= MAX_DEPTH) return;
    throw new TemplateError("LMP_TEMPLATE_DEPTH", `Templates stand inside templates ${MAX_DEPTH} deep.`, {
      expected: `at most ${MAX_DEPTH}`,
      found: `\`${template.source.name}\` at depth ${this.#depth}`,
      fix: "Look for a template that includes or extends itself, directly or through others.",
    });
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Goes one call deeper in code that waits; `ascend` comes back. */
  descend(): void {
    this.#calls += 1;
    if (this.#calls <= MAX_CALLS) return;
    throw new TemplateError("LMP_TEMPLATE_DEPTH", "The template calls itself without end.", {
      expected: "a recursion that comes to an end",
      found: `${MAX_CALLS} calls inside one another`,
      fix: "Look for a macro or a loop that calls itself in every round.",
    });
  }

  ascend(): void {
    this.#calls -= 1;
  }

  /** Text of trusted markup, its places for the nonce noted. */
  markup(html: Html): string {
    if (html.hasNoncePlaces) this.nonced = true;
    return html.markup;
  }

  /** Waits for a value; what was written so far may leave meanwhile. */
  wait<Value>(value: PromiseLike<Value>): PromiseLike<Value> {
    return this.sink instanceof StreamSink ? this.sink.wait(value) : value;
  }
}
