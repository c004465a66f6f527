/** Whitespace around tags, and other ways to write them. */
import { test } from "node:test";
import { prints } from "./same-everywhere.ts";

test("a minus takes the whitespace on its side", async () => {
  await prints("ab", "a {%- if true -%} b {%- endif %}");
  await prints("a b", "a {% if true -%}\n  b{% endif %}");
  await prints("a1b", "a\n{{- 1 -}}\nb");
  await prints("ab", "a {#- c -#} b");
});

test("`trimBlocks` takes the line end behind a tag, `lstripBlocks` the blanks before it", async () => {
  const source = "<ul>\n  {% for i in [1, 2] %}\n  <li>{{ i }}</li>\n  {% endfor %}\n</ul>";
  await prints(
    "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>",
    source,
    {},
    { syntax: { trimBlocks: true, lstripBlocks: true } },
  );
  await prints("<ul>\n    <li>1</li>\n    <li>2</li>\n  </ul>", source, {}, { syntax: { trimBlocks: true } });
  await prints(
    "<ul>\n\n  <li>1</li>\n\n  <li>2</li>\n\n</ul>",
    source,
    {},
    { syntax: { lstripBlocks: true } },
  );
});

test("a plus keeps what an option would take", async () => {
  const syntax = { trimBlocks: true, lstripBlocks: true };
  await prints("  a\nb", "  {%+ if true %}a\n{% endif %}b", {}, { syntax });
  await prints("\na", "{% if true +%}\na{% endif %}", {}, { syntax });
});

test("the last line end goes, unless it is to stay", async () => {
  await prints("a", "a\n");
  await prints("a\n", "a\n\n");
  await prints("a\n", "a\n", {}, { syntax: { keepTrailingNewline: true } });
});

test("line ends are what the option says", async () => {
  await prints("a\nb", "a\r\nb");
  await prints("a\r\nb", "a\nb", {}, { syntax: { newline: "\r\n" } });
});

test("line statements and line comments", async () => {
  const syntax = { lineStatementPrefix: "%", lineCommentPrefix: "##" };
  await prints("1\n2\n", "% for i in [1, 2]\n{{ i }}\n% endfor\n", {}, { syntax });
  await prints("a\nb", "a## gone\nb", {}, { syntax });
});

test("other delimiters", async () => {
  const syntax = {
    blockStart: "<%",
    blockEnd: "%>",
    variableStart: "[[",
    variableEnd: "]]",
    commentStart: "<#",
    commentEnd: "#>",
  };
  await prints(
    "1{{ x }}",
    "<% if true %>[[ x ]]{{ x }}<% endif %><# c #>",
    { x: 1 },
    { syntax, autoescape: false },
  );
});
