/** Conditions, loops and other parts of a page: all ways lead to the same place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { textContext } from "../../../src/template/escaper.ts";
import { checkRefusals, checkRows, placed, placementOf, rendered } from "./rendered.ts";

test("branches and loops that end where they may", () => {
  checkRows([
    ["{% if x %}<b>{% endif %}{{ x }}", "<", "<b>&lt;"],
    ["<input{% if x %} checked{% endif %}>", 1, "<input checked>"],
    [
      '<input{% if x %} a="{{ x }}"{% elif y %} b=1{% else %} c{% endif %} d="{{ x }}">',
      '"',
      '<input a="&#34;" d="&#34;">',
    ],
    ["<input {% if x %}checked {% endif %}value='{{ x }}'>", "'", "<input checked value='&#39;'>"],
    ['<p {% for a in x %}data-a="{{ a }}" {% endfor %}>', '"', '<p data-a="&#34;" data-a="&#34;" >'],
    ["<script>[{% for a in x %}{{ a }},{% endfor %}]</script>", "a", '<script>["a","a",]</script>'],
    [
      "<script>{% if x %}a = {{ x }};{% else %}b(){% endif %}\nb = {{ x }}</script>",
      1,
      "<script>a = 1;\nb = 1</script>",
    ],
    ['<p class="{% for a in x %}{{ a }} {% else %}none{% endfor %}">', "a", '<p class="a a ">'],
    ["{% for a in x %}{% if a %}{% continue %}{% endif %}<p>{% break %}{% endfor %}", 1, "<p><p>"],
    ["{% for a in x recursive %}<li>{{ loop(a) }}</li>{% endfor %}", 1, "<li>1</li><li>1</li>"],
    ["<style>a{ {% if x %}b:{{ x }};{% endif %} }</style>", "c", "<style>a{ b:c; }</style>"],
    ["<script {% if x %}type=module{% endif %}>{{ x }}</script>", 1, "<script type=module>1</script>"],
    ["{% with a = 1 %}<p title='{% endwith %}{{ x }}'>", "'", "<p title='&#39;'>"],
    ["<p {% block a %}class='{{ x }}'{% endblock %}>", "'", "<p class='&#39;'>"],
    ["<script>{% block a %}b({{ x }}){% endblock %};</script>", 1, "<script>b(1);</script>"],
    ["{% filter upper %}<b>{{ x }}</b>{% endfilter %}", "<", "<b>&lt;</b>"],
    ["{% cache 1 %}<b>{{ x }}</b>{% endcache %}", "<", "<b>&lt;</b>"],
    ["<!--{% if x %}a{% endif %}{{ x }}-->", "-", "<!--a&#45;-->"],
  ]);
});

test("branches that end in different places", () => {
  checkRefusals([
    [
      "a\n{% if x %}<p title='{% endif %}",
      "2:1",
      /With the condition.*single-quoted attribute value; without it, in element text/,
    ],
    ["{% if x %}<p title='a{% else %}<p title=\"a{% endif %}", "1:32", /single-quoted.*double-quoted/],
    ["{% if x %}a{% elif y %}<!-- {% else %}b{% endif %}", "1:12", /element text, another in a comment/],
    ["{% if x %}<script>{% endif %}", "1:1", /JavaScript in <script>/],
    ["<script>{% if x %}'{% endif %}</script>", "1:9", /a string of JavaScript.*without it, in JavaScript/],
    ["<script>{% if x %}f({% endif %}</script>", "1:9", /open `\(`/],
    ["<style>a{b:{% if x %}'{% endif %}c}</style>", "1:12", /a string of CSS/],
    ["{% if x %}<svg>{% endif %}", "1:1", /text inside of <svg>/],
    ["<{% if x %}p{% else %}script{% endif %}>", "1:23", /name of a tag/],
    ["<p {% if x %}a{% endif %}b>", "1:26", /belongs to an attribute in one case/],
    ["<p a{% if x %} b{% endif %}='{{ x }}'>", "1:30", /another one in each branch/],
  ]);
});

test("loops that end in another place than they begin", () => {
  checkRefusals([
    [
      "{% for a in x %}<p title='{% endfor %}",
      "1:1",
      /A loop begins in element text and ends in a single-quoted/,
    ],
    ["{% for a in x %}a{% else %}<!-- {% endfor %}", "1:28", /ends in a comment/],
    [
      "{% for a in x %}<p title='{% break %}'>{% endfor %}",
      "1:27",
      /`break` leaves the loop in a single-quoted/,
    ],
    ["{% for a in x %}<!--{% continue %}-->{% endfor %}", "1:21", /`continue` leaves the loop in a comment/],
    [
      "{% for a in x recursive %}<p title='{{ loop(a) }}'>{% endfor %}",
      "1:37",
      /begins in element text and is called in/,
    ],
    ["<script>{% for a in x %}[{% endfor %}</script>", "1:9", /A loop begins in JavaScript/],
  ]);
});

test("parts that leave their place", () => {
  checkRefusals([
    ["{% block a %}<p title='{% endblock %}'>", "1:1", /begins in element text and ends in a single-quoted/],
    ["<p title='{% filter upper %}a{% endfilter %}'>", "1:11", /A filter block stands in a single-quoted/],
    ["<{% block a %}p{% endblock %}>", "1:2", /begins in a tag that begins/],
    ["<script {% block a %}type=a{% endblock %}></script>", "1:9", /begins in the tag <script>/],
    ["<p>\n<p title='a", "2:12", /ends in a single-quoted attribute value, but began in element text/],
    ["<script>f(", "1:11", /ends in JavaScript behind an open `\(` in <script>/],
    ["<p", "1:3", /ends in the name of a tag/],
    ["<!-- a", "1:7", /ends in a comment/],
    ["<title>{{ x }}", "1:8", /ends in the content of <title>/],
  ]);
});

test("macros, call blocks and block sets are units of their own", () => {
  const text = `{% macro m() %}<p title='{% endmacro %}{% set a %}<!--{% endset %}{% call m() %}<{% endcall %}{{ x }}`;
  assert.equal(rendered(text, "<"), "&lt;");
  const kinds = [...placed(text).of].map(([node, { kind }]) => `${node.type} ${kind}`);
  assert.deepEqual(kinds, ["CallBlock text", "Output text"]);
});

test("a part begins in the place where it stands, and ends there", () => {
  const inTag = placementOf("<p {% include 'a' %} >", "Include").context;
  assert.equal(rendered('class="{{ x }}"', '"', inTag), 'class="&#34;"');
  assert.throws(() => placed("{{ x }}", inTag), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  assert.throws(() => placed("a='b", inTag), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  const inHandler = placementOf(`<p onclick="f({{ m() }})">`, "Output").context;
  assert.equal(rendered("g({{ x }})", '"', inHandler), "g(&#34;\\&#34;&#34;)");
  assert.throws(() => placed('"', inHandler), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  assert.throws(() => placed("g(", inHandler), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  const inUrl = placementOf('<a href="/a/{{ m() }}">', "Output").context;
  assert.equal(rendered("b/{{ x }}", "c d", inUrl), "b/c%20d");
  assert.throws(() => placed("?a={{ x }}", inUrl), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
});

test("where nothing is escaped, any place takes a value", () => {
  checkRows([["{% autoescape false %}<p>{{ x }}</p>{% endautoescape %}", "<", "<p>&lt;</p>"]]);
  const { of } = placed("{% autoescape false %}<{{ x }} {{ x }}>{% endautoescape %}");
  assert.deepEqual(
    [...of.values()].map(({ kind }) => kind),
    ["refused", "refused"],
  );
  checkRefusals([["{% autoescape x %}<{{ x }}>{% endautoescape %}", "1:20", /name of a tag/]]);
});

test("the same place is the same object", () => {
  assert.equal(placementOf("<p>{{ x }}", "Output").context, textContext);
  const one = placementOf('<a href="/a/{{ x }}">', "Output");
  const other = placementOf('<link><br><form class=b action="/c/d/{{ x }}">', "Output");
  assert.equal(one.context, other.context);
  assert.equal(one.escape, other.escape);
  const contexts = new Set<unknown>();
  const page =
    '<div class="{{ x }}"><p id="{{ x }}">{{ x }}</p><b title="{{ x }}" lang="{{ x }}">{{ x }}</b></div>';
  for (const { context } of placed(page).of.values()) contexts.add(context);
  assert.equal(contexts.size, 2);
});

test("nonces have a place in scripts and styles that have none", () => {
  const offsets = (text: string): (readonly number[])[] => [...placed(text).nonces.values()];
  assert.deepEqual(offsets("<script></script><style ></style>"), [[7, 24]]);
  assert.deepEqual(offsets('<SCRIPT SRC="a"></SCRIPT><link><p>'), [[15]]);
  assert.deepEqual(offsets('<script nonce="a"></script><style nonce></style>'), []);
  assert.deepEqual(offsets("<script/></script><svg><style /></svg>"), [[7, 30]]);
  assert.deepEqual(offsets("<script src=a/></script>"), [[14]]);
  assert.deepEqual(offsets("<script src='{{ x }}'></script>"), [[1]]);
  assert.deepEqual(offsets("<script{% if x %} nonce='{{ x }}'{% endif %}></script>"), [[0]]);
  assert.deepEqual(offsets("<!--<script>--><title><script></title><p title='<script>'>"), []);
  assert.deepEqual(offsets("<script>'<script>'</script>"), [[7]]);
});
