/** `{% include template ignore missing without context %}` */
import type { Include } from "../nodes.ts";
import { parseImportContext } from "./import-context.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";

export function parseInclude(parsing: Parsing, at: number): Include {
  requireOperand(parsing, "the name of a template", 'Write `include "partial.html"`.');
  const template = parsing.expression();
  let ignoreMissing = false;
  if (parsing.takeWord("ignore")) {
    if (!parsing.takeWord("missing")) throw parsing.unexpected("`missing`", "Write `ignore missing`.");
    ignoreMissing = true;
  }
  const withContext = parseImportContext(parsing) ?? true;
  if (parsing.isWord("ignore")) {
    throw parsing.unexpected(
      parsing.tagEnd,
      "Write `ignore missing` before `with context` or `without context`.",
    );
  }
  if (parsing.isWord("with")) {
    throw parsing.unexpected(
      "`with context`",
      "Bind values around it: `{% with name = value %}{% include … %}{% endwith %}`.",
    );
  }
  parsing.expectTagEnd('Write `include "partial.html"`, then `ignore missing` or `without context`.');
  return { type: "Include", at, template, ignoreMissing, withContext };
}
