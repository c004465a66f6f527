/**
 * CVE-2022-29078, CVE-2024-33883, ejs #798, CVE-2021-21353 and CVE-2024-36361: what a template is rendered with is never
 * taken for an option, options come from nowhere but their own object, and no name becomes code.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Environment, MemoryLoader, Template } from "limpid/template";

interface Renders {
  readonly polluted: number;
  readonly templates: number;
  readonly text: string;
}

/** The program that renders, with `Object.prototype` polluted by values of a kind. */
async function rendersWith(kind: string): Promise<Renders> {
  const program = fileURLToPath(new URL("./polluted-renders.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", program, kind]);
  return JSON.parse(stdout);
}

test("a polluted Object.prototype changes no byte of what templates give", async () => {
  const clean = await rendersWith("nothing");
  assert.ok(clean.templates >= 20);
  assert.match(clean.text, /Ada &amp; Eve/);
  for (const kind of ["text", "true", "object", "function"]) {
    const dirty = await rendersWith(kind);
    assert.ok(dirty.polluted >= 50, `${dirty.polluted} names`);
    assert.equal(dirty.text, clean.text, kind);
  }
});

/** Options here and in other engines, as the query of a request gives them. */
const hostile = JSON.parse(`{
  "autoescape": false, "strict": true, "syntax": {"variableStart": "<"}, "filters": {"upper": "x"},
  "loader": "/etc", "extensions": [], "globals": {"v": "polluted"}, "tests": {}, "reload": true, "name": "x",
  "settings": {"view options": {"outputFunctionName": "x;throw 1;s", "client": true, "escapeFunction": "throw 1"}},
  "outputFunctionName": "x;throw 1;s", "escapeFunction": "throw 1", "escape": "1;throw 1", "client": true,
  "localsName": "x=throw 1", "destructuredLocals": ["__x=throw 1"], "compileDebug": true, "pretty": "');throw 1//",
  "cache": false, "async": true, "_with": false, "self": true, "T": null, "R": null, "f": 1, "c": 2, "rt": 3,
  "__proto__": {"v": "polluted", "autoescape": false}, "constructor": {"prototype": {"v": "polluted"}},
  "then": "x", "toString": "x", "toJSON": "x", "length": 7
}`);

test("data with the names of options is data", async () => {
  const source = "{{ v }}{{ autoescape }}{{ name }}{{ length }}{{ x | upper }}{{ client }}{{ R }}{{ f }}";
  const expected = "&lt;b&gt;falsex7&lt;X&gt;true1";
  const data = { ...hostile, v: "<b>", x: "<x>" };
  const views = new Environment({ loader: new MemoryLoader({ page: source }) });
  assert.equal(String(views.render("page", data)), expected);
  assert.equal(String(await views.renderAsync("page", data)), expected);
  assert.equal(String(new Template(source).render(data)), expected);
  assert.equal(String(new Template("{{ v }}|{{ __proto__ }}|{{ hasOwnProperty }}").render(hostile)), "||");
});

test("names of data, templates, globals and filters never become code", () => {
  const names = [
    "a'];throw 1//",
    'a"];throw 1//',
    "a`+(throw 1)+`",
    "*/throw 1/*",
    "a\nthrow 1\n",
    "a\u2028throw 1//",
    '\\");throw 1//',
    "\0",
  ];
  for (const name of names) {
    const data = Object.fromEntries([...names.map((one) => [one, one]), ["a", 1]]);
    const views = new Environment({
      loader: new MemoryLoader({ [name]: "{{ a }}{{ nothing }}{% block b %}{{ a }}{% endblock %}" }),
      globals: { [name]: name },
      filters: { [name]: (value) => value },
      tests: { [name]: () => true },
    });
    assert.equal(String(views.render(name, data)), "11", name);
    assert.equal(String(new Template("{{ a }}", { name }).render(data)), "1", name);
    const looked = new Template(`{{ d[${JSON.stringify(name)}] }}`, { autoescape: false });
    assert.equal(String(looked.render({ d: data })), name);
    assert.throws(() => views.fromString("{{ a | nothing }}", name), { code: "LMP_TEMPLATE_FILTER_UNKNOWN" });
  }
});

test("options are own properties, and of the kinds that they can be", () => {
  const inherited = Object.create({ autoescape: false, strict: true, filters: { upper: () => "polluted" } });
  assert.equal(String(new Template("{{ v | upper }}", inherited).render({ v: "<" })), "&lt;");
  assert.equal(String(new Environment(inherited).fromString("{{ v }}{{ w }}").render({ v: "<" })), "&lt;");
  const wrong: readonly unknown[] = [
    { autoescape: true },
    { autoescape: "off" },
    { autoescape: 0 },
    { autoescape: null },
    { strict: "true" },
    { strict: 1 },
    { reload: "no" },
    { loader: {} },
    { loader: 1 },
    { loader: { load: "x" } },
    { filters: [] },
    { filters: "x" },
    { filters: { a: "throw 1" } },
    { tests: { a: 1 } },
    { tests: 1 },
    { globals: "x" },
    { extensions: {} },
    { extensions: "x" },
    { extensions: [{}] },
    { syntax: "x" },
    { syntax: [] },
    { syntax: { variableStart: 1 } },
    { syntax: { variableStart: "" } },
    { syntax: { outputFunctionName: "x" } },
    { syntax: { trimBlocks: "x" } },
    { name: 1 },
    { name: {} },
    { escape: "x" },
    { client: true },
    { outputFunctionName: "x" },
    JSON.parse('{"__proto__": {"autoescape": false}}'),
    { constructor: 1 },
    { toString: () => "x" },
  ];
  for (const options of wrong) {
    assert.throws(
      () => new Template("x", options as object),
      { code: "LMP_TEMPLATE_OPTION_INVALID" },
      JSON.stringify(options),
    );
  }
});
