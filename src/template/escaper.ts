/**
 * Follows the HTML around every value of a template, once, before anything is rendered, and says what each value must
 * become to be safe where it stands. What cannot be made safe is an error in the template.
 */
import { type Context, type HtmlContext, textContext as text } from "./escaper/context.ts";
import { PlaceUnit } from "./escaper/place-unit.ts";
import type { Escape } from "./escaper/placed.ts";
import type { Node, Text } from "./nodes.ts";
import type { Source } from "./source.ts";

export type { HtmlContext } from "./escaper/context.ts";
export { escapeAttribute, quotedAttribute } from "./escaper/escape-attribute.ts";
export { elementText, escapeText } from "./escaper/escape-text.ts";
export type { Escape } from "./escaper/placed.ts";

/** Where an output stands, and what its value becomes there. */
export interface Placement {
  readonly context: HtmlContext;
  readonly escape: Escape;
  /** `text`, `attribute`, `url`, `script`, …: for explanations. */
  readonly kind: string;
}

export interface Placements {
  /** Every Output, Include, Block, CallBlock, Tag and FilterBlock. */
  readonly of: ReadonlyMap<Node, Placement>;
  /** Offsets in the value of a Text where the attribute with the nonce is to be put in. */
  readonly nonces: ReadonlyMap<Text, readonly number[]>;
}

/** Element text, where templates start. */
export const textContext: HtmlContext = text;

/**
 * Places the values of one unit: a template's root, or the body of one block, macro or call block. It must end in the
 * place where it began.
 *
 * @throws TemplateError `LMP_TEMPLATE_CONTEXT_UNSAFE`, with line and column.
 */
export function place(body: readonly Node[], start: HtmlContext, source: Source): Placements {
  const unit = new PlaceUnit(source);
  unit.place(body, start as Context);
  return unit;
}
