/** Walks the nodes of one unit of a template, with the place in the page in hand. */
import type * as node from "../nodes.ts";
import type { Source } from "../source.ts";
import { TemplateError } from "../template-error.ts";
import type { Context } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { describe } from "./describe.ts";
import { isInTag, join, settled } from "./join.ts";
import { behindPart, returnsTo } from "./part.ts";
import { placeValue } from "./place-value.ts";
import { type Placed, unsafe } from "./placed.ts";
import { readMarkup } from "./read-markup.ts";

/** The loop around a node. */
interface Loop {
  readonly start: Context;
  readonly recursive: boolean;
  /** Where `break` and `continue` leave it. */
  readonly exits: Context[];
}

type Part = node.Block | node.Tag | node.Include | node.CallBlock | node.FilterBlock;

/** Where a list of nodes ends; `reached` is false behind `break` and `continue`. */
interface End {
  readonly context: Context;
  readonly reached: boolean;
}

export class PlaceUnit {
  readonly of = new Map<node.Node, Placed & { readonly context: Context }>();
  readonly nonces = new Map<node.Text, readonly number[]>();
  readonly #source: Source;
  /** Inside of `autoescape false`, where values are as they are. */
  #isOff = false;

  constructor(source: Source) {
    this.#source = source;
  }

  place(body: readonly node.Node[], start: Context): void {
    const end = this.#walk(body, start, undefined);
    if (!end.reached || returnsTo(start, end.context)) return;
    const last = body.at(-1);
    const at = last === undefined ? 0 : last.type === "Text" ? last.at + last.value.length : last.at;
    throw unsafe(
      `This part of the page ends in ${describe(end.context)}, but began in ${describe(start)}.`,
      "Close here what was opened here: tags, quotes, comments, scripts and styles.",
    ).locate(this.#source, Math.min(at, this.#source.text.length));
  }

  #walk(body: readonly node.Node[], start: Context, loop: Loop | undefined): End {
    let context = start;
    let reached = true;
    for (let index = 0; index < body.length; index++) {
      const one = body[index] as node.Node;
      switch (one.type) {
        case "Text":
          context = this.#text(one, context);
          break;
        case "Output":
          context = this.#output(one, context, firstOf(body[index + 1]), loop);
          break;
        case "Break":
        case "Continue":
          this.#returnToLoop(one, context, loop);
          reached = false;
          break;
        default: {
          const end = this.#structure(one, context, loop);
          context = end.context;
          reached &&= end.reached;
        }
      }
    }
    return { context, reached };
  }

  #text(text: node.Text, start: Context): Context {
    const cursor = new Cursor(start);
    try {
      readMarkup(cursor, text.value);
    } catch (error) {
      if (error instanceof TemplateError) error.locate(this.#source, text.at + cursor.offset);
      throw error;
    }
    if (cursor.nonces.length > 0) this.nonces.set(text, cursor.nonces);
    return cursor.context;
  }

  #output(output: node.Output, start: Context, next: string, loop: Loop | undefined): Context {
    const cursor = new Cursor(start);
    if (this.#isOff) return this.#unescaped(output, start, next);
    const placed = this.#located(output.at, () => placeValue(cursor, output.expression, next));
    const { expression } = output;
    const isLoop =
      expression.type === "Call" && expression.callee.type === "Name" && expression.callee.name === "loop";
    if (isLoop && loop?.recursive && !returnsTo(loop.start, start)) {
      throw unsafe(
        `The loop begins in ${describe(loop.start)} and is called in ${describe(start)}.`,
        "Call `loop()` where the same kind of markup may stand as at the beginning of the loop's body.",
      ).locate(this.#source, output.at);
    }
    this.of.set(output, { ...placed, context: placedIn(start) });
    return cursor.context;
  }

  /** A value that nobody escapes may stand anywhere; the page is taken to go on as it would with a harmless one. */
  #unescaped(output: node.Output, start: Context, next: string): Context {
    const cursor = new Cursor(start);
    try {
      this.of.set(output, { ...placeValue(cursor, output.expression, next), context: placedIn(start) });
      return cursor.context;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.of.set(output, { ...refused(error), context: placedIn(start) });
      const harmless = new Cursor(start);
      if (start.situation.state === "open") readMarkup(harmless, "a");
      return harmless.context;
    }
  }

  #structure(one: Exclude<node.Node, node.Text | node.Output>, start: Context, loop: Loop | undefined): End {
    const reached = true;
    switch (one.type) {
      case "If":
        return this.#if(one, start, loop);
      case "For":
        return { context: this.#for(one, start), reached };
      case "With":
        return this.#walk(one.body, start, loop);
      case "Autoescape":
        return this.#autoescape(one, start, loop);
      case "Block":
      case "Tag":
        return { context: this.#part(one, one.body ?? [], start), reached };
      case "Include":
      case "CallBlock":
        return { context: this.#part(one, [], start), reached };
      case "FilterBlock":
        return { context: this.#filterBlock(one, start), reached };
      default:
        return { context: start, reached };
    }
  }

  #autoescape(one: node.Autoescape, start: Context, loop: Loop | undefined): End {
    const before = this.#isOff;
    const { enabled } = one;
    if (enabled.type === "Literal") this.#isOff = enabled.value === false;
    const end = this.#walk(one.body, start, loop);
    this.#isOff = before;
    return end;
  }

  #if(one: node.If, start: Context, loop: Loop | undefined): End {
    const ends: { end: End; at: number }[] = one.branches.map((branch) => ({
      end: this.#walk(branch.body, start, loop),
      at: branch.at,
    }));
    const otherwise = one.otherwise === undefined ? { context: start, reached: true } : undefined;
    ends.push({
      end: otherwise ?? this.#walk(one.otherwise ?? [], start, loop),
      at: one.otherwise?.[0]?.at ?? one.at,
    });
    const [first, ...others] = ends.filter(({ end }) => end.reached);
    if (first === undefined) return { context: start, reached: false };
    let { context } = first.end;
    for (const { end, at } of others) {
      const joined = join(context, end.context);
      if (joined === undefined) throw this.#branchesDiffer(one, context, end.context, at);
      context = joined;
    }
    return { context, reached: true };
  }

  #branchesDiffer(one: node.If, first: Context, second: Context, at: number): TemplateError {
    const alone = one.otherwise === undefined && one.branches.length === 1;
    return unsafe(
      alone
        ? `With the condition, the page goes on in ${describe(first)}; without it, in ${describe(second)}.`
        : `One branch ends in ${describe(first)}, another in ${describe(second)}.`,
      "Open and close tags, quotes, comments, scripts and styles in the same branch.",
    ).locate(this.#source, alone ? one.at : at);
  }

  /** A body ends where it began; in a tag that may take two rounds to see what can stand before it. */
  #for(one: node.For, start: Context): Context {
    let begin = start;
    for (let round = 0; ; round++) {
      const exits: Context[] = [];
      const end = this.#walk(one.body, begin, { start: begin, recursive: one.recursive, exits });
      if (end.reached) exits.push(end.context);
      const joined = exits.reduce<Context | undefined>((all, exit) => all && join(all, exit), begin);
      if (joined === undefined || round === 3) throw this.#loopMoves(one.at, begin, end.context);
      if (joined.key === begin.key) break;
      begin = joined;
    }
    if (one.otherwise === undefined) return begin;
    const otherwise = this.#walk(one.otherwise, start, undefined);
    if (!otherwise.reached) return begin;
    const joined = join(begin, otherwise.context);
    if (joined !== undefined) return joined;
    throw this.#loopMoves(one.otherwise[0]?.at ?? one.at, begin, otherwise.context);
  }

  #loopMoves(at: number, begin: Context, end: Context): TemplateError {
    return unsafe(
      `A loop begins in ${describe(begin)} and ends in ${describe(end)}.`,
      "Open and close tags, quotes, comments, scripts and styles inside of the loop.",
    ).locate(this.#source, at);
  }

  #returnToLoop(one: node.Break | node.Continue, context: Context, loop: Loop | undefined): void {
    if (loop === undefined) return;
    loop.exits.push(context);
    if (join(loop.start, context) !== undefined) return;
    const word = one.type === "Break" ? "break" : "continue";
    throw unsafe(
      `\`${word}\` leaves the loop in ${describe(context)}, but the loop began in ${describe(loop.start)}.`,
      `Close what the loop opened before \`${word}\`.`,
    ).locate(this.#source, one.at);
  }

  /** A block, an include, a call or a tag: another part of the page, which gives the place back as it was. */
  #part(one: Part, body: readonly node.Node[], start: Context): Context {
    const context = placedIn(start);
    const placed = this.#located(one.at, () => partPlaced(context));
    const end = this.#walk(body, context, undefined);
    if (end.reached && !returnsTo(context, end.context)) {
      throw unsafe(
        `This part of the page begins in ${describe(context)} and ends in ${describe(end.context)}.`,
        "Open and close tags, quotes, comments, scripts and styles inside of it.",
      ).locate(this.#source, one.at);
    }
    this.of.set(one, { ...placed, context });
    return behindPart(context);
  }

  #filterBlock(one: node.FilterBlock, start: Context): Context {
    if (start.situation.state !== "text") {
      throw unsafe(
        `A filter block stands in ${describe(start)}.`,
        "Filter blocks work in element text. Elsewhere, apply the filter to the value: `{{ value | filter }}`.",
      ).locate(this.#source, one.at);
    }
    return this.#part(one, one.body, start);
  }

  /** Gives an error the place of a node. */
  #located<Result>(at: number, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof TemplateError) error.locate(this.#source, at);
      throw error;
    }
  }
}

/** Stands for what a part of the page gives, which may be markup of its own like the output of a macro. */
const somePart: node.Expression = {
  type: "Call",
  at: 0,
  callee: { type: "Name", at: 0, name: "part" },
  arguments: { positional: [], named: [], spread: undefined, namedSpread: undefined },
};

/** What a value given by a part becomes; where none may stand, the part may still be there with text alone. */
function partPlaced(context: Context): Placed {
  const { state, quote, empty } = context.situation;
  if (state === "before value" || (state === "value" && quote === "" && empty)) {
    throw unsafe("A part of the page is an attribute's value without quotes.", "Put quotes around it.");
  }
  try {
    return placeValue(new Cursor(context), somePart, "");
  } catch (error) {
    if (error instanceof TemplateError) return refused(error);
    throw error;
  }
}

function refused(error: TemplateError): Placed {
  return {
    kind: "refused",
    escape: () => {
      throw error;
    },
  };
}

/** Where a part of the page would begin: an unquoted value could still go on, so nothing else may begin there. */
function placedIn(context: Context): Context {
  return isInTag(context.situation) ? settled(context) : context;
}

/** The first character of the text behind a value, if it is text. */
function firstOf(next: node.Node | undefined): string {
  return next?.type === "Text" ? (next.value[0] ?? "") : "";
}
