/**
 * Which of HTML, SVG and MathML the parser is in (HTML §13.2.6.5): `<style>`, `<script>` and `<title>` are read in another way
 * in foreign content. The open elements that decide it are kept as a text, `svg foreignobject svg`.
 */
import { breaksOut, integrationPoints } from "./elements.ts";
import { unsafe } from "./placed.ts";

const DEEPEST = 60;

/** Whether a tag that follows is one of SVG or MathML. */
export function isForeign(open: string): boolean {
  return open !== "" && !isPoint(open);
}

function last(open: string): string {
  return open.slice(open.lastIndexOf(" ") + 1);
}

function withoutLast(open: string): string {
  return open.slice(0, Math.max(0, open.lastIndexOf(" ")));
}

/** A point is kept with a dot in front: `title` is one in SVG, and nothing of the kind in HTML. */
function isPoint(open: string): boolean {
  return last(open).startsWith(".");
}

/** The foreign element whose text is read as code there, if the place is inside of one. */
export function foreignCode(open: string): string | undefined {
  const inner = last(open);
  return inner === "script" || inner === "style" ? inner : undefined;
}

/** What is open behind a start tag. */
export function afterStart(open: string, element: string, selfClosing: boolean): string {
  if (!isForeign(open)) {
    return (element === "svg" || element === "math") && !selfClosing ? pushed(open, element) : open;
  }
  if (breaksOut(element)) return afterBreakout(open);
  if (selfClosing) return open;
  const inner = last(open);
  if (integrationPoints.get(inner)?.includes(element)) return pushed(open, `.${element}`);
  if (element === "svg" || element === "math" || element === "script" || element === "style") {
    return pushed(open, inner === "math" && element === "math" ? "math" : element);
  }
  return open;
}

/** Leaves SVG and MathML up to the next place of HTML. */
function afterBreakout(open: string): string {
  let outer = open;
  while (isForeign(outer)) outer = withoutLast(outer);
  return outer;
}

/** What is open behind an end tag. */
export function afterEnd(open: string, element: string): string {
  if (open === "" || element === "") return open;
  if (isPoint(open)) return last(open) === `.${element}` ? withoutLast(open) : open;
  let outer = open;
  while (isForeign(outer)) {
    if (last(outer) === element) return withoutLast(outer);
    outer = withoutLast(outer);
  }
  return open;
}

function pushed(open: string, element: string): string {
  const now = open === "" ? element : `${open} ${element}`;
  if (now.split(" ").length > DEEPEST) throw unsafe("SVG is nested too deeply.", "Take elements apart.");
  return now;
}
