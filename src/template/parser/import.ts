/** `{% import template as target with context %}` */
import type { Import } from "../nodes.ts";
import { parseImportContext } from "./import-context.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";
import { parseBoundName } from "./targets.ts";

export function parseImport(parsing: Parsing, at: number): Import {
  requireOperand(parsing, "the name of a template", 'Write `import "macros.html" as macros`.');
  const template = parsing.expression();
  if (!parsing.takeWord("as")) {
    const fix = parsing.isWord("from")
      ? 'Write `from "macros.html" import name`.'
      : 'Write `import "macros.html" as macros`.';
    throw parsing.unexpected("`as`", fix);
  }
  const target = parseBoundName(parsing, "a name");
  const withContext = parseImportContext(parsing) ?? false;
  parsing.expectTagEnd();
  return { type: "Import", at, template, target, withContext };
}
