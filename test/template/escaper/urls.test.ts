/** Values in URLs: as the whole, as a part, and in lists of pictures. */
import { test } from "node:test";
import { Html } from "limpid/message";
import { checkRefusals, checkRows, type Row } from "./rendered.ts";

const blocked = "about:invalid#limpid";
const inHref = (value: unknown, expected: string): Row => [
  '<a href="{{ x }}">',
  value,
  `<a href="${expected}">`,
];

test("a whole URL is relative, or has a scheme that runs nothing", () => {
  checkRows([
    inHref("/a/b?c=d&e#f", "/a/b?c=d&amp;e#f"),
    inHref("https://a.example/%20 ü\"'()", "https://a.example/%20%20%C3%BC%22%27%28%29"),
    inHref("HTTP://a.example", "HTTP://a.example"),
    inHref("//a.example", "//a.example"),
    inHref("mailto:a@b.example", "mailto:a@b.example"),
    inHref("tel:+1", "tel:+1"),
    inHref("a/b:c", "a/b:c"),
    inHref("?a:b", "?a:b"),
    inHref("http://[::1]/%zz%4", "http://[::1]/%25zz%254"),
    inHref("", ""),
    inHref(null, ""),
    inHref(new Html("/a&amp;b"), "/a&amp;amp;b"),
    inHref("\ud800", "%EF%BF%BD"),
  ]);
});

test("any other scheme is blocked, however it is written", () => {
  const schemes = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " \t\n\u0000\u001fjavascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "java\tscr\nipt\r:alert(1)",
    "javascript\t:alert(1)",
    "vbscript:a",
    "data:text/html,<script>",
    "data:image/png;base64,AA==",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "view-source:a",
    "x:y",
    ":a",
  ];
  checkRows(schemes.map((scheme) => inHref(scheme, blocked)));
  checkRows([
    inHref("&#106;avascript:a", "&amp;#106;avascript:a"),
    inHref("javascript&colon;a", "javascript&amp;colon;a"),
    inHref("java%73cript:a", blocked),
  ]);
});

test("every attribute that leads somewhere is checked", () => {
  const attributes = `action background cite data formaction href icon longdesc manifest ping poster src
    xlink:href x:href data-url data-image-src data-href`.split(/\s+/);
  for (const name of attributes) {
    checkRows([[`<b ${name}="{{ x }}">`, "javascript:a", `<b ${name}="${blocked}">`]]);
    checkRows([
      [`<B ${name.toUpperCase()}='{{ x }}'>`, "javascript:a", `<B ${name.toUpperCase()}='${blocked}'>`],
    ]);
  }
  checkRows([['<b data-note="{{ x }}">', "javascript:a", '<b data-note="javascript:a">']]);
});

test("pictures may be data, what runs or is embedded may not", () => {
  const png = "data:image/png;base64,AAA=";
  const svg = "data:image/svg+xml,<svg onload=a>";
  checkRows([
    ['<img src="{{ x }}">', png, `<img src="${png}">`],
    ['<source src="{{ x }}">', png, `<source src="${png}">`],
    ['<video poster="{{ x }}">', png, `<video poster="${png}">`],
    ['<img src="{{ x }}">', svg, `<img src="${blocked}">`],
    ['<video src="{{ x }}">', png, `<video src="${blocked}">`],
    ['<iframe src="{{ x }}"></iframe>', png, `<iframe src="${blocked}"></iframe>`],
    ['<iframe src="{{ x }}"></iframe>', "mailto:a", `<iframe src="${blocked}"></iframe>`],
    ['<script src="{{ x }}"></script>', "data:,alert(1)", `<script src="${blocked}"></script>`],
    ['<link rel="stylesheet" href="{{ x }}">', "data:,a", `<link rel="stylesheet" href="${blocked}">`],
    ['<base href="{{ x }}">', "/a", '<base href="/a">'],
    ['<embed src="{{ x }}">', "data:,a", `<embed src="${blocked}">`],
  ]);
});

test("behind text only a part is left to the value", () => {
  checkRows([
    ['<a href="/a/{{ x }}">', "b/c d?e#f%20'", '<a href="/a/b/c%20d?e#f%20%27">'],
    ['<a href="/a?b={{ x }}">', "c&d=e/f g%#'", '<a href="/a?b=c%26d%3De%2Ff%20g%25%23%27">'],
    ['<a href="#{{ x }}">', "a&b", '<a href="#a%26b">'],
    ['<a href="/a?b=1&{{ x }}=2&amp;{{ x }}=3">', "é", '<a href="/a?b=1&%C3%A9=2&amp;%C3%A9=3">'],
    ['<a href="https://{{ x }}/">', "a.example:80", '<a href="https://a.example:80/">'],
    ['<a href="{{ x }}{{ x }}">', "javascript", '<a href="javascriptjavascript">'],
    ['<a href="java{{ x }}">', "script:alert(1)", '<a href="javascript%3Aalert%281%29">'],
    ['<a href="{{ x }}?a={{ x }}">', "b&c", '<a href="b&amp;c?a=b%26c">'],
    [
      '<a href="mailto:{{ x }}?subject={{ x }}">',
      "a@b?cc=d",
      '<a href="mailto:a@b%3Fcc%3Dd?subject=a@b%3Fcc%3Dd">',
    ],
    ['<a href="tel:{{ x }}">', "+1 2", '<a href="tel:%2B1%202">'],
    ['<a href="http{% if x %}s{% endif %}://{{ x }}">', "a", '<a href="https://a">'],
    ['<a href="/a{% if x %}?b={{ x }}{% endif %}">', "c&d", '<a href="/a?b=c%26d">'],
    ['<a href="{% for a in x %}/{{ a }}{% endfor %}">', "b", '<a href="/b/b">'],
  ]);
});

test("no value makes a path the name of a host", () => {
  checkRows([
    ['<a href="/{{ x }}">', "/evil.example", '<a href="/%2Fevil.example">'],
    ['<a href="/{{ x }}">', "\\evil.example", '<a href="/%5Cevil.example">'],
    ['<a href="/{{ x }}">', "///a", '<a href="/%2F%2F%2Fa">'],
    ['<a href="/{{ x }}">', "", '<a href="/">'],
    ['<a href="/{{ x }}/evil.example">', "", '<a href="/./evil.example">'],
    ['<a href="/{{ x }}{{ x }}">', "", '<a href="/.">'],
    ['<a href="/{{ x }}-a">', "", '<a href="/-a">'],
    ['<a href="{{ x }}/{{ x }}">', "/a", '<a href="/a/%2Fa">'],
  ]);
});

test("what decides the scheme is text", () => {
  checkRefusals([
    ['<a href="javascript:{{ x }}">', "1:21", /behind `javascript:`/],
    ['<a href=" Java\tScript:{{ x }}">', "1:23", /behind `javascript:`/],
    ['<a href="&#x6A;ava&#115;cript&colon;f({{ x }})">', "1:39", /behind `javascript:`/],
    ['<a href="java{% if x %}script{% endif %}:{{ x }}">', "1:41", /decides the scheme/],
    ['<img src="data:image/png;base64,{{ x }}">', "1:33", /behind `data:`/],
    ['<a href="vbscript:{{ x }}">', "1:19", /behind `vbscript:`/],
    ['<a href="{{ x }}:{{ x }}">', "1:17", /decides the scheme/],
    ['<a href="&#{{ x }};">', "1:12", /inside of a character reference/],
    ['<a href="&col{{ x }}">', "1:14", /inside of a character reference/],
    ['<a href="/a{% if x %}?b{% endif %}{{ x }}">', "1:35", /another part of the URL/],
    ['<a {% if x %}href{% else %}title{% endif %}="{{ x }}">', "1:46", /another one in each branch/],
  ]);
});

test("lists of pictures are checked one by one", () => {
  checkRows([
    ['<img srcset="{{ x }}">', "a.png 1x, /b c.png 2x", '<img srcset="a.png 1x, /b 1">'],
    ['<img srcset="{{ x }}">', "javascript:a 1x, b.png 100w", `<img srcset="${blocked}, b.png 100w">`],
    [
      '<img srcset="{{ x }}">',
      "data:image/png;base64,AA== 2x",
      '<img srcset="data:image/png;base64,AA== 2x">',
    ],
    ['<link imagesrcset="{{ x }}">', "a, b 2x,,", '<link imagesrcset="a, b 2x">'],
    ['<img srcset="{{ x }} 1x, /b/{{ x }} {{ x }}x">', "2", '<img srcset="2 1x, /b/2 2x">'],
    ['<img srcset="/a/{{ x }} 1x">', "b, javascript:c", '<img srcset="/a/b%2C%20javascript:c 1x">'],
    ['<img srcset="a {{ x }}">', "1x, javascript:a", '<img srcset="a 1">'],
  ]);
  checkRefusals([['<img srcset="{{ x }}{{ x }}">', "1:21", /behind a list of pictures/]]);
});
