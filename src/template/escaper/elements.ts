/** The elements that a page's tokenizer treats in a way of their own, or whose attributes do something of their own. */

/** Content is text up to the end tag, with character references. */
export const rcdataElements = new Set(["title", "textarea"]);
/** Content is text up to the end tag, and is shown to nobody or as it is. */
export const rawTextElements = new Set(["iframe", "noembed", "noframes", "xmp"]);
/** Elements of SVG that change what an attribute does. */
export const animations = new Set([
  "animate",
  "set",
  "animatetransform",
  "animatemotion",
  "animatecolor",
  "discard",
]);

const others =
  "script style plaintext svg math img source video meta link base object embed frame image".split(" ");
/** In these elements of SVG and MathML stands HTML, or SVG in MathML. */
export const integrationPoints: ReadonlyMap<string, readonly string[]> = new Map([
  ["svg", ["foreignobject", "desc", "title"]],
  ["math", ["mi", "mo", "mn", "ms", "mtext", "annotation-xml"]],
]);
const points = [...integrationPoints.values()].flat();

/** Start tags of HTML that end SVG and MathML (HTML §13.2.6.5). */
const breakouts = new Set(
  `b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta
  nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`.split(/\s+/),
);

const named = new Set([...rcdataElements, ...rawTextElements, ...animations, ...others, ...points]);

/** The element as far as it matters: its name, `breakout` for what ends SVG, or "". */
export function elementOf(name: string, foreign: string): string {
  if (named.has(name)) return name;
  return foreign !== "" && breakouts.has(name) ? "breakout" : "";
}

export function breaksOut(element: string): boolean {
  return element === "breakout" || breakouts.has(element);
}
