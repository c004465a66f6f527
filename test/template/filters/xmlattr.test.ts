/** The filter that writes attributes out of an object. */
import { test } from "node:test";
import { escapeHtml } from "limpid/message";
import { check, checkRefused, html, named } from "./apply.ts";

test("entries become attributes", () => {
  const value = { foo: 42, bar: 23, fish: null, spam: undefined, "blub:blub": "<?>" };
  check([
    [[value, "xmlattr"], html(' foo="42" bar="23" blub:blub="&lt;?&gt;"')],
    [[value, "xmlattr", false], html('foo="42" bar="23" blub:blub="&lt;?&gt;"')],
    [[new Map([["a", "1"]]), "xmlattr", named({ autospace: false })], html('a="1"')],
    [[{ hidden: true, "aria-busy": false }, "xmlattr"], html(' hidden="true" aria-busy="false"')],
    [[{ title: `"'<&` }, "xmlattr"], html(` title="${escapeHtml(`"'<&`)}"`)],
    [[{ title: html('" onclick="x') }, "xmlattr"], html(` title="${escapeHtml('" onclick="x')}"`)],
    [[{}, "xmlattr"], html("")],
    [[undefined, "xmlattr"], html("")],
  ]);
  check([[[{ foo: "<test>" }, "xmlattr"], ' foo="&lt;test&gt;"']], false);
});

test("URLs are checked", () => {
  const blocked = (name: string) => html(` ${name}="about:invalid#limpid"`);
  check([
    [[{ href: "javascript:alert(1)" }, "xmlattr"], blocked("href")],
    [[{ HREF: " java\nscript:alert(1)" }, "xmlattr"], blocked("HREF")],
    [[{ "xlink:href": "vbscript:x" }, "xmlattr"], blocked("xlink:href")],
    [[{ src: "data:text/html,x" }, "xmlattr"], blocked("src")],
    [[{ formaction: html("javascript:x") }, "xmlattr"], blocked("formaction")],
    [[{ "data-href": "javascript:x" }, "xmlattr"], blocked("data-href")],
    [[{ href: "/a?b=1&c=2" }, "xmlattr"], html(' href="/a?b=1&amp;c=2"')],
    [[{ href: "mailto:a@b.c" }, "xmlattr"], html(' href="mailto:a@b.c"')],
  ]);
});

test("names that are none are refused", () => {
  const names = [
    "",
    "a b",
    "a\nb",
    "a/b",
    "a>b",
    "a=b",
    "a<b",
    'a"b',
    "a'b",
    "a\0b",
    "a\u00a0b",
    "class\tonclick=x",
  ];
  checkRefused(
    "LMP_TEMPLATE_VALUE_INVALID",
    names.map((name) => [{ [name]: "x" }, "xmlattr"]),
  );
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [["a"], "xmlattr"],
    ["a", "xmlattr"],
  ]);
});

test("attributes that run what they hold are refused", () => {
  const names = ["onclick", "ONLOAD", "onfoo", "style", "Style", "srcdoc", "srcset", "imagesrcset", "@click"];
  checkRefused(
    "LMP_TEMPLATE_CONTEXT_UNSAFE",
    names.map((name) => [{ [name]: "x" }, "xmlattr"]),
  );
});
