/** Templates in Jinja's language, for the two engines that speak it. */

/** Each by its name; blocks leave no line behind (`trim_blocks`). */
export const sources = {
  table: `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
{% for row in rows %}
<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.email }}</td><td>{{ row.tag }}</td><td>{{ row.city }}</td><td>{{ row.score }}</td></tr>
{% endfor %}
</tbody>
</table>
`,
  attributes: `<div>
{% for item in items %}
<a class="{{ item.kind }}" id="item-{{ item.id }}" href="/items/{{ item.slug }}" title="{{ item.title }}" data-price="{{ item.price }}" data-stock="{{ item.stock }}"><input name="{{ item.field }}" value="{{ item.value }}" placeholder="{{ item.hint }}"></a>
{% endfor %}
</div>
`,
  layout: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
{% for link in links %}
<a href="{{ link.href }}" class="{% if link.href == path %}active{% else %}plain{% endif %}">{{ link.text }}</a>
{% endfor %}
</nav>
<main>
{% block content %}{% endblock %}
</main>
<footer>{{ site }}, {{ year }}</footer>
</body>
</html>
`,
  page: `{% extends "layout" %}
{% block title %}{{ heading }} - {{ site }}{% endblock %}
{% block content %}
{% from "form" import field %}
<h1>{{ heading | upper }}</h1>
{% for product in products %}
{% include "product" %}
{% endfor %}
<form method="post" action="/orders">
{% for item in fields %}
{{ field(item.name, item.label, item.value, item.error) -}}
{% endfor %}
<button>Order</button>
</form>
{% endblock %}
`,
  product: `<article id="product-{{ product.id }}">
<h2>{{ product.name | upper }}</h2>
<p>{{ product.text | default("No description.") }}</p>
<p class="price">{{ product.cents | price }}, {{ product.tags | join(", ") }}</p>
</article>
`,
  form: `{% macro field(name, label, value, error) %}
<div class="{% if error %}wrong {% endif %}field">
<label for="{{ name }}">{{ label }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value }}">
{% if error %}
<p class="error">{{ error }}</p>
{% endif %}
</div>
{% endmacro %}
`,
};

/** A section of the large template. */
export function section(number: number): string {
  return `<section id="s${number}" class="{{ theme }}">
<h2>{{ title }} ${number}</h2>
{% if user %}
<p>Hello {{ user.name }}, you have {{ user.count }} messages in box ${number}.</p>
{% else %}
<p>Please <a href="/login?box=${number}">log in</a> for box ${number}.</p>
{% endif %}
<ul>
{% for item in items %}
<li class="{{ item.kind }}"><a href="/items/{{ item.slug }}" title="{{ item.title }}">{{ item.title }}</a></li>
{% endfor %}
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
