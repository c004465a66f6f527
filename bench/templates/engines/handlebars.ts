/** Handlebars. */
import Handlebars from "handlebars";
import { price } from "../data.ts";
import type { Engine } from "../engine.ts";

/** A block tag alone on its line leaves no line behind. */
const sources = {
  table: `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
{{#each rows}}
<tr><td>{{id}}</td><td>{{name}}</td><td>{{email}}</td><td>{{tag}}</td><td>{{city}}</td><td>{{score}}</td></tr>
{{/each}}
</tbody>
</table>
`,
  attributes: `<div>
{{#each items}}
<a class="{{kind}}" id="item-{{id}}" href="/items/{{slug}}" title="{{title}}" data-price="{{price}}" data-stock="{{stock}}"><input name="{{field}}" value="{{value}}" placeholder="{{hint}}"></a>
{{/each}}
</div>
`,
  layout: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{> title}}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
{{#each links}}
<a href="{{href}}" class="{{#if (same href ../path)}}active{{else}}plain{{/if}}">{{text}}</a>
{{/each}}
</nav>
<main>
{{> content}}
</main>
<footer>{{site}}, {{year}}</footer>
</body>
</html>
`,
  page: `{{#> layout}}
{{#*inline "title"}}{{heading}} - {{site}}{{/inline}}
{{#*inline "content"}}
<h1>{{upper heading}}</h1>
{{#each products}}
{{> product}}
{{/each}}
<form method="post" action="/orders">
{{#each fields}}
{{> field}}
{{/each}}
<button>Order</button>
</form>
{{/inline}}
{{/layout}}
`,
  product: `<article id="product-{{id}}">
<h2>{{upper name}}</h2>
<p>{{#if text}}{{text}}{{else}}No description.{{/if}}</p>
<p class="price">{{money cents}}, {{join tags ", "}}</p>
</article>
`,
  field: `<div class="{{#if error}}wrong {{/if}}field">
<label for="{{name}}">{{label}}</label>
<input id="{{name}}" name="{{name}}" value="{{value}}">
{{#if error}}
<p class="error">{{error}}</p>
{{/if}}
</div>
`,
};

function section(number: number): string {
  return `<section id="s${number}" class="{{theme}}">
<h2>{{title}} ${number}</h2>
{{#if user}}
<p>Hello {{user.name}}, you have {{user.count}} messages in box ${number}.</p>
{{else}}
<p>Please <a href="/login?box=${number}">log in</a> for box ${number}.</p>
{{/if}}
<ul>
{{#each items}}
<li class="{{kind}}"><a href="/items/{{slug}}" title="{{title}}">{{title}}</a></li>
{{/each}}
</ul>
<form method="post" action="/boxes/${number}">
<label for="field-${number}">{{label}}</label>
<input id="field-${number}" name="field-${number}" value="{{value}}" placeholder="{{hint}}">
<button class="{{theme}}">Send ${number}</button>
</form>
<p class="note">Text that never changes, with a <b>tag</b> or two, as most pages have in plenty.</p>
</section>
`;
}

/** Handlebars, with its templates compiled. */
export function createEngine(): Engine {
  const handlebars = Handlebars.create();
  handlebars.registerHelper("same", (a, b) => a === b);
  handlebars.registerHelper("upper", (text: string) => text.toUpperCase());
  handlebars.registerHelper("money", (cents: number) => price(cents));
  handlebars.registerHelper("join", (list: string[], separator: string) => list.join(separator));
  for (const name of ["layout", "product", "field"] as const) {
    handlebars.registerPartial(name, handlebars.compile(sources[name]));
  }
  return {
    table: handlebars.compile(sources.table),
    attributes: handlebars.compile(sources.attributes),
    page: handlebars.compile(sources.page),
    section,
    compile: (source) => handlebars.compile(source),
  };
}
