/** Values in scripts, event handlers and JSON. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Script } from "node:vm";
import fc from "fast-check";
import { Html } from "limpid/message";
import { checkRefusals, checkRows, placementOf, type Row } from "./rendered.ts";

const inScript = (code: string, value: unknown, expected: string): Row => [
  `<script>${code}</script>`,
  value,
  `<script>${expected}</script>`,
];

class Point {
  x = 1;
  #secret = 2;
  toJSON(): unknown {
    return { x: this.x, secret: this.#secret === 2 };
  }
}

test("a value in code is JSON that ends nothing", () => {
  const value = { a: "</script><!--&\u2028\u2029", b: [1, undefined, null], c: undefined };
  const json = '{"a":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029","b":[1,null,null]}';
  checkRows([
    inScript("f({{ x }})", value, `f(${json})`),
    inScript("f({{ x }})", undefined, "f(null)"),
    inScript("f({{ x }})", 12345678901234567890n, "f(12345678901234567890)"),
    inScript("f({{ x }})", Number.NaN, "f(null)"),
    inScript("f({{ x }})", new Date(0), 'f("1970-01-01T00:00:00.000Z")'),
    inScript("f({{ x }})", new Map([["a", new Set([1])]]), 'f({"a":[1]})'),
    inScript("f({{ x }})", new Html("<b>"), 'f("\\u003cb\\u003e")'),
    inScript("f({{ x }})", new Point(), 'f({"x":1,"secret":true})'),
    inScript("f({{ x }})", JSON.parse('{"__proto__":1}'), 'f({["__proto__"]:1})'),
    ["<script type=module>f({{ x }})</script>", "a", '<script type=module>f("a")</script>'],
    [
      "<script type=' Text/JavaScript '>f({{ x }})</script>",
      1,
      "<script type=' Text/JavaScript '>f(1)</script>",
    ],
    ["<script type>f({{ x }})</script>", 1, "<script type>f(1)</script>"],
  ]);
});

test("what is no data is refused when it comes", () => {
  const { escape: escaped } = placementOf("<script>{{ x }}</script>", "Output");
  const round: unknown[] = [];
  round.push(round);
  for (const value of [() => 1, { f: () => 1 }, Symbol("a"), round]) {
    assert.throws(() => escaped(value), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  }
  assert.throws(() => escaped([Promise.resolve()]), { code: "LMP_TEMPLATE_ASYNC" });
});

test("a value joins with nothing beside it", () => {
  checkRows([
    inScript("return{{ x }}", 5, "return 5"),
    inScript("return{{ x }}", "a", 'return"a"'),
    inScript("a-{{ x }}", -5, "a- -5"),
    inScript("a<{{ x }}", 5, "a< 5"),
    inScript("a/{{ x }}/b", 5, "a/ 5/b"),
    inScript("{{ x }}in b", true, "true in b"),
    inScript("{{ x }}.toFixed()", 5, "5 .toFixed()"),
    inScript("[{{ x }},{{ x }}]", -1, "[-1,-1]"),
    inScript("[{{ x }}{{ x }}]", 1, "[1  1]"),
    inScript("a = {{ x }};", null, "a = null;"),
  ]);
});

test("text in strings stays in them", () => {
  const value = "'\"`\\\x24{}</script><!--\n\r\u2028&";
  const safe = "\\x27\\x22\\x60\\x5c\\x24\\x7b\\x7d\\x3c\\x2fscript\\x3e\\x3c!--\\x0a\\x0d\\u2028\\x26";
  checkRows([
    inScript("'{{ x }}'", value, `'${safe}'`),
    inScript('"\\"{{ x }}"', value, `"\\"${safe}"`),
    inScript("`{{ x }}`", value, `\`${safe}\``),
    inScript("`a\x24{ f(`{{ x }}`, {{ x }}, {}) }{{ x }}`", "`", '`a\x24{ f(`\\x60`, "`", {}) }\\x60`'),
    inScript("`$ {{ x }}$`", "{", "`$ \\x7b$`"),
    inScript("'a\\\n{{ x }}'", "'", "'a\\\n\\x27'"),
    inScript("// it's\nf('{{ x }}')", "'", "// it's\nf('\\x27')"),
    inScript("/* it's */ f('{{ x }}')", "'", "/* it's */ f('\\x27')"),
    inScript("a.b(/['\"/]/g, '{{ x }}')", "'", "a.b(/['\"/]/g, '\\x27')"),
    inScript("if (a) /'/.test({{ x }})", "'", "if (a) /'/.test(\"'\")"),
    inScript("(a) / b; '{{ x }}'; a++ / 2; '{{ x }}'", "'", "(a) / b; '\\x27'; a++ / 2; '\\x27'"),
    inScript("(a)-- / 2 + b+ +/'/; '{{ x }}'", "'", "(a)-- / 2 + b+ +/'/; '\\x27'"),
    inScript("a.return / 2 + '{{ x }}' / 3", "'", "a.return / 2 + '\\x27' / 3"),
    inScript("<!-- it's\n'{{ x }}'\n --> it's\n{{ x }}", "'", "<!-- it's\n'\\x27'\n --> it's\n\"'\""),
  ]);
});

test("an event handler is a script inside of an attribute", () => {
  checkRows([
    ['<b onclick="f({{ x }})">', `"'</b>`, '<b onclick="f(&#34;\\&#34;&#39;\\u003c/b\\u003e&#34;)">'],
    ["<b ONCLICK='f(\"{{ x }}\")'>", `"&#34;'`, "<b ONCLICK='f(\"\\x22\\x26#34;\\x27\")'>"],
    ['<b onclick="f(&#34;{{ x }}&#34;)">', '"', '<b onclick="f(&#34;\\x22&#34;)">'],
    ["<b onclick=f({{ x }})>", "a b", "<b onclick=f(&#34;a&#32;b&#34;)>"],
    [
      '<b @click="f({{ x }})" x-on:click="{{ x }}">',
      "a",
      '<b @click="f(&#34;a&#34;)" x-on:click="&#34;a&#34;">',
    ],
    ['<svg onload="f({{ x }})"></svg>', 1, '<svg onload="f(1)"></svg>'],
  ]);
});

test("JSON has values, and text in strings", () => {
  const script = (code: string): string => `<script type="application/ld+json">${code}</script>`;
  checkRows([
    [
      script('{"a":{{ x }},"b":"\\"{{ x }}"}'),
      "'<\n",
      script('{"a":"\'\\u003c\\n","b":"\\"\\u0027\\u003c\\u000a"}'),
    ],
    [script("{{ x }}"), JSON.parse('{"__proto__":1}'), script('{"__proto__":1}')],
    ["<script type=importmap>{{ x }}</script>", {}, "<script type=importmap>{}</script>"],
  ]);
});

test("places in a script where no value is safe", () => {
  checkRefusals([
    ["<script>// {{ x }}\n</script>", "1:12", /in a comment of JavaScript/],
    ["<script>/* {{ x }} */</script>", "1:12", /in a comment of JavaScript/],
    ["<script>/a{{ x }}/</script>", "1:11", /in a regular expression/],
    ["<script>x = /[{{ x }}]/</script>", "1:15", /in a regular expression/],
    ["<script>f() }/{{ x }}</script>", "1:15", /in a regular expression/],
    ["<script>f() } / 2; {{ x }}</script>", "1:20", /may begin a regular expression or divide/],
    ["<script>'\\{{ x }}'</script>", "1:11", /behind a backslash/],
    ["<script>`\x24{{ x }}{`</script>", "1:11", /between `\$` and `{`/],
    ["<script>'<{{ x }}'</script>", "1:11", /behind `<` in <script>/],
    ["<script>'</scr{{ x }}'</script>", "1:15", /behind `<\/scr`/],
    ["<script>name{{ x }} = 1</script>", "1:13", /inside of a name/],
    ["<script>a.{{ x }}</script>", "1:11", /name of a property/],
    ["<script type='text/template'>{{ x }}</script>", "1:30", /whose type is none/],
    ["<script type='{{ x }}'>{{ x }}</script>", "1:24", /not known before rendering/],
    ["<script {% if x %}type=a{% endif %}>{{ x }}</script>", "1:37", /not known before rendering/],
    ['<script type=application/json>"\\{{ x }}"</script>', "1:33", /behind a backslash/],
  ]);
});

test("the content of a script ends where browsers end it", () => {
  checkRows([
    ["<script>'</SCRIPT >'{{ x }}", "<", "<script>'</SCRIPT >'&lt;"],
    ["<script>'</scripts>'+{{ x }}</script>", "<", "<script>'</scripts>'+\"\\u003c\"</script>"],
    [
      "<script><!--\n'<script></script>'+{{ x }}</script>{{ x }}",
      "<",
      "<script><!--\n'<script></script>'+\"\\u003c\"</script>&lt;",
    ],
    ["<script><!-->'<script>'</script>{{ x }}", "<", "<script><!-->'<script>'</script>&lt;"],
    ["<script/>{{ x }}</script>", "<", '<script/>"\\u003c"</script>'],
  ]);
});

test("every text in a string and in code is one token with the same value", () => {
  const places = ["f({{ x }})", "f('{{ x }}')", 'f("{{ x }}")', "f(`{{ x }}`)"];
  for (const code of places) {
    const { escape: escaped } = placementOf(`<script>${code}</script>`, "Output");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = code.replace("{{ x }}", () => escaped(text));
        assert.doesNotMatch(written, /[<>&\u2028\u2029]/);
        let found: unknown;
        new Script(written).runInNewContext({ f: (value: unknown) => (found = value) });
        assert.equal(found, text);
      }),
    );
  }
});
