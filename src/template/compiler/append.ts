/** How compiled code writes: text, values fitted to their place, and the text of other functions. */
import { type HtmlContext, textContext } from "../escaper.ts";
import type { Node, Text } from "../nodes.ts";
import { withNoncePlaces } from "../runtime/unit.ts";
import { type Body, slot, write } from "./body.ts";
import { quoted } from "./code.ts";

/** Adds the text that an expression of JavaScript gives. */
export function append(body: Body, text: string, node: { readonly at: number }): void {
  if (body.silent) return;
  const statement = body.script.async ? `${body.out}.add(${text});` : `${body.out} += ${text};`;
  write(
    body,
    body.role === "root" && body.script.maybeExtends ? `if (parent === undefined) ${statement}` : statement,
    node,
  );
}

/** Adds text of the template. In a unit with scripts or styles, where a nonce stands depends on the place. */
export function appendText(body: Body, node: Text): void {
  if (node.value === "") return;
  const { unit } = body;
  const offsets = unit.placements?.nonces.get(node);
  if (!unit.contextual || (offsets === undefined && !mayHoldNonce(body, node))) {
    append(body, quoted(node.value), node);
    return;
  }
  const number = slot(body, node);
  const home = offsets === undefined ? quoted(node.value) : `R.nonced(rt, ${nonceCode(node, offsets)})`;
  append(
    body,
    unit.home === undefined
      ? `R.nonced(rt, T.texts[${number}])`
      : `(T === null ? ${home} : R.nonced(rt, T.texts[${number}]))`,
    node,
  );
}

/** The text as code, since the place for the nonce is another one in every process. */
function nonceCode(node: Text, offsets: readonly number[]): string {
  return quoted(withNoncePlaces(node, offsets));
}

const element = /<(?:script|style)/i;

function mayHoldNonce({ unit }: Body, { value }: Text): boolean {
  return value.includes(">") && unit.body.some((node) => holdsElement(node));
}

function holdsElement(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holdsElement);
  if (typeof node !== "object" || node === null) return false;
  const { type, value } = node as Partial<Text>;
  if (type === "Text") return element.test(value ?? "");
  return Object.values(node).some(holdsElement);
}

/** Code for the place of the HTML in which a node stands. */
export function placeOf(body: Body, node: Node): string {
  const { unit, script } = body;
  if (!unit.contextual) return script.constants.context(textContext);
  const number = slot(body, node);
  const home: HtmlContext | undefined = unit.placements?.of.get(node)?.context;
  if (unit.home === undefined || home === undefined) return `T.contexts[${number}]`;
  return `(T === null ? ${script.constants.context(home)} : T.contexts[${number}])`;
}

/** Code for a value, in a variable, as text fit for the place of its node. */
export function fitted(body: Body, variable: string, node: Node): string {
  const { escaping } = body;
  if (escaping === false) return `R.plain(${variable}, rt)`;
  const escaped = escapedHere(body, variable, node);
  return escaping === true ? escaped : `(${escaping.variable} ? ${escaped} : R.plain(${variable}, rt))`;
}

function escapedHere(body: Body, variable: string, node: Node): string {
  const { unit, script } = body;
  if (!unit.contextual) return asText(variable);
  const number = slot(body, node);
  const elsewhere = `T.escapes[${number}](${variable})`;
  const placement = unit.placements?.of.get(node);
  if (placement === undefined) return elsewhere;
  const { escape: fit, kind } = placement;
  const other = `${script.constants.escapeCode(fit)}(${variable})`;
  const home =
    kind === "text"
      ? asText(variable)
      : kind === "attribute"
        ? `typeof ${variable} === "string" ? X(${variable}) : ${other}`
        : other;
  return `(T === null ? ${home} : ${elsewhere})`;
}

function asText(variable: string): string {
  return `(typeof ${variable} === "string" ? X(${variable}) : R.printed(${variable}, rt))`;
}
