/** Spellings that are read as in Jinja, found by rendering random templates with both. */
import { test } from "node:test";
import { prints, refuses } from "./same-everywhere.ts";

test("a colon may end the tag of a `set` block, too", async () => {
  await prints("1", "{% set x: %}1{% endset %}{{ x }}");
  await prints("1", "# set x:\n1\n# endset\n{{ x | trim }}", {}, { syntax: { lineStatementPrefix: "#" } });
  await refuses("LMP_TEMPLATE_SYNTAX", /Expected `=`/, "{% set x: 1 %}");
});

test("a line statement stands behind a line end, and U+2028 is none", async () => {
  const syntax = { lineStatementPrefix: "#" };
  await prints("\u2028# if x", "\u2028# if x", {}, { syntax });
  await prints("a\u20281\n", "a\u2028{{ 1 }}\n# if true\n# endif", {}, { syntax });
});

test("`%c` takes the number of a character", async () => {
  await prints("a", '{{ "%c" % 97 }}');
  await refuses("LMP_TEMPLATE_ARGUMENT_INVALID", /number of a character/, '{{ "%c" % -1 }}');
  await refuses("LMP_TEMPLATE_ARGUMENT_INVALID", /number of a character/, '{{ "%c" % 1114112 }}');
});
