/** The types of templates: errors at their line and column, and none where there is no error. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, lines } from "./project.ts";

const props =
  '{# props { user: User | undefined, post: Post, posts: Post[], count: number } from "../models.ts" #}\n';

/** A template under the props comment, and what is said about its second line. */
const wrong: Record<string, [template: string, ...problems: string[]]> = {
  attribute: ["<h1>{{ post.titel }}</h1>", "2:13 `Post` has no `titel`. Did you mean `title`?"],
  name: ["{{ coun }}", "2:4 `coun` is not defined. Did you mean `count`?"],
  undeclared: ["{{ zebra }}", "2:4 `zebra` is not defined. Declare it in the props comment."],
  optional: ["{{ user.name }}", "2:4 `user` may be undefined here. Ask first: {% if user %}."],
  chained: [
    "{{ post.published.getTime() }}",
    "2:4 `post.published` may be undefined here. Ask first: {% if post.published %}.",
  ],
  loop: [
    "{% for p in posts %}{{ p.nme }}{{ loop.idx }}{% endfor %}",
    "2:26 `Post` has no `nme`.",
    "2:40 `loop` has no `idx`.",
  ],
  iterable: [
    "{% for x in count %}{% endfor %}",
    "2:13 `number` cannot be walked through: it is no list, text, object or other iterable.",
  ],
  filter: [
    "{{ count | join }}",
    "2:4 `number` cannot be walked through: it is no list, text, object or other iterable.",
  ],
  mapped: [
    '{{ posts | map(attribute="author.nam") | join }}',
    "2:26 `User` has no `nam`. Did you mean `name`?",
  ],
  comparison: [
    '{% if post.status == "drft" %}{% endif %}',
    '2:7 This comparison always has the same result: `"draft" | "live"` and `"drft"` have nothing in common.',
  ],
  called: [
    "{{ count() }}",
    "2:4 This is not a function and cannot be called. Leave the brackets out to use the value itself.",
  ],
  uncalled: ["{{ post.title.upper }}", "2:4 This is a function. Call it: write `()` behind it."],
  sum: ['{{ count + "x" }}', "2:12 This is `string`, and `number` is wanted."],
  unpacked: [
    '{% for a, b, c in [("x", 1)] %}{% endfor %}',
    "2:8 There are 2 values to unpack, and 3 names for them.",
  ],
  unpackedType: [
    '{% for a, b in [("x", 1)] %}{{ a.upper() }}{{ b.zzz }}{% endfor %}',
    "2:49 `number` has no `zzz`.",
  ],
  set: [
    "{% set n = 1 %}{% if count %}{% set n = post %}{% endif %}{% set n = 2 %}{{ n.zzz }}",
    "2:79 `number` has no `zzz`.",
  ],
  nested: [
    "{% block main %}{% filter upper %}{{ post.xx }}{% endfilter %}{% endblock %}",
    "2:43 `Post` has no `xx`.",
  ],
  macro: [
    "{% macro m(a) %}{{ a.any.thing }}{{ post.xx }}{% endmacro %}{{ m(1) }}",
    "2:42 `Post` has no `xx`.",
  ],
  group: [
    '{% for g in posts | groupby("author.name") %}{{ g.grouper.upper() }}{% for p in g.list %}{{ p.zz }}{% endfor %}{% endfor %}',
    "2:95 `Post` has no `zz`.",
  ],
  item: ['{{ post["titel"] }}', "2:10 `Post` has no `titel`. Did you mean `title`?"],
  unicode: ['{{ "größe 🎉" }}{{ post.titel }}', "2:25 `Post` has no `titel`. Did you mean `title`?"],
  emptied: ["{% if not posts %}{{ posts.length }}{{ count.zz }}{% endif %}", "2:46 `number` has no `zz`."],
};

test("an error is told at its line and column, in the words of templates", async (t) => {
  const entries = Object.entries(wrong);
  const result = await check(
    t,
    Object.fromEntries(entries.map(([name, [text]]) => [`${name}.html`, props + text])),
  );
  for (const [name, [, ...expected]] of entries) {
    const found = lines(result).filter((line) => line.startsWith(`${name}.html:`));
    assert.deepEqual(
      found,
      expected.map((line) => `${name}.html:${line}`),
    );
  }
  assert.equal(
    result.problems.length,
    entries.reduce((sum, [, [, ...expected]]) => sum + expected.length, 0),
  );
});

const right = `{# props {
  user?: User; post: Post // the one that is shown
  posts: readonly Post[]
  result: Result, class: string; map: Map<string, number>; record: Record<string, Post>
  link(name: string): string; later: Promise<Post[]>; comments: AsyncIterable<{ text: string }>
} from "../models.ts" #}
{% if user %}{{ user.name }}{% for f in user.friends if f.email %}{{ f.email.upper() }}{% endfor %}{% endif %}
{% if user is defined and user.email is defined %}{{ user.email.strip() }}{% endif %}
{% if not user %}nobody{% elif user.email %}{{ user.email | lower }}{% else %}{{ user.name }}{% endif %}
{{ user.name if user else "nobody" }} {{ user and user.name }} {{ (user or post.author).name }}
{% if result.ok %}{{ result.value }}{% else %}{{ result.error }}{% endif %}
{% if post.status == "draft" %}draft{% elif post.status is eq("live") %}live{% endif %}
{{ class }} {% set class = 5 %}{{ class + 1 }} {% set new %}x{% endset %}{{ new | upper }}
{% for key, value in map.items() %}{{ key.upper() }}{{ value.toFixed(2) }}{% endfor %}{{ map["x"] }} {{ map.get("x") }}
{% for key, one in record.items() %}{{ key | title }}{{ one.title }}{% endfor %}
{% for p in posts %}{{ loop.index }}{{ loop.cycle("odd", "even") }}{{ loop.previtem.title if loop.previtem }}
{%- else %}none{% endfor %}
{% for c in comments %}{{ c.text }}{% endfor %}{% for p in later %}{{ p.title }}{% endfor %}
{{ link("home") | escape }} {{ link(name="home") }} {{ posts | map("title") | join(", ") }}
{{ (posts | sort(attribute="title,status", reverse=true)) | map(attribute="author.name") | unique | list | length }}
{{ posts | selectattr("published") | rejectattr("status", "eq", "live") | length }} {{ posts[-1] }} {{ posts[:2] | length }}
{% set total = namespace(sum=0) %}{% for p in posts %}{% set total.sum = total.sum + 1 %}{% endfor %}{{ total.sum }}
{% set n = 0 %}{% for p in posts %}{% set n = n + 1 %}{{ n + 1 }}{% endfor %}
{% set list = [] %}{% do list.append(1) %}{% set colours = {"draft": "grey"} %}{{ colours[post.status] }}
{{ post.published | default("never") }} {{ post.title[0] }} {{ [1, 2] + [3] }} {{ "ab" * 3 }} {{ "%s" % 1 }} {{ 7 // 2 }}
{% macro field(name, label="x") %}{{ label.x }}{{ name }}{{ caller() }}{{ varargs }}{{ kwargs.a }}{% endmacro %}
{% call(row) field("x", b=2) %}{{ row.anything }}{% endcall %}{{ field("a", "b", "c") }}{{ self.main() }}
{% block main scoped %}{{ super() }}{% with t = post.title, (a, b) = (1, "x") %}{{ t.upper() }}{% endwith %}{% endblock %}
{% for item in [{"a": 1, "c": [{"a": 2, "c": []}]}] recursive %}{{ item.a }}{{ loop(item.c) }}{% endfor %}
{{ range(3) | first }} {{ dict(a=1).a }} {{ 1 < 2 < 3 }} {{ "x" in post.tags }} {{ post.author is mapping }} {{ true ~ 1 }}
`;

test("what is right is not complained about", async (t) => {
  const result = await check(t, { "right.html": right });
  assert.deepEqual(lines(result), []);
  assert.equal(result.templates, 1);
});

test("a template without props has no types, but syntax, filters and tests", async (t) => {
  const result = await check(t, {
    "plain.html": "{{ anything.goes[0] | uper }}{{ x is oddd }}{{ y | map('uper') }}{{ z | select('oddd') }}",
    "syntax.html": "a\n{% if %}",
    "context.html": "<{{ tag }}>",
  });
  assert.deepEqual(lines(result).slice(0, 5), [
    "context.html:1:2 A value cannot stand as the name of a tag. Write the tag as text: {% if %} chooses among several.",
    "plain.html:1:23 There is no filter `uper`. Did you mean `upper`?",
    "plain.html:1:38 There is no test `oddd`. Did you mean `odd`?",
    "plain.html:1:56 There is no filter `uper`. Did you mean `upper`?",
    "plain.html:1:80 There is no test `oddd`. Did you mean `odd`?",
  ]);
  assert.equal(result.problems[5]?.code, "LMP_TEMPLATE_SYNTAX");
  assert.equal(result.problems[5]?.line, 2);
});
