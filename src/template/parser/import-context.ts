/** `with context` and `without context`, behind `include`, `import` and `from … import`. */
import type { Parsing } from "./parsing.ts";

/** Whether the context goes along; undefined where nothing is said about it. */
export function parseImportContext(parsing: Parsing): boolean | undefined {
  if (!isImportContext(parsing)) return undefined;
  const { value } = parsing.next();
  parsing.next();
  return value === "with";
}

function isImportContext(parsing: Parsing): boolean {
  if (!parsing.isWord("with") && !parsing.isWord("without")) return false;
  const { type, value } = parsing.look();
  return type === "name" && value === "context";
}
