/**
 * Where in a page a place is, as far as it matters for what stands there. Contexts never change and are kept: the same
 * place is the same object, so that they can be compared and be keys.
 */
import type { AttributeKind } from "./attribute-kind.ts";
import type { Reader } from "./reader.ts";

/** A place in a page. */
export interface HtmlContext {
  /** Equal for equal places. */
  readonly key: string;
}

/** States of the tokenizer (HTML §13.2.5), as far as they differ for what can stand there. */
export type State =
  | "text"
  /** Behind `<` or `</`. */
  | "open"
  | "tag name"
  /** In a tag, with nothing that could go on. */
  | "spot"
  /** In a tag, behind what may be a name or an unquoted value, depending on a condition: it must not go on. */
  | "unsure"
  /** The same behind a blank, where only `=` would still be ambiguous. */
  | "unsure blank"
  | "name"
  | "after name"
  | "before value"
  | "value"
  /** Behind a `/` in a tag. */
  | "slash"
  /** In an element whose content is no markup. */
  | "raw"
  /** Behind `<!`. */
  | "declaration"
  | "comment"
  | "bogus comment"
  | "doctype"
  | "cdata"
  | "plaintext";

/** What the tokenizer knows. */
export interface Situation {
  readonly state: State;
  /** What was read of something that the text may go on with: a name, an end tag, a character reference. */
  readonly tail: string;
  /** The element of the tag or of the raw text, where it matters which; "" for ordinary ones. */
  readonly element: string;
  /** Whether the tag is an end tag. */
  readonly closing: boolean;
  /** The open elements that decide whether what follows is HTML, SVG or MathML, from the outermost. */
  readonly foreign: string;
  /** What the attributes of the tag said so far, where it matters: `type=json nonce=own`. */
  readonly facts: string;
  readonly attribute: AttributeKind;
  readonly quote: string;
  /** Whether nothing of an unquoted value was written yet. */
  readonly empty: boolean;
  /** The text of an attribute value that becomes a fact; undefined where a value is a part of it. */
  readonly literal: string | undefined;
  /** 1 behind `<!--` in a script, 2 behind a `<script` in that (HTML §13.2.5.20). */
  readonly escaped: number;
  readonly inner: Reader | undefined;
}

export const start: Situation = {
  state: "text",
  tail: "",
  element: "",
  closing: false,
  foreign: "",
  facts: "",
  attribute: "plain",
  quote: "",
  empty: false,
  literal: "",
  escaped: 0,
  inner: undefined,
};

/** A situation that is kept. Its reader must be copied before it reads on. */
export class Context implements HtmlContext {
  readonly key: string;
  readonly situation: Situation;

  constructor(key: string, situation: Situation) {
    this.key = key;
    this.situation = situation;
  }
}

/** Strangers' templates must not fill the memory with places that nobody else has. */
const KEPT = 2000;
const kept = new Map<string, Context>();

/** The context of a situation. */
export function contextOf(situation: Situation): Context {
  const key = keyOf(situation);
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= KEPT) {
    kept.clear();
    kept.set(textContext.key, textContext);
  }
  const { inner } = situation;
  const context = new Context(key, { ...situation, inner: inner?.copy() });
  kept.set(key, context);
  return context;
}

function keyOf(one: Situation): string {
  if (one.state === "text" && one.foreign === "") return "text";
  const place = `${one.state}|${one.tail}|${one.closing ? "/" : ""}${one.element}|${one.foreign}|${one.facts}`;
  const value = `${one.attribute}|${one.quote}|${one.empty ? 1 : 0}|${one.literal ?? "?"}|${one.escaped}`;
  return `${place}|${value}|${one.inner?.key ?? ""}`;
}

/** Element text, where templates start. */
export const textContext: Context = contextOf(start);
