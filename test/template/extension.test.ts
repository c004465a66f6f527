/** Tags of an application's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { Environment, type Extension, Template } from "limpid/template";

const echo: Extension = { tag: "echo", run: ({ arguments: given, named }) => JSON.stringify([given, named]) };
const shout: Extension = {
  tag: "shout",
  body: true,
  run: async ({ body }) => String(await body()).toUpperCase(),
};
const box: Extension = {
  tag: "box",
  body: true,
  run: ({ body, named }) => {
    const wrap = (inner: unknown): Html =>
      new Html(`<b title="${String(named.title ?? "")}">${String(inner)}</b>`);
    const inner = body();
    return inner instanceof Promise ? inner.then(wrap) : wrap(inner);
  },
};

function render(source: string, data = {}, autoescape: "context" | false = "context"): string {
  return String(new Template(source, { extensions: [echo, box], autoescape }).render(data));
}

test("a tag gets its arguments, as a template writes them", () => {
  assert.equal(
    render('{% echo 1, "a", x, k=2, **o %}', { x: [3], o: { z: 4 } }, false),
    '[[1,"a",[3]],{"k":2,"z":4}]',
  );
  assert.equal(render("{% echo *l %}", { l: [1, 2] }, false), "[[1,2],{}]");
  assert.equal(render("{% echo %}", {}, false), "[[],{}]");
});

test("what it gives is escaped for its place, unless it is markup", () => {
  assert.equal(render('{% echo "<" %}'), "[[&#34;&lt;&#34;],{}]");
  assert.equal(render('<a title="{% echo "<" %}">x</a>'), '<a title="[[&#34;&lt;&#34;],{}]">x</a>');
  assert.equal(
    render('{% box title="t" %}<i>{{ x }}</i>{% endbox %}', { x: "<" }),
    '<b title="t"><i>&lt;</i></b>',
  );
});

test("its body sees the names around it, and loops and other tags work inside", () => {
  const source =
    "{% for i in [1, 2] %}{% box %}{% if i == 2 %}{% box %}{{ i }}{% endbox %}{% else %}{{ i }}{{ loop.index }}{% endif %}{% endbox %}{% endfor %}";
  assert.equal(render(source), '<b title="">11</b><b title=""><b title="">2</b></b>');
});

test("it may be rendered never, or twice", () => {
  const never: Extension = { tag: "never", body: true, run: () => "" };
  const twice: Extension = { tag: "twice", body: true, run: ({ body }) => new Html(`${body()}${body()}`) };
  const views = new Environment({ extensions: [never, twice] });
  assert.equal(String(views.fromString("{% never %}{{ x.y.z }}{% endnever %}").render({})), "");
  assert.equal(String(views.fromString("{% twice %}{{ x }}{% endtwice %}").render({ x: 1 })), "11");
});

test("with waiting, its body is a promise, and so may be what it gives", async () => {
  const template = new Template("{% shout %}hi {{ name }}{% endshout %}", { extensions: [shout] });
  assert.equal(String(await template.renderAsync({ name: Promise.resolve("Ada") })), "HI ADA");
  assert.throws(() => template.render({ name: "Ada" }), { code: "LMP_TEMPLATE_ASYNC" });
});

test("a tag that nobody knows is refused", () => {
  assert.throws(() => render("{% ecko %}"), { code: "LMP_TEMPLATE_SYNTAX", line: 1, column: 4 });
});

test("a tag without a body has nothing to render", () => {
  const bodiless: Extension = { tag: "bodiless", run: ({ body }) => `[${String(body())}]` };
  assert.equal(String(new Template("{% bodiless %}", { extensions: [bodiless] }).render()), "[]");
});

test("an error that it throws names the line of the template", () => {
  const failing: Extension = {
    tag: "failing",
    run: () => {
      throw new RangeError("no");
    },
  };
  const template = new Template("a\n{% failing %}", { extensions: [failing], name: "page.html" });
  assert.throws(
    () => template.render(),
    (error: Error) => error instanceof RangeError && /page\.html:2:1/.test(error.stack ?? ""),
  );
});
