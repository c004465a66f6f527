/** Eta. */
import { Eta } from "eta";
import { price } from "../data.ts";
import type { Engine } from "../engine.ts";

/** A line break behind any tag is left out, which is Eta's default. */
const sources = {
  table: `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
<% for (const row of it.rows) { %>
<tr><td><%= row.id %></td><td><%= row.name %></td><td><%= row.email %></td><td><%= row.tag %></td><td><%= row.city %></td><td><%= row.score %></td></tr>
<% } %>
</tbody>
</table>
`,
  attributes: `<div>
<% for (const item of it.items) { %>
<a class="<%= item.kind %>" id="item-<%= item.id %>" href="/items/<%= item.slug %>" title="<%= item.title %>" data-price="<%= item.price %>" data-stock="<%= item.stock %>"><input name="<%= item.field %>" value="<%= item.value %>" placeholder="<%= item.hint %>"></a>
<% } %>
</div>
`,
  layout: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title><%= it.heading %> - <%= it.site %></title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
<% for (const link of it.links) { %>
<a href="<%= link.href %>" class="<% if (link.href === it.path) { %>active<% } else { %>plain<% } %>"><%= link.text %></a>
<% } %>
</nav>
<main>
<%~ it.body %>
</main>
<footer><%= it.site %>, <%= it.year %></footer>
</body>
</html>
`,
  page: `<% layout("@layout", it) %>
<h1><%= it.heading.toUpperCase() %></h1>
<% for (const product of it.products) { %>
<%~ include("@product", { product, price: it.price }) %>
<% } %>
<form method="post" action="/orders">
<% for (const field of it.fields) { %>
<%~ include("@field", field) %>
<% } %>
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
<% if (it.error) { %>
<p class="error"><%= it.error %></p>
<% } %>
</div>
`,
};

function section(number: number): string {
  return `<section id="s${number}" class="<%= it.theme %>">
<h2><%= it.title %> ${number}</h2>
<% if (it.user) { %>
<p>Hello <%= it.user.name %>, you have <%= it.user.count %> messages in box ${number}.</p>
<% } else { %>
<p>Please <a href="/login?box=${number}">log in</a> for box ${number}.</p>
<% } %>
<ul>
<% for (const item of it.items) { %>
<li class="<%= item.kind %>"><a href="/items/<%= item.slug %>" title="<%= item.title %>"><%= item.title %></a></li>
<% } %>
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

/** Eta, with its templates compiled. */
export function createEngine(): Engine {
  const eta = new Eta({ cache: true });
  for (const [name, source] of Object.entries(sources)) eta.loadTemplate(`@${name}`, source);
  return {
    table: (data) => eta.render("@table", data),
    attributes: (data) => eta.render("@attributes", data),
    page: (data) => eta.render("@page", { ...data, price }),
    section,
    compile(source) {
      const template = eta.compile(source);
      return (data) => template.call(eta, data);
    },
  };
}
