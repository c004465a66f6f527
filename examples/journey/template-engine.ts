/** A template engine in a hundred lines: pieces, a tree, the place of every value, and a function that prints. */
import { Template } from "limpid/template";

/** Where a value stands in the HTML: in text, in a tag, in an attribute, at the beginning or in the middle of a URL. */
type Place = "text" | "tag" | "attribute" | "url" | "url part";

type Node =
  | { type: "text"; text: string }
  | { type: "value"; expression: string }
  | { type: "for"; name: string; list: string; body: Node[] }
  | { type: "if"; test: string; body: Node[] };

/** Text and tags in turn; `-` at the beginning of a tag takes the whitespace before it away. */
function piecesOf(source: string): string[] {
  return source.replace(/\s*\{%-/g, "{%").split(/(\{\{[^}]*\}\}|\{%[^%]*%\})/);
}

/** Takes pieces up to the one that ends the body. */
function parse(pieces: string[], end?: string): Node[] {
  const nodes: Node[] = [];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const inside = piece.slice(2, -2).trim();
    if (piece.startsWith("{{")) nodes.push({ type: "value", expression: inside });
    else if (!piece.startsWith("{%")) nodes.push({ type: "text", text: piece });
    else if (inside === end) return nodes;
    else nodes.push(parseStatement(inside, pieces));
  }
  if (end !== undefined) throw new Error(`\`${end}\` is missing.`);
  return nodes;
}

function parseStatement(statement: string, pieces: string[]): Node {
  const [, name, list] = /^for (\w+) in (.+)$/.exec(statement) ?? [];
  if (name !== undefined && list !== undefined) {
    return { type: "for", name, list, body: parse(pieces, "endfor") };
  }
  const [, test] = /^if (.+)$/.exec(statement) ?? [];
  if (test !== undefined) return { type: "if", test, body: parse(pieces, "endif") };
  throw new Error(`\`${statement}\` is no statement, or ends none.`);
}

const marks = { text: /<(?=[a-z/])/i, tag: />|([\w-]+)="/, attribute: /"/, url: /"/, "url part": /"/ };

/** The place behind some markup. */
function follow(place: Place, html: string): Place {
  if (/<(script|style|!|$)/i.test(html)) throw new Error("Only plain elements are followed here.");
  const mark = marks[place].exec(html);
  if (mark === null) return place === "url" && html !== "" ? "url part" : place;
  const rest = html.slice(mark.index + mark[0].length);
  if (place !== "tag") return follow("tag", rest);
  if (mark[0] === ">") return follow("text", rest);
  const name = mark[1]!.toLowerCase();
  if (/^(on|style|src.)/.test(name)) throw new Error(`\`${name}\` is another language.`);
  return follow(/^(href|src|action)$/.test(name) ? "url" : "attribute", rest);
}

const references: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};
const escapeHtml = (value: unknown): string =>
  String(value ?? "").replace(/[&<>"']/g, (one) => references[one]!);
const escapers: Record<Exclude<Place, "tag">, (value: unknown) => string> = {
  text: escapeHtml,
  attribute: escapeHtml,
  url: (value) => (/^(https?:|[/?#])/i.test(String(value)) ? escapeHtml(value) : "about:invalid"),
  "url part": (value) => encodeURIComponent(String(value ?? "")),
};

/** JavaScript for nodes that begin in a place; everything from the template is in quotes. */
function compile(nodes: Node[], start: Place): { code: string; end: Place } {
  let place = start;
  let code = "";
  for (const node of nodes) {
    if (node.type === "text") {
      code += `out += ${JSON.stringify(node.text)};\n`;
      place = follow(place, node.text);
    } else if (node.type === "value") {
      if (place === "tag")
        throw new Error(`\`${node.expression}\` stands in a tag, where nothing makes it safe.`);
      code += `out += escapers[${JSON.stringify(place)}](${read(node.expression)});\n`;
      if (place === "url") place = "url part";
    } else {
      const { code: body, end } = compile(node.body, place);
      if (end !== place) throw new Error(`A body begins in the place "${place}" and ends in "${end}".`);
      if (node.type === "if") code += `if (${read(node.test)}) {\n${body}}\n`;
      else {
        const inner = `{ ...outer, ${JSON.stringify(node.name)}: item }`;
        code += `for (const item of ${read(node.list)}) out += ((outer, names = ${inner}, out = "") => {\n${body}return out;\n})(names);\n`;
      }
    }
  }
  return { code, end: place };
}

/** `user.email | lowercase` as JavaScript. */
function read(expression: string): string {
  const [path = "", ...filters] = expression.split("|").map((part) => part.trim());
  if (!/^\w+(\.\w+)*$/.test(path)) throw new Error(`\`${path}\` is no name.`);
  const value = path.split(".").reduce((object, name) => `get(${object}, ${JSON.stringify(name)})`, "names");
  return filters.reduce((input, name) => `get(filters, ${JSON.stringify(name)})(${input})`, value);
}

/** Own properties, and nothing that an object inherits. */
function get(object: unknown, name: string): unknown {
  return Object.hasOwn(Object(object), name) ? (object as Record<string, unknown>)[name] : undefined;
}

const filters = { lowercase: (value: unknown) => String(value).toLowerCase() };

function template(source: string): { code: string; render(values: object): string } {
  const { code } = compile(parse(piecesOf(source)), "text");
  const run = new Function("names", "get", "filters", "escapers", `let out = "";\n${code}return out;`);
  return { code, render: (values) => run(values, get, filters, escapers) };
}

const link = template('<a href="{{ url }}">{{ title }}</a>');
console.log(link.code);
console.log(link.render({ url: "javascript:alert(1)", title: "<script>alert(1)</script>" }));
console.log(template("[{{ user.constructor }}]").render({ user: {} }));

for (const wrong of [
  "<p {{ attributes }}>",
  '{% if user %}<a href="{% endif %}{{ url }}">',
  "{% for a in b %}",
]) {
  try {
    template(wrong);
  } catch (error) {
    console.log((error as Error).message);
  }
}

const users = `<h1>Users</h1>
<ul>
{%- for user in users %}
  <li>{{ user.name }} ({{ user.email | lowercase }})</li>
{%- endfor %}
</ul>
{%- if admin %}
<a href="/admin">Administration</a>
{%- endif %}`;
const values = {
  users: [
    { name: "Alice", email: "Alice@example.com" },
    { name: "Bob", email: "BOB@example.com" },
  ],
  admin: true,
};
const page = template(users).render(values);
console.log(page);
console.log("Limpid prints the same:", String(new Template(users).render(values)) === page);
