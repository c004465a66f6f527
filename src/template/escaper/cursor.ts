/** A place that moves: what the functions that read literal text change, and what becomes a context where it stops. */
import type { AttributeKind } from "./attribute-kind.ts";
import { type Context, contextOf, type Situation, type State, textContext } from "./context.ts";
import type { Reader } from "./reader.ts";

export class Cursor implements Situation {
  state: State;
  tail: string;
  element: string;
  closing: boolean;
  foreign: string;
  facts: string;
  attribute: AttributeKind;
  quote: string;
  empty: boolean;
  literal: string | undefined;
  escaped: number;
  inner: Reader | undefined;
  /** Offsets in the text that is read where a nonce is to be put in. */
  nonces: number[] = [];
  /** The offset of what is being read, for errors. */
  offset = 0;
  /** The offset of the `/` before the `>` that ends a tag, if both are in this text. */
  slash: number | undefined;

  constructor(context: Context) {
    const from = context.situation;
    this.state = from.state;
    this.tail = from.tail;
    this.element = from.element;
    this.closing = from.closing;
    this.foreign = from.foreign;
    this.facts = from.facts;
    this.attribute = from.attribute;
    this.quote = from.quote;
    this.empty = from.empty;
    this.literal = from.literal;
    this.escaped = from.escaped;
    this.inner = from.inner?.copy();
  }

  get context(): Context {
    if (this.state === "text" && this.foreign === "") return textContext;
    const {
      state,
      tail,
      element,
      closing,
      foreign,
      facts,
      attribute,
      quote,
      empty,
      literal,
      escaped,
      inner,
    } = this;
    return contextOf({
      state,
      tail,
      element,
      closing,
      foreign,
      facts,
      attribute,
      quote,
      empty,
      literal,
      escaped,
      inner,
    });
  }

  /** Element text, with nothing left of the tag before. */
  toText(): void {
    this.state = "text";
    this.tail = "";
    this.element = "";
    this.closing = false;
    this.facts = "";
    this.escaped = 0;
    this.inner = undefined;
    this.leaveValue();
  }

  /** A spot in a tag, behind an attribute or before one. */
  leaveValue(): void {
    this.attribute = "plain";
    this.quote = "";
    this.empty = false;
    this.literal = "";
  }
}

/** Blanks of HTML (Infra §4.5). */
export function isBlank(character: string | undefined): boolean {
  return (
    character === " " || character === "\n" || character === "\t" || character === "\r" || character === "\f"
  );
}
