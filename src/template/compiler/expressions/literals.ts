/** Literals, lists and dicts. */
import type { Dict, List, Literal } from "../../nodes.ts";
import type { Body } from "../body.ts";
import { quoted } from "../code.ts";
import { compileExpression } from "../parts.ts";

export function compileLiteral({ value }: Literal): string {
  if (typeof value === "string") return quoted(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

export function compileList({ items }: List, body: Body): string {
  return `[${items.map((item) => compileExpression(item, body)).join(", ")}]`;
}

/** A dict has no prototype: its keys may come from data. */
export function compileDict({ entries }: Dict, body: Body): string {
  const pairs = entries.map(
    ({ key, value }) => `${compileExpression(key, body)}, ${compileExpression(value, body)}`,
  );
  return `R.dict([${pairs.join(", ")}])`;
}
