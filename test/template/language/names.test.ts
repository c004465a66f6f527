/** Names and texts that mean something in JavaScript mean nothing in a template. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { prints, sameEverywhere } from "./same-everywhere.ts";

const words = [
  "class",
  "let",
  "const",
  "function",
  "var",
  "new",
  "this",
  "await",
  "yield",
  "return",
  "typeof",
  "delete",
  "arguments",
  "eval",
  "undefined",
  "NaN",
  "Infinity",
  "globalThis",
  "process",
  "require",
  "R",
  "f",
  "c",
  "T",
  "w",
  "o",
  "rt",
  "parent",
  "t1",
  "v1",
  "größe",
  "_x",
  "名",
];

test("reserved words and names of the compiled code are names like any other", async () => {
  for (const word of words) {
    await prints("", `{{ ${word} }}`);
    await prints("x", `{{ ${word} }}`, { [word]: "x" });
    await prints("12", `{% set ${word} = 1 %}{{ ${word} }}{% for ${word} in [2] %}{{ ${word} }}{% endfor %}`);
    await prints("34", `{% macro m(${word}) %}{{ ${word} }}{% endmacro %}{{ m(3) }}{{ m(${word}=4) }}`);
    await prints("5", `{% block ${word} %}5{% endblock %}`);
    await prints("6", `{{ o.${word} }}`, { o: { [word]: 6 } });
  }
});

test("texts with quotes, line separators and code are written as they stand", async () => {
  const text = `\`$\{1}\` */ // " ' \\ \\n \u2028 \u2029 \u0000 </script> \ud800`;
  assert.equal(await sameEverywhere(`${text}{{ "" }}`, {}, { autoescape: false }), text);
  assert.equal(await sameEverywhere("{{ x }}", { x: text }, { autoescape: false }), text);
  assert.equal(await sameEverywhere("{{ o[x] }}", { x: text, o: { [text]: "found" } }), "found");
});

test("a large template is no problem", async () => {
  const source = "{{ x }}{% if x %}y{% endif %}".repeat(3000);
  assert.equal(await sameEverywhere(source, { x: 1 }), "1y".repeat(3000));
});

test("the body of a loop may leave from anywhere", async () => {
  await prints(
    "1",
    "{% for x in [1, 2] %}{{ x }}{% with y = x %}{% if y %}{% break %}{% endif %}{% endwith %}{% endfor %}",
  );
  await prints(
    "1.3.",
    "{% for x in [1, 2, 3] recursive %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}.{% endfor %}",
  );
  await prints(
    "(1)(1)",
    "{% for x in [1, 2] %}({% for y in [1, 2] %}{{ y }}{% autoescape false %}{% break %}{% endautoescape %}{% endfor %}){% endfor %}",
  );
});

test("a name keeps its value where a body around it is left", async () => {
  await prints(
    "12|1",
    "{% set x = 1 %}{% for i in [1] %}{{ x }}{% set x = 2 %}{{ x }}{% break %}{% endfor %}|{{ x }}",
  );
  await prints(
    "ab|a",
    "{% set x = 'a' %}{% macro m(y=x) %}{{ y }}{% set x = 'b' %}{{ x }}{% endmacro %}{{ m() }}|{{ x }}",
  );
});
