/** The places of a page in which the engine takes a value, and what a browser must find there. */
import { type Html, html } from "limpid";
import { Environment, MemoryLoader, Template, type TemplateOptions } from "limpid/template";
import {
  attribute,
  attributeText,
  clicked,
  exact,
  harmlessPicture,
  harmlessUrl,
  lines,
  nothing,
  type Reading,
  ran,
  received,
  sameHost,
  shownText,
  styleProperties,
  styleText,
  unquotedText,
  wellFormed,
} from "./xss-readings.ts";

export interface Place {
  readonly name: string;
  /** The markup for some values: one, unless `group` says how many. */
  readonly render: (values: readonly string[]) => string;
  readonly reading: Reading;
  readonly group?: number;
  /** Whether the page loads what its values lead to. */
  readonly loads?: boolean;
}

/** A place in a template, where the value is `v`. */
function inTemplate(source: string, reading: Reading, options: TemplateOptions = {}): Place {
  const template = new Template(source, options);
  return { name: source, render: ([v]) => String(template.render({ v })), reading };
}

/** A place among templates that belong together; rendered is `page`. */
function among(templates: Readonly<Record<string, string>>, reading: Reading): Place {
  const views = new Environment({ loader: new MemoryLoader(templates) });
  const name = Object.values(templates).join(" + ");
  return { name, render: ([v]) => String(views.render("page", { v })), reading };
}

function loading(place: Place): Place {
  return { ...place, loads: true };
}

/** A place in the `html` tag. */
function inTag(name: string, render: (value: string) => Html, reading: Reading): Place {
  return { name: `html\`${name}\``, render: ([v]) => String(render(v ?? "")), reading };
}

const texts: readonly Place[] = [
  inTemplate("<p>{{ v }}</p>", shownText("p")),
  inTemplate("<table><tr><td>{{ v }}</td></tr></table>", shownText("td")),
  inTemplate('<select><option value="{{ v }}">{{ v }}</option></select>', shownText("option")),
  inTemplate("<svg><text>{{ v }}</text></svg>", attributeText("text", "textContent")),
  inTemplate("<math><mtext>{{ v }}</mtext></math>", nothing),
  inTemplate("<svg><title>{{ v }}</title><desc>{{ v }}</desc></svg>", nothing),
  inTemplate("<noscript><p title='{{ v }}'>{{ v }}</p></noscript>", nothing),
  inTemplate("<template><p>{{ v }}</p></template>", nothing),
  inTemplate("<title>{{ v }}</title>", attributeText("title", "textContent")),
  inTemplate("<textarea>{{ v }}</textarea>", lines),
  inTemplate("<p>x<!-- {{ v }} --></p>", nothing),
  inTemplate("<p>x<!--{{ v }}--></p>", nothing),
  inTemplate("<p>{{ v ~ '' }}</p>", shownText("p")),
  inTemplate("<p>{{ v ~ ('<i>'|safe) ~ v }}</i></p>", nothing),
  inTemplate("<p>{{ [v, '<i></i>'|safe] | join(v) }}</p>", nothing),
  inTemplate("<p>{{ '<i>%s</i>'|safe|format(v) }}</p>", shownText("i")),
  inTemplate("<p>{{ '<i>x</i>'|safe|replace('x', v) }}</p>", shownText("i")),
  inTemplate("<p>{{ '<i>'|safe + v }}</i></p>", shownText("i")),
  inTemplate("<p>{% set x %}<i>{{ v }}</i>{% endset %}{{ x }}</p>", shownText("i")),
  inTemplate("<p>{% filter trim %}<i>{{ v }}</i>{% endfilter %}</p>", shownText("i")),
  inTemplate(
    "{% macro m(a) %}<i>{{ a }}{{ caller() }}</i>{% endmacro %}{% call m('') %}{{ v }}{% endcall %}",
    shownText("i"),
  ),
  inTemplate("<p>{{ v | urlize }}</p>", shownText("p")),
  inTemplate("<p>{{ v | e | urlize(rel='x', target='y') }}</p>", shownText("p")),
  inTemplate("<p>{{ v | tojson }}</p>", {
    read: "(element) => JSON.parse(element.textContent)",
    expected: exact,
  }),
  inTemplate("<p>{{ v }}</p>", shownText("p"), { autoescape: "html" }),
  among({ page: "{% include 'part' %}", part: "<p>{{ v }}</p>" }, shownText("p")),
  inTemplate("<p>&{{ v }};</p>", nothing),
];

const attributes: readonly Place[] = [
  inTemplate('<p title="{{ v }}">x</p>', attribute("title")),
  inTemplate("<p title='{{ v }}'>x</p>", attribute("title")),
  inTemplate("<p title={{ v }}>x</p>", unquotedText("title")),
  inTemplate("<p title={{ v }} class=x>x</p>", unquotedText("title")),
  inTemplate("<p title=x{{ v }}>x</p>", nothing),
  inTemplate('<p data-some-name="{{ v }}" aria-label="{{ v }}">x</p>', attribute("aria-label")),
  inTemplate('<input value="{{ v }}">', attribute("value")),
  inTemplate("<input value='{{ v }}' placeholder={{ v }}>", unquotedText("placeholder")),
  inTemplate('<svg viewBox="{{ v }}" class="{{ v }}"></svg>', attribute("class")),
  inTemplate("<p{{ {'title': v, 'class': v} | xmlattr }}>x</p>", attribute("title")),
  inTemplate("<p data-json='{{ v | tojson }}'>x</p>", {
    read: "(e) => JSON.parse(e.firstElementChild.dataset.json)",
    expected: exact,
  }),
  inTemplate("{% macro field(v) %}<input value='{{ v }}'>{% endmacro %}{{ field(v) }}", attribute("value")),
  inTemplate("{% macro m(v) %}{{ v }}{% endmacro %}<p title='{{ m(v) }}'>x</p>", attribute("title")),
  inTemplate("{% macro m(v) %}{{ v }}{% endmacro %}{% set x = m(v) %}<p title='{{ x }}'>x</p>", nothing),
  inTemplate("<p title='{% if v %}{{ v }}{% else %}{{ v }}{% endif %}'>x</p>", attribute("title")),
  inTemplate("<p title='{% for x in [v] %}{{ x }}{% endfor %}'>x</p>", attribute("title")),
  inTemplate("<p title=\"{{ v }}\" class='{{ v }}'>x</p>", attribute("class"), { autoescape: "html" }),
  inTemplate('<p title="{{ v | safe }}">x</p>', attribute("title")),
  among({ page: "<p title=\"{% include 'part' %}\">x</p>", part: "{{ v }}" }, attribute("title")),
  among(
    {
      page: "{% extends 'base' %}{% block b %}{{ v }}{% endblock %}",
      base: "<p title='{% block b %}{% endblock %}'>x</p>",
    },
    attribute("title"),
  ),
];

const addresses: readonly Place[] = [
  inTemplate('<a href="{{ v }}">x</a>', harmlessUrl("a", "href")),
  inTemplate("<a href={{ v }}>x</a>", harmlessUrl("a", "href")),
  inTemplate('<a href="{{ v | safe }}">x</a>', harmlessUrl("a", "href")),
  inTemplate('<a href="{{ v }}{{ v }}">x</a>', harmlessUrl("a", "href")),
  inTemplate("<a href=\"{{ '' }}{{ v }}\">x</a>", harmlessUrl("a", "href")),
  inTemplate('<a href="/user/{{ v }}/edit">x</a>', sameHost("a", "href")),
  inTemplate('<a href="/{{ v }}">x</a>', sameHost("a", "href")),
  inTemplate('<a href="x{{ v }}">x</a>', sameHost("a", "href")),
  inTemplate('<a href="/find?q={{ v }}&p=1#{{ v }}">x</a>', {
    read: "(element) => new URL(element.firstElementChild.href).searchParams.get('q')",
    expected: wellFormed,
  }),
  inTemplate('<a href="/find?a=1&{{ v }};">x</a>', sameHost("a", "href")),
  inTemplate('<a href="mailto:{{ v }}">x</a>', harmlessUrl("a", "href")),
  inTemplate('<map><area href="{{ v }}"></map>', harmlessUrl("area", "href")),
  inTemplate(
    '<svg><a href="{{ v }}" xlink:href="{{ v }}"><text>x</text></a></svg>',
    harmlessUrl("a", "href.baseVal"),
  ),
  inTemplate('<svg><a><animate attributeName="href" values="{{ v }}"/></a></svg>', nothing),
  loading(inTemplate('<svg><use href="{{ v }}#x"/></svg>', harmlessUrl("use", "href.baseVal"))),
  loading(inTemplate('<img src="{{ v }}" alt="">', harmlessPicture("img", "src"))),
  loading(inTemplate('<img srcset="{{ v }}" alt="">', nothing)),
  loading(inTemplate('<img srcset="{{ v }} 2x, {{ v }} {{ v }}" alt="">', nothing)),
  loading(inTemplate('<video poster="{{ v }}" preload="none"></video>', harmlessPicture("video", "poster"))),
  inTemplate('<form action="{{ v }}" target="sink"><button>x</button></form>', harmlessUrl("form", "action")),
  inTemplate(
    '<form target="sink"><button formaction="{{ v }}">x</button></form>',
    harmlessUrl("button", "formAction"),
  ),
  loading(inTemplate('<iframe src="{{ v }}" loading="lazy"></iframe>', harmlessUrl("iframe", "src"))),
  loading(inTemplate('<script src="{{ v }}" type="text/plain"></script>', harmlessUrl("script", "src"))),
  inTemplate('<link rel="next" href="{{ v }}">', harmlessUrl("link", "href")),
  inTemplate("<a{{ {'href': v} | xmlattr }}>x</a>", harmlessUrl("a", "href")),
  inTemplate("{% macro m(v) %}{{ v }}{% endmacro %}<a href='{{ m(v) }}'>x</a>", harmlessUrl("a", "href")),
  among({ page: "<a href=\"{% include 'part' %}\">x</a>", part: "{{ v }}" }, harmlessUrl("a", "href")),
];

const scripts: readonly Place[] = [
  inTemplate("<script>got.push({{ v }})</script>", ran(exact)),
  inTemplate("<script>got.push({a: {{ [v] }}}.a[0])</script>", ran(exact)),
  inTemplate("<script>got.push({{ {'__proto__x': v, 'y': [v]} }}.y[0])</script>", ran(exact)),
  inTemplate("<script>got.push({{ v | tojson }})</script>", ran(exact)),
  inTemplate("<script>got.push('{{ v }}')</script>", ran(wellFormed)),
  inTemplate('<script>got.push("{{ v }}")</script>', ran(wellFormed)),
  inTemplate("<script>got.push(`{{ v }}`)</script>", ran(wellFormed)),
  inTemplate(`<script>got.push(\`a\${'{{ v }}'}\`.slice(1))</script>`, ran(wellFormed)),
  inTemplate(
    "<script>got.push('a' + {{ v }}.slice(0) + 'b')</script>",
    ran((value) => `a${value}b`),
  ),
  inTemplate(
    "<script>{% if v %}got.push({{ v }}){% else %}got.push({{ v }}){% endif %}</script>",
    ran(exact),
  ),
  inTemplate("<script>{% for x in [v] %}got.push('{{ x }}');{% endfor %}</script>", ran(wellFormed)),
  inTemplate("{% macro m(v) %}{{ v }}{% endmacro %}<script>got.push('{{ m(v) }}')</script>", ran(wellFormed)),
  inTemplate("{% macro m(v) %}got.push({{ v }});{% endmacro %}<script>{{ m(v) }}</script>", ran(exact)),
  among({ page: "<script>{% include 'part' %}</script>", part: "got.push({{ v }});" }, ran(exact)),
  among(
    {
      page: "{% extends 'base' %}{% block b %}{{ super() }}{{ v }}{% endblock %}",
      base: "<script>got.push('{% block b %}{% endblock %}')</script>",
    },
    ran(wellFormed),
  ),
  among(
    { page: "<button onclick=\"got.push('{% include 'part' %}')\">x</button>", part: "{{ v }}" },
    clicked(wellFormed),
  ),
  inTemplate(
    "{% macro m() %}<script>got.push('{{ caller() }}')</script>{% endmacro %}{% call m() %}{{ v }}{% endcall %}",
    ran(wellFormed),
  ),
  inTemplate('<script type="application/json">{{ v }}</script>', received("parsed", exact)),
  inTemplate(
    '<script type="application/json">{"a": [{{ v }}, "{{ v }}"]}</script>',
    received("parsed.a[0]", exact),
  ),
  inTemplate(
    '<script type="application/ld+json">{"a": "{{ v }}"}</script>',
    received("parsed.a", wellFormed),
  ),
  inTemplate('<button onclick="got.push({{ v }})">x</button>', clicked(exact)),
  inTemplate("<button onclick=got.push({{ v }})>x</button>", clicked(exact)),
  inTemplate("<button onclick=\"got.push('{{ v }}')\">x</button>", clicked(wellFormed)),
  inTemplate("<button onclick='got.push(\"{{ v }}\")'>x</button>", clicked(wellFormed)),
  inTemplate("<button onclick='got.push(`{{ v }}`)'>x</button>", clicked(wellFormed)),
  inTemplate('<button onclick="got.push(&#39;{{ v }}&#39;)">x</button>', clicked(wellFormed)),
  inTemplate("<button onclick='got.push({{ v | tojson }})'>x</button>", clicked(exact)),
];

const styles: readonly Place[] = [
  inTemplate('<p style="color: {{ v }}">x</p>', styleProperties("style")),
  inTemplate("<p style='color:{{ v }};width:{{ v }}px'>x</p>", styleProperties("style")),
  inTemplate("<p style=color:{{ v }}>x</p>", styleProperties("style")),
  inTemplate("<p style=\"content: '{{ v }}'\">x</p>", styleText),
  inTemplate("<p style='content: \"{{ v }}\"'>x</p>", styleText),
  loading(inTemplate('<p style="background: url({{ v }})">x</p>', styleProperties("style"))),
  loading(inTemplate("<p style=\"background: url('{{ v }}')\">x</p>", styleProperties("style"))),
  inTemplate("<style>.x { color: {{ v }} }</style>", styleProperties("sheet.cssRules[0].style")),
  inTemplate(
    "<style>.x { color: {{ v }}; width: calc({{ v }} * 2) }</style>",
    styleProperties("sheet.cssRules[0].style"),
  ),
  inTemplate("<style>.x { content: '{{ v }}' }</style>", styleProperties("sheet.cssRules[0].style")),
  inTemplate('<style>.x { content: "{{ v }}" }</style>', styleProperties("sheet.cssRules[0].style")),
  inTemplate("<style>.case { background: url({{ v }}) }</style>", styleProperties("sheet.cssRules[0].style")),
  inTemplate(
    "<style>.case { background: url('{{ v }}') }</style>",
    styleProperties("sheet.cssRules[0].style"),
  ),
];

const inner = new Template(
  "<iframe srcdoc=\"{% for v in values %}<p title='x'>{{ v }}</p>{% endfor %}\"></iframe>",
);
const framed: Place = {
  name: 'srcdoc="{{ v }}"',
  group: 100,
  render: (values) => String(inner.render({ values })),
  reading: {
    read: "(element) => [...element.firstElementChild.contentDocument.querySelectorAll('p')].map((p) => p.textContent).join('|')",
    expected: attributeText("", "").expected,
  },
};

const tagged: readonly Place[] = [
  inTag("<p>…</p>", (v) => html`<p>${v}</p>`, shownText("p")),
  inTag("<p>…</p>", (v) => html`<p>${[v, html`<i>${v}</i>`]}</p>`, shownText("i")),
  inTag("<p title='…'>", (v) => html`<p title="${v}">x</p>`, attribute("title")),
  inTag("<p title=…>", (v) => html`<p title=${v}>x</p>`, unquotedText("title")),
  inTag("<p…>", (v) => html`<p${html` title='${v}'`}>x</p>`, attribute("title")),
  inTag("<a href='…'>", (v) => html`<a href="${v}">x</a>`, harmlessUrl("a", "href")),
  inTag("<a href='/…'>", (v) => html`<a href="/${v}">x</a>`, sameHost("a", "href")),
  inTag("<script>…</script>", (v) => html`<script>got.push(${v})</script>`, ran(exact)),
  inTag("<script>'…'</script>", (v) => html`<script>got.push('${v}')</script>`, ran(wellFormed)),
  inTag("<button onclick='…'>", (v) => html`<button onclick="got.push(${v})">x</button>`, clicked(exact)),
  inTag(
    "<style>…</style>",
    (v) => html`<style>.x { color: ${v} }</style>`,
    styleProperties("sheet.cssRules[0].style"),
  ),
  inTag("<p style='…'>", (v) => html`<p style="color: ${v}">x</p>`, styleProperties("style")),
  inTag("<textarea>…</textarea>", (v) => html`<textarea>${v}</textarea>`, lines),
  inTag("<!-- … -->", (v) => html`<p><!-- ${v} --></p>`, nothing),
];

export const places: readonly Place[] = [
  ...texts,
  ...attributes,
  ...addresses,
  ...scripts,
  ...styles,
  framed,
  ...tagged,
];
