/** One template at work: which blocks are in force, and how it reaches other templates. */
import { Html } from "../../message/index.ts";
import { type HtmlContext, textContext } from "../escaper.ts";
import { TemplateError } from "../template-error.ts";
import { iterate, toArray } from "../values/iterate.ts";
import { chosenTemplate } from "./chosen-template.ts";
import type { CompiledBlock, CompiledTemplate } from "./compiled-template.ts";
import { Context, type Data } from "./context.ts";
import { isPromise } from "./promise.ts";
import type { Renderer } from "./renderer.ts";
import type { Sink } from "./sink.ts";
import type { Unit } from "./unit.ts";

/** What a template that extends has found, in order from the most derived. */
type Chains = Map<string, CompiledBlock[]>;

export class Frame {
  readonly rt: Renderer;
  readonly template: CompiledTemplate;
  #chains: Chains | undefined;

  constructor(renderer: Renderer, template: CompiledTemplate) {
    this.rt = renderer;
    this.template = template;
  }

  /** The template that is extended; its blocks come behind those of this one. */
  extend(target: unknown, from: string): CompiledTemplate {
    const parent = chosenTemplate(target, from, this.rt.host);
    this.#chains ??= chainsOf(this.template);
    for (const [name, block] of parent.blocks) {
      const chain = this.#chains.get(name);
      if (chain === undefined) this.#chains.set(name, [block]);
      else chain.push(block);
    }
    return parent;
  }

  /** The text of the extended template, with the blocks in force. */
  parent(parent: CompiledTemplate, context: Context, place: HtmlContext): string {
    this.rt.enter(parent);
    const text = parent.sync.root(this, context, parent.root.table(place));
    this.rt.leave();
    return text;
  }

  async parentAsync(
    parent: CompiledTemplate,
    context: Context,
    place: HtmlContext,
    out: Sink,
  ): Promise<void> {
    this.rt.enter(parent);
    await parent.async.root(this, context, parent.root.table(place), out);
    this.rt.leave();
  }

  /** What the extended template sets for its blocks. */
  parentNames(parent: CompiledTemplate, context: Context): void {
    this.rt.enter(parent);
    parent.names.root(this, context, null);
    this.rt.leave();
  }

  block(name: string, context: Context, place: HtmlContext): string {
    return this.#run(name, this.#first(name), context, place);
  }

  async blockAsync(name: string, context: Context, place: HtmlContext, out: Sink): Promise<void> {
    await this.#runAsync(name, this.#first(name), context, place, out);
  }

  /** The same block as a template above has it: the extended one at a height of 1. */
  super(name: string, unit: Unit, height: number, context: Context, place: HtmlContext): string {
    return this.#run(name, this.#next(name, unit, height), context, place);
  }

  async superAsync(
    name: string,
    unit: Unit,
    height: number,
    context: Context,
    place: HtmlContext,
    out: Sink,
  ): Promise<void> {
    await this.#runAsync(name, this.#next(name, unit, height), context, place, out);
  }

  /** A block by its name: `self.title()`. */
  self(name: string, context: Context, place: HtmlContext): string {
    return this.#run(name, this.#named(name), context, place);
  }

  async selfAsync(name: string, context: Context, place: HtmlContext, out: Sink): Promise<void> {
    await this.#runAsync(name, this.#named(name), context, place, out);
  }

  /** A block by itself, for the place where the outermost template has it. */
  alone(name: string, context: Context): string {
    const block = this.#named(name);
    const outermost = this.#chains?.get(name)?.at(-1) ?? block;
    return this.#run(name, block, context, outermost.unit.home ?? textContext);
  }

  /** The items of a value that may be a promise or arrive one by one. */
  async *each(value: unknown): AsyncGenerator<unknown> {
    if (!isAsyncIterable(value)) {
      for (const item of iterate(value)) yield isPromise(item) ? await this.rt.wait(item) : item;
      return;
    }
    const iterator = value[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value: item } = await this.rt.wait(iterator.next());
        if (done === true) return;
        yield item;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** All items at once, for loops that ask how many there are. */
  async all(value: unknown): Promise<unknown[]> {
    if (!isAsyncIterable(value)) return toArray(value);
    const items: unknown[] = [];
    for await (const item of this.each(value)) items.push(item);
    return items;
  }

  /** The block that is in force, or undefined. */
  find(name: string): CompiledBlock | undefined {
    return this.#chains === undefined ? this.template.blocks.get(name) : this.#chains.get(name)?.[0];
  }

  include(
    target: unknown,
    from: string,
    context: Context | undefined,
    names: Data | undefined,
    place: HtmlContext,
    ignoreMissing: boolean,
  ): string {
    const template = chosenTemplate(target, from, this.rt.host, ignoreMissing);
    if (template === undefined) return "";
    this.rt.enter(template);
    const inner = this.#contextOf(context, names);
    const text = template.sync.root(new Frame(this.rt, template), inner, template.root.table(place));
    this.rt.leave();
    return text;
  }

  async includeAsync(
    target: unknown,
    from: string,
    context: Context | undefined,
    names: Data | undefined,
    place: HtmlContext,
    ignoreMissing: boolean,
    out: Sink,
  ): Promise<void> {
    const template = chosenTemplate(target, from, this.rt.host, ignoreMissing);
    if (template === undefined) return;
    this.rt.enter(template);
    const inner = this.#contextOf(context, names);
    await template.async.root(new Frame(this.rt, template), inner, template.root.table(place), out);
    this.rt.leave();
  }

  /** What a template sets at its top level, by name. */
  module(target: unknown, from: string, context: Context | undefined, names: Data | undefined): Data {
    const template = chosenTemplate(target, from, this.rt.host);
    return exportsOf(this.#known(template, context) ?? this.#ran(template, context, names));
  }

  async moduleAsync(
    target: unknown,
    from: string,
    context: Context | undefined,
    names: Data | undefined,
    out: Sink,
  ): Promise<Data> {
    const template = chosenTemplate(target, from, this.rt.host);
    const known = this.#known(template, context);
    if (known !== undefined) return exportsOf(known);
    const inner = this.#contextOf(context, names);
    this.rt.enter(template);
    await template.async.root(new Frame(this.rt, template), inner, template.root.table(textContext), out);
    this.rt.leave();
    if (context === undefined) this.rt.modules.set(template, inner);
    return exportsOf(inner);
  }

  /** Markup that this rendering has made. */
  html(markup: string): Html {
    return this.rt.nonced ? Html.withNoncePlaces(markup) : new Html(markup);
  }

  #known(template: CompiledTemplate, context: Context | undefined): Context | undefined {
    return context === undefined ? this.rt.modules.get(template) : undefined;
  }

  #ran(template: CompiledTemplate, context: Context | undefined, names: Data | undefined): Context {
    const inner = this.#contextOf(context, names);
    this.rt.enter(template);
    template.sync.root(new Frame(this.rt, template), inner, template.root.table(textContext));
    this.rt.leave();
    if (context === undefined) this.rt.modules.set(template, inner);
    return inner;
  }

  #contextOf(context: Context | undefined, names: Data | undefined): Context {
    return context === undefined ? new Context({}, this.rt.host.globals) : context.derive(names ?? {});
  }

  #first(name: string): CompiledBlock {
    const block = this.find(name);
    if (block === undefined)
      throw new Error(`A compiled template calls the block ${name}, which nobody has.`);
    if (block.required) return refuseRequired(name);
    return block;
  }

  #named(name: string): CompiledBlock {
    const block = this.find(name);
    if (block?.required === true) return refuseRequired(name);
    if (block !== undefined) return block;
    throw new TemplateError("LMP_TEMPLATE_BLOCK_UNKNOWN", `There is no block \`${name}\`.`, {
      expected: "a block of this template or of one that it extends",
      found: name,
      fix: "Check the name of the block.",
    });
  }

  #next(name: string, unit: Unit, height: number): CompiledBlock {
    const chain = this.#chains?.get(name) ?? [];
    const next = chain[chain.findIndex((block) => block.unit === unit) + height];
    if (next !== undefined) return next;
    throw new TemplateError("LMP_TEMPLATE_BLOCK_UNKNOWN", `There is no block \`${name}\` above this one.`, {
      expected: `a block \`${name}\` in a template that this one extends`,
      found: "none",
      fix: "Leave `super()` out, or check the name of the block in the layout.",
    });
  }

  #run(name: string, block: CompiledBlock, context: Context, place: HtmlContext): string {
    const run = block.template.sync.blocks.get(name);
    if (run === undefined) return refuseRequired(name);
    this.rt.templates.add(block.template);
    return run(this, context, block.unit.table(place));
  }

  async #runAsync(
    name: string,
    block: CompiledBlock,
    context: Context,
    place: HtmlContext,
    out: Sink,
  ): Promise<void> {
    const run = block.template.async.blocks.get(name);
    if (run === undefined) return refuseRequired(name);
    this.rt.templates.add(block.template);
    this.rt.descend();
    await run(this, context, block.unit.table(place), out);
    this.rt.ascend();
  }
}

function chainsOf({ blocks }: CompiledTemplate): Chains {
  return new Map([...blocks].map(([name, block]) => [name, [block]]));
}

/** Names that begin with an underscore are a template's own business. */
function exportsOf(context: Context): Data {
  const names: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of context.own) if (!name.startsWith("_")) names[name] = value;
  return names;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function refuseRequired(name: string): never {
  throw new TemplateError(
    "LMP_TEMPLATE_BLOCK_REQUIRED",
    `The block \`${name}\` is required, and nobody fills it.`,
    {
      expected: `\`{% block ${name} %}\` in the template that extends this one`,
      found: "none",
      fix: "Define the block in the page, or take `required` away.",
    },
  );
}
