/** `{% from template import name, name as alias with context %}` */
import type { FromImport, ImportedName } from "../nodes.ts";
import { parseImportContext } from "./import-context.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";
import { parseBoundName } from "./targets.ts";

const shape = 'Write `from "macros.html" import name, other as alias`.';

export function parseFromImport(parsing: Parsing, at: number): FromImport {
  requireOperand(parsing, "the name of a template", shape);
  const template = parsing.expression();
  if (!parsing.takeWord("import")) throw parsing.unexpected("`import`", shape);
  const names: ImportedName[] = [];
  let withContext: boolean | undefined;
  for (;;) {
    withContext = names.length > 0 ? parseImportContext(parsing) : undefined;
    if (withContext !== undefined) break;
    names.push(parseImportedName(parsing));
    withContext = parseImportContext(parsing);
    if (withContext !== undefined || !parsing.take(",")) break;
  }
  if (!parsing.is("block end")) {
    const words = withContext === undefined ? "`,`, `as`, `with context` or " : "";
    throw parsing.unexpected(`${words}${parsing.tagEnd}`, shape);
  }
  parsing.next();
  return { type: "FromImport", at, template, names, withContext: withContext ?? false };
}

function parseImportedName(parsing: Parsing): ImportedName {
  const { at } = parsing.current;
  const fix = parsing.is("*") ? "List the names, or import the template as one name." : shape;
  const name = parseBoundName(parsing, "a name to import", fix);
  if (name.startsWith("_")) {
    throw parsing.error(
      at,
      `\`${name}\` cannot be imported: names with \`_\` at the beginning are private.`,
      {
        found: `\`${name}\``,
        fix: "Rename it in the template that it comes from.",
      },
    );
  }
  const alias = parsing.takeWord("as") ? parseBoundName(parsing, "a name") : name;
  return { at, name, alias };
}
