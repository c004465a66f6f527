/** What holds for every template. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TemplateError } from "../../src/template/template-error.ts";
import { parsed } from "./parser-shorthand.ts";
import { write } from "./parser-source.ts";
import { bodies } from "./parser-trees.ts";

/** The tree without the offsets. */
function placeless(found: unknown): unknown {
  return JSON.parse(JSON.stringify(found, (key, value) => (key === "at" ? 0 : value)));
}

test("a tree written as a template and parsed is the same tree", () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const text = write(body);
      assert.deepEqual(placeless(parsed(text, { keepTrailingNewline: true }).body), placeless(body), text);
    }),
    { numRuns: 300 },
  );
});

const pieces = fc.oneof(
  fc.constantFrom(
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-%}",
    "{%-",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    ",",
    ":",
  ),
  fc.constantFrom(
    "if",
    "else",
    "elif",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "endset",
    "is",
    "not",
    "and",
    "raw",
  ),
  fc.constantFrom(
    "block",
    "endblock",
    "macro",
    "endmacro",
    "call",
    "filter",
    "with",
    "import",
    "from",
    "include",
  ),
  fc.constantFrom(
    "a",
    "b",
    "1",
    "1.5",
    "'x'",
    '"',
    "'",
    "\\",
    "=",
    "==",
    "+",
    "-",
    "*",
    "**",
    "~",
    "%",
    "\n",
    " ",
  ),
  fc.constantFrom(
    "props {",
    "endraw",
    "ignore missing",
    "as",
    "recursive",
    "# ",
    "## ",
    "`",
    "&&",
    "||",
    "😀",
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const garbage = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(" "));
const syntaxes = fc.constantFrom(
  {},
  { trimBlocks: true, lstripBlocks: true },
  { lineStatementPrefix: "#", lineCommentPrefix: "##" },
  { variableStart: "{", variableEnd: "}", newline: "\r\n" as const },
);

test("a template that cannot be read is refused with a place and a remedy, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.oneof(garbage, fc.string({ unit: "binary" })), syntaxes, (text, syntax) => {
      try {
        parsed(text, syntax);
      } catch (error) {
        assert.ok(error instanceof TemplateError, String(error));
        assert.ok(error.line !== undefined && error.fix !== undefined, error.sentence);
        const lines = text.split("\n");
        assert.ok(
          error.line <= lines.length && (error.column ?? 0) <= (lines[error.line - 1]?.length ?? 0) + 1,
        );
      }
    }),
    { numRuns: 3000 },
  );
});

test("text without delimiters is itself", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^{\r]*$/), (text) => {
      const value = parsed(text, { keepTrailingNewline: true })
        .body.map((found) => (found.type === "Text" ? found.value : assert.fail()))
        .join("");
      assert.equal(value, text);
    }),
  );
});
