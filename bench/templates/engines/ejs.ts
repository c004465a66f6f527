/** EJS, without its `with`, which is slow. */
import ejs from "ejs";
import { price } from "../data.ts";
import type { Data, Engine } from "../engine.ts";

/** A tag that ends in a minus leaves no line behind. */
const sources = {
  table: `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
<% for (const row of it.rows) { -%>
<tr><td><%= row.id %></td><td><%= row.name %></td><td><%= row.email %></td><td><%= row.tag %></td><td><%= row.city %></td><td><%= row.score %></td></tr>
<% } -%>
</tbody>
</table>
`,
  attributes: `<div>
<% for (const item of it.items) { -%>
<a class="<%= item.kind %>" id="item-<%= item.id %>" href="/items/<%= item.slug %>" title="<%= item.title %>" data-price="<%= item.price %>" data-stock="<%= item.stock %>"><input name="<%= item.field %>" value="<%= item.value %>" placeholder="<%= item.hint %>"></a>
<% } -%>
</div>
`,
  page: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title><%= it.heading %> - <%= it.site %></title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
<% for (const link of it.links) { -%>
<a href="<%= link.href %>" class="<% if (link.href === it.path) { %>active<% } else { %>plain<% } %>"><%= link.text %></a>
<% } -%>
</nav>
<main>
<%- include("content") -%>
</main>
<footer><%= it.site %>, <%= it.year %></footer>
</body>
</html>
`,
  content: `<h1><%= it.heading.toUpperCase() %></h1>
<% for (const product of it.products) { -%>
<%- include("product", { product }) -%>
<% } -%>
<form method="post" action="/orders">
<% for (const field of it.fields) { -%>
<%- include("field", field) -%>
<% } -%>
<button>Order</button>
</form>
`,
  product: `<article id="product-<%= it.product.id %>">
<h2><%= it.product.name.toUpperCase() %></h2>
<p><%= it.product.text ?? "No description." %></p>
<p class="price"><%= it.price(it.product.cents) %>, <%= it.product.tags.join(", ") %></p>
</article>
`,
  field: `<div class="<% if (it.error) { %>wrong <% } %>field">
<label for="<%= it.name %>"><%= it.label %></label>
<input id="<%= it.name %>" name="<%= it.name %>" value="<%= it.value %>">
<% if (it.error) { -%>
<p class="error"><%= it.error %></p>
<% } -%>
</div>
`,
};

function section(number: number): string {
  return `<section id="s${number}" class="<%= it.theme %>">
<h2><%= it.title %> ${number}</h2>
<% if (it.user) { -%>
<p>Hello <%= it.user.name %>, you have <%= it.user.count %> messages in box ${number}.</p>
<% } else { -%>
<p>Please <a href="/login?box=${number}">log in</a> for box ${number}.</p>
<% } -%>
<ul>
<% for (const item of it.items) { -%>
<li class="<%= item.kind %>"><a href="/items/<%= item.slug %>" title="<%= item.title %>"><%= item.title %></a></li>
<% } -%>
</ul>
<form method="post" action="/boxes/${number}">
<label for="field-${number}"><%= it.label %></label>
<input id="field-${number}" name="field-${number}" value="<%= it.value %>" placeholder="<%= it.hint %>">
<button class="<%= it.theme %>">Send ${number}</button>
</form>
<p class="note">Text that never changes, with a <b>tag</b> or two, as most pages have in plenty.</p>
</section>
`;
}

/** EJS, with its templates compiled. */
export function createEngine(): Engine {
  const options = { _with: false, localsName: "it" };
  const stored = {
    ...options,
    cache: true,
    includer: (name: string) => ({ filename: name }),
  };
  const named = (name: keyof typeof sources) =>
    ejs.compile(sources[name], { ...stored, filename: name }) as (data: Data) => string;
  for (const name of ["content", "product", "field"] as const) ejs.cache.set(name, named(name) as never);
  const page = named("page");
  return {
    table: named("table"),
    attributes: named("attributes"),
    page: (data) => page({ ...data, price }),
    section,
    compile: (source) => ejs.compile(source, options) as (data: Data) => string,
  };
}
