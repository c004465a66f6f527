/** A call of the `html` tag as it stands in the code: what its strings say about the places of its values. */
import { noncePlace } from "../message/index.ts";
import { type Escape, elementText, type HtmlContext, type Placement, place, textContext } from "./escaper.ts";
import type { Node, Output, Text } from "./nodes.ts";
import { Source } from "./source.ts";

export interface HtmlSite {
  /** The strings, with the places for nonces. */
  readonly pieces: readonly string[];
  readonly hasNonces: boolean;
  /** What each value becomes; undefined in element text. */
  readonly escapes: readonly (Escape | undefined)[];
  readonly placements: readonly (Placement | undefined)[];
  /** Whether there is no tag in the strings, so that they may be attributes. */
  readonly isTagless: boolean;
  /** The literal as it is written, except for the values, and where in it they stand. */
  readonly source: Source;
  readonly offsets: readonly number[];
}

const inText = new WeakMap<TemplateStringsArray, HtmlSite>();
const elsewhere = new WeakMap<TemplateStringsArray, Map<HtmlContext, HtmlSite>>();

/** The site of these strings in element text; looked at once. */
export function siteOf(strings: TemplateStringsArray): HtmlSite {
  const known = inText.get(strings);
  if (known !== undefined) return known;
  const site = analyzed(strings, textContext);
  inText.set(strings, site);
  return site;
}

/** The site of the same strings in another place. */
export function siteIn(strings: TemplateStringsArray, context: HtmlContext): HtmlSite {
  const known = elsewhere.get(strings) ?? new Map<HtmlContext, HtmlSite>();
  elsewhere.set(strings, known);
  const site = known.get(context) ?? analyzed(strings, context);
  known.set(context, site);
  return site;
}

/** A value as a node: of what the tag is given, nothing is known but that it may be markup made by it. */
function outputAt(at: number): Output {
  return { type: "Output", at, expression: { type: "Captured", at } };
}

function analyzed(strings: TemplateStringsArray, start: HtmlContext): HtmlSite {
  const body: Node[] = [];
  const offsets: number[] = [];
  let written = "";
  strings.forEach((value, index) => {
    body.push({ type: "Text", at: written.length, value });
    written += value;
    if (index === strings.length - 1) return;
    offsets.push(written.length);
    body.push(outputAt(written.length));
    written += `\${…}`;
  });
  const source = new Source("html`…`", written);
  const { of, nonces } = place(body, start, source);
  const placements = body.filter((one) => one.type === "Output").map((one) => of.get(one));
  return {
    pieces: body.filter((one) => one.type === "Text").map((one) => withNonces(one, nonces.get(one))),
    hasNonces: nonces.size > 0,
    escapes: placements.map((one) => (one?.escape === elementText ? undefined : one?.escape)),
    placements,
    isTagless: strings.every((value) => !value.includes("<")),
    source,
    offsets,
  };
}

function withNonces({ value }: Text, offsets: readonly number[] = []): string {
  let text = "";
  let last = 0;
  for (const offset of offsets) {
    text += value.slice(last, offset) + noncePlace;
    last = offset;
  }
  return text + value.slice(last);
}
