/** How interpreted templates write: text, values fitted to their place, and the text of other functions. */
import { Html } from "../../message/index.ts";
import { escapeText, type HtmlContext, textContext } from "../escaper.ts";
import type { Node, Text } from "../nodes.ts";
import { plain } from "../runtime/pieces.ts";
import { printed } from "../runtime/printed.ts";
import { withNoncePlaces } from "../runtime/unit.ts";
import { type Body, isExtending, slot } from "./body.ts";
import { chargeWhole } from "./weight.ts";

/** Adds text that was counted when it was written: that of a block, a macro, an include. */
export function appendWritten(body: Body, text: string): void {
  if (!body.silent && !isExtending(body)) body.out.text += text;
}

/** Adds text. */
export function append(body: Body, text: string): void {
  if (body.silent || isExtending(body)) return;
  body.running.rt.budget.write(text.length);
  body.out.text += text;
}

/** Adds text of the template, with places for the nonce where it has any. */
export function appendText(body: Body, node: Text): void {
  const { unit, table, running } = body;
  if (!unit.contextual) {
    append(body, node.value);
    return;
  }
  const text =
    table === null ? withNoncePlaces(node, unit.placements?.nonces.get(node)) : table.texts[slot(body, node)];
  if (text !== undefined && text !== node.value) running.rt.nonced = true;
  append(body, text ?? node.value);
}

/** The place of the HTML in which a node stands. */
export function placeOf(body: Body, node: Node): HtmlContext {
  const { unit, table } = body;
  if (!unit.contextual) return textContext;
  const place = table === null ? unit.placements?.of.get(node)?.context : table.contexts[slot(body, node)];
  return place ?? unplaced(node);
}

/** A value as text fit for the place of its node. */
export function fitted(body: Body, value: unknown, node: Node): string {
  const { unit, table, escaping, running } = body;
  if (typeof value === "object" && !(value instanceof Html)) chargeWhole(value, running.rt.budget);
  if (!escaping) return plain(value, running.rt);
  if (!unit.contextual) return printed(value, running.rt);
  if (table !== null) return (table.escapes[slot(body, node)] ?? unplaced(node))(value);
  const placement = unit.placements?.of.get(node) ?? unplaced(node);
  if (placement.kind === "text") return printed(value, running.rt);
  return placement.kind === "attribute" && typeof value === "string"
    ? escapeText(value)
    : placement.escape(value);
}

/** The escaper places every node of a unit that can be reached. */
function unplaced({ type }: Node): never {
  throw new Error(`A ${type} was reached that the escaper has not placed.`);
}
