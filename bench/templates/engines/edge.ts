/** Edge, the engine of AdonisJS. */
import { Edge } from "edge.js";
import { price } from "../data.ts";
import type { Data, Engine } from "../engine.ts";

/** A tag stands on a line of its own, and the last line break of a template is left out. */
const sources = {
  table: `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
@each(row in rows)
<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.email }}</td><td>{{ row.tag }}</td><td>{{ row.city }}</td><td>{{ row.score }}</td></tr>
@end
</tbody>
</table>

`,
  attributes: `<div>
@each(item in items)
<a class="{{ item.kind }}" id="item-{{ item.id }}" href="/items/{{ item.slug }}" title="{{ item.title }}" data-price="{{ item.price }}" data-stock="{{ item.stock }}"><input name="{{ item.field }}" value="{{ item.value }}" placeholder="{{ item.hint }}"></a>
@end
</div>

`,
  layout: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
@each(link in links)
<a href="{{ link.href }}" class="{{ link.href === path ? "active" : "plain" }}">{{ link.text }}</a>
@end
</nav>
<main>
{{{ $slots.main() }}}
</main>
<footer>{{ site }}, {{ year }}</footer>
</body>
</html>
`,
  page: `@component("layout", { title: heading + " - " + site, links, path, site, year })
<h1>{{ heading.toUpperCase() }}</h1>
@each(product in products)
@!component("product", { product })
@end
<form method="post" action="/orders">
@each(item in fields)
@component("field", item)
@end
@end
<button>Order</button>
</form>
@end
`,
  product: `<article id="product-{{ product.id }}">
<h2>{{ product.name.toUpperCase() }}</h2>
<p>{{ product.text ?? "No description." }}</p>
<p class="price">{{ price(product.cents) }}, {{ product.tags.join(", ") }}</p>
</article>`,
  field: `<div class="{{ error ? "wrong " : "" }}field">
<label for="{{ name }}">{{ label }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value }}">
@if(error)
<p class="error">{{ error }}</p>
@end
</div>`,
};

function section(number: number): string {
  return `<section id="s${number}" class="{{ theme }}">
<h2>{{ title }} ${number}</h2>
@if(user)
<p>Hello {{ user.name }}, you have {{ user.count }} messages in box ${number}.</p>
@else
<p>Please <a href="/login?box=${number}">log in</a> for box ${number}.</p>
@end
<ul>
@each(item in items)
<li class="{{ item.kind }}"><a href="/items/{{ item.slug }}" title="{{ item.title }}">{{ item.title }}</a></li>
@end
</ul>
<form method="post" action="/boxes/${number}">
<label for="field-${number}">{{ label }}</label>
<input id="field-${number}" name="field-${number}" value="{{ value }}" placeholder="{{ hint }}">
<button class="{{ theme }}">Send ${number}</button>
</form>
<p class="note">Text that never changes, with a <b>tag</b> or two, as most pages have in plenty.</p>
</section>
`;
}

/** Edge, with its templates compiled at their first use. */
export function createEngine(): Engine {
  const edge = Edge.create({ cache: true });
  for (const [name, template] of Object.entries(sources)) edge.registerTemplate(name, { template });
  edge.global("price", price);
  const named = (name: string) => (data: Data) => edge.renderSync(name, data);
  return {
    table: named("table"),
    attributes: named("attributes"),
    page: named("page"),
    section,
    compile: (source) => (data) => edge.renderRawSync(`${source}\n`, data),
  };
}
