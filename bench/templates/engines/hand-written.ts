/** What a patient person would write: strings put together, and an escape that looks at each character once. */
import { type attributesData, type pageData, price, type tableData } from "../data.ts";
import type { Engine } from "../engine.ts";

function reference(code: number): string | undefined {
  switch (code) {
    case 34:
      return "&#34;";
    case 38:
      return "&amp;";
    case 39:
      return "&#39;";
    case 60:
      return "&lt;";
    case 62:
      return "&gt;";
    default:
      return undefined;
  }
}

function escaped(text: string): string {
  let result = "";
  let last = 0;
  for (let index = 0; index < text.length; index++) {
    const replaced = reference(text.charCodeAt(index));
    if (replaced === undefined) continue;
    result += text.slice(last, index) + replaced;
    last = index + 1;
  }
  return last === 0 ? text : result + text.slice(last);
}

function table({ rows }: ReturnType<typeof tableData>): string {
  let page = `<table>
<thead><tr><th>Id</th><th>Name</th><th>Address</th><th>Tag</th><th>City</th><th>Score</th></tr></thead>
<tbody>
`;
  for (const row of rows) {
    page += `<tr><td>${row.id}</td><td>${escaped(row.name)}</td><td>${escaped(row.email)}</td><td>${escaped(row.tag)}</td><td>${escaped(row.city ?? "")}</td><td>${row.score}</td></tr>\n`;
  }
  return `${page}</tbody>\n</table>\n`;
}

function attributes({ items }: ReturnType<typeof attributesData>): string {
  let page = "<div>\n";
  for (const item of items) {
    page += `<a class="${escaped(item.kind)}" id="item-${item.id}" href="/items/${escaped(item.slug)}" title="${escaped(item.title)}" data-price="${item.price}" data-stock="${item.stock}"><input name="${escaped(item.field)}" value="${escaped(item.value)}" placeholder="${escaped(item.hint)}"></a>\n`;
  }
  return `${page}</div>\n`;
}

type Page = ReturnType<typeof pageData>;

function layout({ links, path, site, year }: Page, title: string, content: string): string {
  let navigation = "";
  for (const link of links) {
    navigation += `<a href="${escaped(link.href)}" class="${link.href === path ? "active" : "plain"}">${escaped(link.text)}</a>\n`;
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav>
${navigation}</nav>
<main>
${content}</main>
<footer>${escaped(site)}, ${year}</footer>
</body>
</html>
`;
}

function product({ id, name, text, cents, tags }: Page["products"][number]): string {
  return `<article id="product-${id}">
<h2>${escaped(name.toUpperCase())}</h2>
<p>${escaped(text ?? "No description.")}</p>
<p class="price">${escaped(price(cents))}, ${escaped(tags.join(", "))}</p>
</article>
`;
}

function field({ name, label, value, error }: Page["fields"][number]): string {
  const [id, complaint] = [escaped(name), error ? `<p class="error">${escaped(error)}</p>\n` : ""];
  return `<div class="${error ? "wrong " : ""}field">
<label for="${id}">${escaped(label)}</label>
<input id="${id}" name="${id}" value="${escaped(value)}">
${complaint}</div>
`;
}

function page(data: Page): string {
  let content = `<h1>${escaped(data.heading.toUpperCase())}</h1>\n`;
  for (const item of data.products) content += product(item);
  content += `<form method="post" action="/orders">\n`;
  for (const item of data.fields) content += field(item);
  content += "<button>Order</button>\n</form>\n";
  return layout(data, `${escaped(data.heading)} - ${escaped(data.site)}`, content);
}

/** The limit; there is nothing to compile. */
export function createEngine(): Engine {
  return {
    table: (data) => table(data as ReturnType<typeof tableData>),
    attributes: (data) => attributes(data as ReturnType<typeof attributesData>),
    page: (data) => page(data as Page),
  };
}
