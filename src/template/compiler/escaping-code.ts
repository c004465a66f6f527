/** Whether values are escaped, as code. */
import type { Body } from "./body.ts";

export function escapingCode({ escaping }: Body): string {
  return typeof escaping === "boolean" ? String(escaping) : escaping.variable;
}

/** What filters and tests get as `this`. */
export function filterScopeCode({ escaping }: Body): string {
  if (typeof escaping === "boolean") return escaping ? "S.escaping" : "S.plain";
  return `(${escaping.variable} ? S.escaping : S.plain)`;
}
