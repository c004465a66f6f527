/** What templates know at compile time; this file is checked by `tsc`, and runs to show that it holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Html, HtmlStream } from "limpid/message";
import {
  type Data,
  Environment,
  type EnvironmentOptions,
  type Extension,
  MemoryLoader,
  type TagCall,
  Template,
  type TemplateFilter,
} from "limpid/template";

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same. */
function same<One, Other>(_proof: Equal<One, Other>): void {}

/** Whether a type is `any`, which is all types at once. */
type IsAny<Type> = 0 extends 1 & Type ? true : false;

interface Views {
  "home.html": object;
  "user.html": { name: string; age?: number };
}

const views = new Environment<Views>({
  loader: new MemoryLoader({ "home.html": "home", "user.html": "{% block b %}{{ name }}{% endblock %}" }),
});

test("views are rendered by the names they have, with what they need", async () => {
  const html = views.render("user.html", { name: "Ada" });
  same<typeof html, Html>(true);
  same<ReturnType<typeof views.renderStream>, HtmlStream>(true);
  assert.equal(String(html), "Ada");
  assert.equal(String(views.render("user.html", { name: "Ada", age: 3 })), "Ada");
  assert.equal(String(views.render("home.html")), "home");
  assert.equal(String(await views.renderAsync("user.html", { name: "Ada" })), "Ada");
  assert.equal(await views.renderStream("user.html", { name: "Ada" }).text(), "Ada");
  assert.equal(String(views.renderBlock("user.html", "b", { name: "Ada" })), "Ada");
});

test("wrong names and values do not compile", () => {
  const wrong = (): void => {
    // @ts-expect-error there is no such view
    views.render("usr.html", { name: "Ada" });
    // @ts-expect-error the name is missing
    views.render("user.html", {});
    // @ts-expect-error the values are missing
    views.render("user.html");
    // @ts-expect-error the name is a text
    views.render("user.html", { name: 1 });
    // @ts-expect-error there is no such value
    views.render("user.html", { name: "Ada", nmae: "Bob" });
    // @ts-expect-error the same for waiting
    void views.renderAsync("user.html", {});
    // @ts-expect-error the same for streams
    views.renderStream("user.html", {});
    // @ts-expect-error the same for blocks
    views.renderBlock("user.html", "b", {});
    // @ts-expect-error the same for templates
    views.template("usr.html");
  };
  assert.equal(typeof wrong, "function");
});

test("a template has the values of its view", () => {
  const template = views.template("user.html");
  assert.equal(String(template.render({ name: "Ada" })), "Ada");
  // @ts-expect-error the name is a text
  assert.equal(String(template.render({ name: 1 })), "1");
  const own = new Template<{ n: number }>("{{ n }}");
  same<Parameters<typeof own.render>, [values: { n: number }]>(true);
  // @ts-expect-error the value is missing
  assert.equal(String(own.render()), "");
  assert.equal(String(own.render({ n: 1 })), "1");
  const named = new Environment().fromString<{ n: number }>("{{ n }}");
  same<typeof named, Template<{ n: number }>>(true);
});

test("an environment without views takes any name and any values", () => {
  const any = new Environment({ loader: new MemoryLoader({ "a.html": "{{ x }}" }) });
  assert.equal(String(any.render("a.html", { x: 1 })), "1");
  assert.equal(String(any.render("a.html")), "");
  assert.equal(String(new Template("{{ x }}").render({ x: 1 })), "1");
});

test("nothing in public is `any`", () => {
  same<IsAny<ReturnType<TemplateFilter>>, false>(true);
  same<IsAny<Parameters<TemplateFilter>[0]>, false>(true);
  same<IsAny<ReturnType<Extension["run"]>>, false>(true);
  same<IsAny<ReturnType<TagCall["body"]>>, false>(true);
  same<IsAny<TagCall["arguments"][number]>, false>(true);
  same<IsAny<Data[string]>, false>(true);
  same<IsAny<NonNullable<EnvironmentOptions["globals"]>[string]>, false>(true);
});

test("options are typed", () => {
  const options: EnvironmentOptions = { autoescape: (name) => (name.length > 3 ? "html" : false) };
  assert.equal(new Environment(options).autoescape("long.html"), "html");
  // @ts-expect-error there is no such mode
  assert.throws(() => new Environment({ autoescape: "xml" }));
  // @ts-expect-error there is no such option
  assert.throws(() => new Environment({ lodaer: "views" }));
});
