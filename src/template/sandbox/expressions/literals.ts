/** Literals, lists and dicts. */
import type { Dict, List, Literal } from "../../nodes.ts";
import { runtime } from "../../runtime.ts";
import type { Body } from "../body.ts";
import { evaluate } from "../parts.ts";

export function evaluateLiteral({ value }: Literal): unknown {
  return value;
}

export function evaluateList({ items }: List, body: Body): unknown[] {
  return items.map((item) => evaluate(item, body));
}

export function evaluateDict({ entries }: Dict, body: Body): unknown {
  return runtime.dict(entries.flatMap(({ key, value }) => [evaluate(key, body), evaluate(value, body)]));
}
