/** How compiled code writes: text, values fitted to their place, and the text of other functions. */
import { type Escape, elementText, type HtmlContext, quotedAttribute, textContext } from "../escaper.ts";
import type { Node, Text } from "../nodes.ts";
import { type Unit, withNoncePlaces } from "../runtime/unit.ts";
import { type Body, type Constants, slot, write } from "./body.ts";
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

/** Whether a unit has a script or style anywhere, known after the first question. */
const holding = new WeakMap<Unit, boolean>();

function mayHoldNonce({ unit }: Body, { value }: Text): boolean {
  if (!value.includes(">")) return false;
  let holds = holding.get(unit);
  if (holds === undefined) {
    holds = holdsElement(unit.body);
    holding.set(unit, holds);
  }
  return holds;
}

const element = /<(?:script|style)/i;

function holdsElement(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(holdsElement);
  if (typeof part !== "object" || part === null) return false;
  const { type, value } = part as Partial<Text>;
  if (type === "Text") return element.test(value ?? "");
  return Object.values(part).some(holdsElement);
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
  return `(T === null ? ${escapedAtHome(script.constants, placement.escape, variable)} : ${elsewhere})`;
}

/** Strings in element text and quoted attributes, which most values are, are escaped without a detour. */
function escapedAtHome(constants: Constants, escapeHere: Escape, variable: string): string {
  if (escapeHere === elementText) return asText(variable);
  const call = `${constants.escapeCode(escapeHere)}(${variable})`;
  return escapeHere === quotedAttribute ? `typeof ${variable} === "string" ? X(${variable}) : ${call}` : call;
}

function asText(variable: string): string {
  return `(typeof ${variable} === "string" ? X(${variable}) : R.printed(${variable}, rt))`;
}
