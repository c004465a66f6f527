/** A tag of an extension: its function gets the arguments and the body, and what it gives is escaped for the place. */
import type { Tag } from "../../nodes.ts";
import { append, fitted } from "../append.ts";
import type { Body } from "../body.ts";
import { runCaptured } from "../captured.ts";
import { namedOf, positionalOf } from "../expressions/calls.ts";

export function runTag(node: Tag, body: Body): undefined {
  const { rt } = body.running;
  const positional = positionalOf(node.arguments, body);
  const named = namedOf(node.arguments, body);
  const captured = { type: "Captured", at: node.at } as const;
  const run = node.body === undefined ? undefined : () => runCaptured(node, captured, body).value;
  const value = rt.host.tag(node.name, positional, named, run);
  rt.budget.look();
  rt.budget.chargeMade(value);
  if (!body.silent) append(body, fitted(body, value, node));
}
