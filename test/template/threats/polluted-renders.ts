/**
 * A program of its own: compiles and renders templates, with properties on `Object.prototype` that its arguments ask
 * for, and writes what they give.
 */
import { writeSync } from "node:fs";
import { Environment, html, MemoryLoader, Template } from "limpid/template";

/** Names of options here and in other engines, of what templates know, of nodes, and of parts of the compiler. */
const names = `autoescape strict reload loader filters tests globals extensions syntax name settings client escape
  escapeFunction outputFunctionName localsName destructuredLocals async cache debug compileDebug delimiter rmWhitespace
  self pretty templateName doctype blockStart trimBlocks lineStatementPrefix newline type at body value_ table then
  toString length context data parent blocks escaping caller kwargs varargs loop user title positional named spread
  expression key kind path text isFresh load polluted props attribute size indent autospace`;
const functions = ["then"];

const templates: Readonly<Record<string, string>> = {
  base: "<title>{% block title %}Site{% endblock %}</title>{% block body required %}{% endblock %}",
  page: "{% extends 'base' %}{% block title %}{{ title }} – {{ super() }}{% endblock %}{% block body %}{% include 'part' %}{% endblock %}",
  part: "<p>{{ user.name }} {{ user.nothing }} {{ nothing }} {{ polluted }}</p>",
  macros:
    "{% macro field(name, value='', type='text') %}<input type={{ type }} name='{{ name }}' value='{{ value }}'>{{ kwargs }}{{ varargs }}{% endmacro %}{% macro box() %}<b>{{ caller() }}</b>{% endmacro %}",
  text: "{{ title }}{{ user }}{{ users }}{{ {} }}{{ [] }}{{ none }}",
  attributes:
    "<p title='{{ title }}' class={{ title }}><a href='{{ title }}'>{{ title | urlize }}</a><p{{ {'id': title, 'x': none} | xmlattr }}>",
  script:
    "<script>f({{ user }}, '{{ title }}', {{ users | tojson }}, `{{ title }}`)</script><style>p{color:{{ title }}}</style>",
  loops:
    "{% for user in users if user.id recursive %}{{ loop.index }}/{{ loop.length }} {{ user.name }}{{ loop(user.nothing) }}{% else %}none{% endfor %}",
  pairs:
    "{% for key, value in user | dictsort %}{{ key }}={{ value }};{% endfor %}{% for key in user %}{{ key }}{% endfor %}{{ user.items() }}",
  macro:
    "{% from 'macros' import field, box %}{{ field('a', '<', type='x') }}{{ field('b', 1, 'c', 2, d=3) }}{% call box() %}{{ title }}{% endcall %}",
  sets: "{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ ns.a + ns.b }}{{ ns.c }}{% set x %}<i>{{ title }}</i>{% endset %}{{ x }}",
  tests:
    "{{ polluted is defined }}{{ user.then is defined }}{{ user is mapping }}{{ 'type' in user }}{{ user.strict or 'no' }}",
  items:
    "{{ user['length'] }}{{ user.length }}{{ user['toString'] }}{{ user | length }}{{ users[0].type }}{{ users[-1]['name'] }}",
  lists:
    "{{ users | map(attribute='name') | join(', ') }}{{ users | groupby('id') | list }}{{ users | sum('id') }}{{ users | sort(attribute='type') | first }}",
  selects:
    "{{ users | selectattr('type') | list | length }}{{ users | rejectattr('strict') | list | length }}{{ users | map(attribute='type', default='-') | list }}",
  formats:
    "{{ '%(name)s %(title)s' % user if false }}{{ '{0.name}'.format(user) }}{{ 'a' ~ title ~ ('<b>' | safe) }}{{ user | pprint }}",
  control:
    "{% with a = title, b = 2 %}{% if a and not c %}{{ a | upper | replace('<', '-') }}{% endif %}{% endwith %}{% filter upper %}{{ title }}{% endfilter %}",
  dicts:
    "{{ dict(a=1, b=2) }}{{ dict(a=1).type }}{{ {'a': 1}.then }}{{ {'a': {'b': 1}}.a.b }}{{ cycler('a', 'b').next() }}{{ lipsum is callable }}",
  comments:
    "<!-- {{ title }} --><textarea>{{ title }}</textarea><img srcset='{{ title }} 2x'><svg><text>{{ title }}</text></svg>",
  wrong: "{{ title | nothing }}",
};

const data = JSON.parse(
  '{"title": "<x y=\'z\'>", "user": {"name": "Ada & Eve", "id": 1}, "users": [{"name": "A", "id": 2}, {"name": "B", "id": 0}]}',
);

/** All templates rendered in every way, compiled anew. */
async function renderAll(): Promise<string> {
  let text = "";
  const views = new Environment({ loader: new MemoryLoader(new Map(Object.entries(templates))) });
  for (const name of Object.keys(templates)) {
    try {
      text += `${name}: ${views.render(name, data)}\n`;
      text += `${name}: ${await views.renderAsync(name, data)}\n`;
      for await (const piece of views.renderStream(name, data)) text += piece;
      text += `\n${new Template(templates[name] ?? "").render(data)}\n`;
    } catch (error) {
      text += `${name}: ${(error as Error).message}\n`;
    }
  }
  return text + String(html`<p title="${data.title}">${[data.title, html`<b>`]}</p>`);
}

const [kind = ""] = process.argv.slice(2);
const values: Readonly<Record<string, unknown>> = {
  text: "polluted'];throw 1//",
  true: true,
  object: Object.assign(Object.create(null), { polluted: true, "*": "polluted" }),
  function: () => "polluted",
};

// Whatever is loaded when it is first needed: Node's own loaders take options from the prototype.
await renderAll();

const polluted = names.split(/\s+/).filter((name) => kind !== "function" || !functions.includes(name));
// The engine is loaded with the first template, and Node's own loader does not survive what follows.
await renderAll();
const before = Object.getOwnPropertyDescriptors(Object.prototype);
if (Object.hasOwn(values, kind)) {
  for (const name of polluted) {
    Object.defineProperty(Object.prototype, name, {
      __proto__: null,
      value: values[kind],
      configurable: true,
      enumerable: true,
      writable: true,
    } as PropertyDescriptor);
  }
}
const text = await renderAll();
for (const name of polluted) Reflect.deleteProperty(Object.prototype, name);
Object.defineProperties(Object.prototype, before);
writeSync(1, JSON.stringify({ polluted: polluted.length, templates: Object.keys(templates).length, text }));
