/** The users page: a template alone, without an application. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";

const source = `<h1>Users</h1>
<ul>
{% for user in users %}
  <li>{{ user.name }} ({{ user.email | lowercase }})</li>
{% endfor %}
</ul>
{% if admin %}
<a href="/admin">Admin panel</a>
{% endif %}`;

const users = [
  { name: "Alice", email: "ALICE@EXAMPLE.COM" },
  { name: "Bob", email: "bob@example.com" },
];

/** The lines without blanks around them, empty ones left out. */
function lines(html: unknown): string[] {
  const trimmed = String(html)
    .split("\n")
    .map((line) => line.trim());
  return trimmed.filter((line) => line !== "");
}

test("the users page", () => {
  assert.deepEqual(lines(new Template(source).render({ users, admin: true })), [
    "<h1>Users</h1>",
    "<ul>",
    "<li>Alice (alice@example.com)</li>",
    "<li>Bob (bob@example.com)</li>",
    "</ul>",
    '<a href="/admin">Admin panel</a>',
  ]);
});

test("without the right there is no link", () => {
  assert.deepEqual(lines(new Template(source).render({ users: [], admin: false })), [
    "<h1>Users</h1>",
    "<ul>",
    "</ul>",
  ]);
});

test("names of users are text", () => {
  const html = new Template(source).render({ users: [{ name: "<script>", email: "A&B" }], admin: false });
  assert.ok(String(html).includes("<li>&lt;script&gt; (a&amp;b)</li>"));
});
