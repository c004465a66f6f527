/** A pattern of LIKE as one of GLOB, which is how SQLite compares with regard to case. */
import type { BoundValue } from "../../compiler/compiled.ts";

/** `%` and `_` become `*` and `?`; what is escaped by `\`, and what GLOB takes for a wildcard, stands for itself. */
export function globPattern(pattern: BoundValue): string {
  return String(pattern).replaceAll(/\\(.)|[%_*?[]/gs, (found: string, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    if (found === "%") return "*";
    return found === "_" ? "?" : literal(found);
  });
}

function literal(character: string): string {
  return character === "*" || character === "?" || character === "[" ? `[${character}]` : character;
}
