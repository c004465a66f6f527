/** What becomes of the whitespace around tags. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { texts } from "./parser-shorthand.ts";

test("a minus takes the whitespace of its side away, newlines too", () => {
  assert.equal(texts("a \n{%- do x %} \n b"), "a• \n b");
  assert.equal(texts("a \n{% do x -%} \n b"), "a \n•b");
  assert.equal(texts("a \n{{- x -}} \n b"), "a•b");
  assert.equal(texts("a \n{#- note -#} \n b"), "ab");
  assert.equal(texts("a {{-1}}"), "a•");
});

test("trimBlocks leaves out one newline behind a tag or comment, not behind an output", () => {
  const trim = { trimBlocks: true };
  assert.equal(texts("{% do x %}\n\na", trim), "•\na");
  assert.equal(texts("{% do x %} \na", trim), "• \na");
  assert.equal(texts("{# note #}\n\na", trim), "\na");
  assert.equal(texts("{{ x }}\na", trim), "•\na");
  assert.equal(texts("{% do x +%}\na{# note +#}\nb", trim), "•\na\nb");
  assert.equal(texts("{% do x %}\r\n\r\na", trim), "•\na");
});

test("lstripBlocks leaves out blanks between the beginning of a line and a tag", () => {
  const lstrip = { lstripBlocks: true };
  assert.equal(texts("\n \t{% do x %}a\n  {# note #}", lstrip), "\n•a\n");
  assert.equal(texts("  {% do x %}", lstrip), "•");
  assert.equal(texts("a  {% do x %}  {% do y %}", lstrip), "a  •  •");
  assert.equal(texts("  {{ x }}", lstrip), "  •");
  assert.equal(texts("  {%+ do x %}", lstrip), "  •");
  assert.equal(texts("\r  {% do x %}", lstrip), "\n•");
  const both = { lstripBlocks: true, trimBlocks: true };
  assert.equal(texts("  {% do x %}\n  {% do y %}\n  a", both), "••  a");
});

test("signs that ask for what happens anyway are taken", () => {
  assert.equal(texts("a {%+ do x +%} b {#+ note +#} c"), "a • b  c");
});

test("the newline at the end of the template is left out unless it is to be kept", () => {
  assert.equal(texts("a\n"), "a");
  assert.equal(texts("a\n\n"), "a\n");
  assert.equal(texts("a\r\n"), "a");
  assert.equal(texts("a\n", { keepTrailingNewline: true }), "a\n");
  assert.equal(texts("{{ x }}\n"), "•");
});

test("newlines become the chosen ones, in text and in strings", () => {
  assert.equal(texts("1\n2\r\n3\r4"), "1\n2\n3\n4");
  assert.equal(texts("1\n2\r\n3\r4", { newline: "\r\n" }), "1\r\n2\r\n3\r\n4");
});

test("raw is text, with whitespace control on all four sides", () => {
  assert.equal(texts("{% raw %}{{ x }} {% if %} {# {% endraw %}"), "{{ x }} {% if %} {# ");
  assert.equal(texts("1  {%- raw -%}   2   {%- endraw -%}   3"), "123");
  assert.equal(texts("1 {% raw %} 2 {% endraw %} 3"), "1  2  3");
  assert.equal(texts("{%raw%}a{%endraw%}"), "a");
  assert.equal(texts("{% raw %}a{% endraw %}\nb", { trimBlocks: true }), "ab");
  assert.equal(
    texts("{% raw %}\na\n  {% endraw +%}\nb", { trimBlocks: true, lstripBlocks: true }),
    "\na\n\nb",
  );
  assert.equal(texts("{% raw %}{% endraw %}"), "");
});

test("comments may hold anything but their end", () => {
  assert.equal(texts("a{# {{ x }} {% if %} ' #}b"), "ab");
  assert.equal(texts("a{##}b{#-#}c{#--#} d"), "abcd");
});
