/** `Environment`: what it is made with, what it knows, and how it finds templates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { Environment, type EnvironmentOptions, MemoryLoader, Template } from "limpid/template";

const loader = new MemoryLoader({
  "page.html": '{% extends "layout.html" %}{% block body %}{{ x }}{% endblock %}',
  "layout.html": "<p>{% block body %}{% endblock %}</p>",
});

test("it renders by name, in every way", async () => {
  const views = new Environment({ loader });
  const data = { x: "<" };
  assert.ok(views.render("page.html", data) instanceof Html);
  assert.equal(String(views.render("page.html", data)), "<p>&lt;</p>");
  assert.equal(String(await views.renderAsync("page.html", data)), "<p>&lt;</p>");
  assert.equal(await views.renderStream("page.html", data).text(), "<p>&lt;</p>");
  assert.equal(String(views.renderBlock("page.html", "body", data)), "&lt;");
  assert.equal(String(views.render("layout.html")), "<p></p>");
});

test("it compiles a template once", () => {
  let loads = 0;
  const views = new Environment({
    loader: {
      load: () => {
        loads += 1;
        return { text: "x" };
      },
    },
    reload: false,
  });
  views.render("a");
  views.render("a");
  assert.ok(views.template("a") instanceof Template);
  assert.equal(loads, 1);
});

test("templates from text know those of the loader", () => {
  const views = new Environment({ loader });
  const template = views.fromString(
    '{% extends "layout.html" %}{% block body %}{{ 1 }}{% endblock %}',
    "mine.html",
  );
  assert.equal(template.name, "mine.html");
  assert.equal(String(template.render()), "<p>1</p>");
  assert.equal(views.fromString("").name, "template");
  assert.equal(views.template("page.html").name, "page.html");
});

test("a template that is not there is named, and the nearest one with it", () => {
  const views = new Environment({ loader });
  assert.throws(() => views.render("pag.html"), {
    code: "LMP_TEMPLATE_NOT_FOUND",
    found: "pag.html",
    fix: "Did you mean `page.html`?",
  });
  assert.throws(() => views.template("nothing.css"), { code: "LMP_TEMPLATE_NOT_FOUND" });
  assert.throws(() => new Environment().render("a.html"), {
    code: "LMP_TEMPLATE_NOT_FOUND",
    fix: "Give the environment a loader.",
  });
});

test("filters, tests and globals of its own stand beside the built-in ones, or in their place", () => {
  const views = new Environment({
    filters: { shout: (value) => `${String(value)}!`, upper: () => "mine" },
    tests: { tiny: (value) => Number(value) < 3 },
    globals: { site: "S", greet: (name: string) => `hi ${name}` },
  });
  const source =
    "{{ 'a' | shout }} {{ 'a' | upper }} {{ 'A' | lower }} {{ 2 is tiny }} {{ site }} {{ greet('Ada') }} {{ range(2) | join }}";
  assert.equal(String(views.fromString(source).render()), "a! mine a true S hi Ada 01");
  assert.ok(views.filters.has("shout") && views.filters.has("lower"));
  assert.ok(views.tests.has("tiny") && views.tests.has("even"));
  assert.equal(views.globals.get("site"), "S");
  assert.equal(new Environment().filters.has("shout"), false);
});

test("filters and tests see where they stand", () => {
  const views = new Environment({
    filters: {
      mode(value) {
        return `${String(value)}:${this.escaping}:${String(this.filter("upper").call(this, "u"))}`;
      },
      missing() {
        return this.filter("uper");
      },
      untested() {
        return this.test("evn");
      },
    },
    tests: {
      likeEven(value) {
        return this.test("even").call(this, value);
      },
    },
  });
  assert.equal(
    String(
      views
        .fromString(
          "{{ 1 | mode }} {% autoescape false %}{{ 2 | mode }}{% endautoescape %} {{ 2 is likeEven }}",
        )
        .render(),
    ),
    "1:true:U 2:false:U true",
  );
  assert.throws(() => views.fromString("{{ 1 | missing }}").render(), {
    code: "LMP_TEMPLATE_FILTER_UNKNOWN",
  });
  assert.throws(() => views.fromString("{{ 1 | untested }}").render(), { code: "LMP_TEMPLATE_TEST_UNKNOWN" });
});

test("it says what it was made with", () => {
  const shout = { tag: "shout", run: () => "" };
  const views = new Environment({ syntax: { trimBlocks: true }, extensions: [shout] });
  assert.equal(views.syntax.trimBlocks, true);
  assert.equal(views.syntax.blockStart, "{%");
  assert.equal(views.tags.get("shout"), shout);
  assert.deepEqual(views.names(), []);
  assert.equal(views.autoescape("a.html"), "context");
});

test("`NODE_ENV` decides about `strict` and `reload` where nothing is said", () => {
  const before = process.env.NODE_ENV;
  const templates = new Map([["a.html", "{{ x }}one"]]);
  const make = (): Environment => new Environment({ loader: new MemoryLoader(templates) });
  try {
    process.env.NODE_ENV = "development";
    const development = make();
    process.env.NODE_ENV = "production";
    const production = make();
    assert.throws(() => development.render("a.html"), { code: "LMP_TEMPLATE_UNDEFINED" });
    assert.equal(String(production.render("a.html")), "one");
    templates.set("a.html", "two");
    assert.deepEqual(
      [String(development.render("a.html")), String(production.render("a.html"))],
      ["two", "one"],
    );
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
});

test("options that cannot be meant are refused", () => {
  const refused = (options: object, found?: string): void => {
    assert.throws(() => new Environment(options as EnvironmentOptions), {
      code: "LMP_TEMPLATE_OPTION_INVALID",
      ...(found === undefined ? {} : { found }),
    });
  };
  refused({ lodaer: "views" }, "lodaer");
  refused({ loader: 7 });
  refused({ loader: { list: () => [] } });
  refused({ loader: null });
  refused({ autoescape: true }, "boolean");
  refused({ autoescape: "xml" }, '"xml"');
  refused({ strict: 1 }, "number");
  refused({ reload: "yes" }, '"yes"');
  refused({ filters: [] });
  refused({ tests: null });
  refused({ globals: "x" });
  refused({ extensions: {} });
  refused({ syntax: "erb" });
});

test("options are own properties, and undefined is as good as left out", () => {
  const polluted = Object.create({ autoescape: false }) as EnvironmentOptions;
  assert.equal(String(new Environment(polluted).fromString("{{ '<' }}").render()), "&lt;");
  assert.equal(
    String(new Environment({ autoescape: undefined, loader: undefined }).fromString("{{ '<' }}").render()),
    "&lt;",
  );
});
