/** Adds a name to `Vary`, so that caches keep answers apart (RFC 9110 §12.5.5). */
import type { Headers } from "../http/index.ts";

/** Adds `name` unless it, or `*`, is there already. */
export function addVary(headers: Headers, name: string): void {
  const vary = headers.get("vary");
  if (vary === null) {
    headers.set("Vary", name);
    return;
  }
  const known = vary.split(",").map((one) => one.trim().toLowerCase());
  if (!known.includes("*") && !known.includes(name.toLowerCase())) headers.set("Vary", `${vary}, ${name}`);
}
