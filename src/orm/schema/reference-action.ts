/** Reads what catalogs say about foreign keys. */
import type { ReferenceAction } from "../model/definition.ts";

const byLetter: Readonly<Record<string, ReferenceAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

/** From `CASCADE`, or the letter that PostgreSQL keeps. */
export function referenceAction(text: string): ReferenceAction {
  const lower = text.toLowerCase();
  return byLetter[lower] ?? Object.values(byLetter).find((action) => action === lower) ?? "no action";
}
