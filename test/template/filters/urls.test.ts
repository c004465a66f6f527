/** Filters for addresses: urlencode, slugify and urlize. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml } from "limpid/message";
import { apply, check, checkRefused, html, named } from "./apply.ts";

const rel = ' rel="noopener"';

test("urlencode encodes a text, or the parameters of a query", () => {
  check([
    [["Hello, world‽", "urlencode"], "Hello%2C%20world%E2%80%BD"],
    [["a b/c!'()*~", "urlencode"], "a%20b/c%21%27%28%29%2A~"],
    [["\ud800", "urlencode"], "%EF%BF%BD"],
    [[5, "urlencode"], "5"],
    [[undefined, "urlencode"], ""],
    [[{ f: 1, "a b": "c/d&" }, "urlencode"], "f=1&a+b=c%2Fd%26"],
    [
      [
        [
          ["f", 1],
          ["z", 2],
        ],
        "urlencode",
      ],
      "f=1&z=2",
    ],
    [[new Map([[0, 1]]), "urlencode"], "0=1"],
    [[html("<b>"), "urlencode"], "%3Cb%3E"],
  ]);
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [[[1, 2], "urlencode"]]);
});

test("slugify makes a part of an address", () => {
  check([
    [["Hello, World!", "slugify"], "hello-world"],
    [["  Crème brûlée -- it's  done ", "slugify"], "creme-brulee-its-done"],
    [["Привет, мир 2", "slugify", "_"], "привет_мир_2"],
    [["한국어 हिन्दी", "slugify"], "한국어-हिन्दी"],
    [["<x>&/", "slugify"], "x"],
    [[null, "slugify"], ""],
  ]);
});

test("urlize links web and mail addresses", () => {
  const link = (href: string, text = href, attributes = rel) => `<a href="${href}"${attributes}>${text}</a>`;
  check([
    [["foo example.org bar", "urlize"], html(`foo ${link("https://example.org", "example.org")} bar`)],
    [["http://x.de/?a&b", "urlize"], html(link("http://x.de/?a&amp;b"))],
    [["(see https://a.com/x_<y>)", "urlize"], html(`(see ${link("https://a.com/x_&lt;y&gt;")})`)],
    [["<www.a.de>.", "urlize"], html(`&lt;${link("https://www.a.de", "www.a.de")}&gt;.`)],
    [
      ["a@b.de mailto:c@d.ef", "urlize"],
      html('<a href="mailto:a@b.de">a@b.de</a> <a href="mailto:c@d.ef">c@d.ef</a>'),
    ],
    [
      ["http://[::1]:80/ http://127.0.0.1", "urlize"],
      html(`${link("http://[::1]:80/")} ${link("http://127.0.0.1")}`),
    ],
    [["http://пример.рф http://a.xn--p1ai", "urlize"], html(`http://пример.рф ${link("http://a.xn--p1ai")}`)],
    [["http://a.com", "urlize", 8], html(link("http://a.com", "http://a..."))],
    [
      ["http://a.com", "urlize", named({ nofollow: true, rel: "ugc", target: "_blank" })],
      html(link("http://a.com", "http://a.com", ' rel="nofollow noopener ugc" target="_blank"')),
    ],
    [
      ["http://a.com", "urlize", named({ target: '"><x>' })],
      html(link("http://a.com", "http://a.com", `${rel} target="${escapeHtml('"><x>')}"`)),
    ],
    [
      ["tel:+1-2 ftp://h", "urlize", named({ extra_schemes: ["tel:", "ftp://"] })],
      html(`${link("tel:+1-2")} ${link("ftp://h")}`),
    ],
    [
      ["a.b www. http:// tel:1 javascript:alert(1) @ a@ @b.de u:p@a.de", "urlize"],
      html("a.b www. http:// tel:1 javascript:alert(1) @ a@ @b.de u:p@a.de"),
    ],
    [['http://a.com/"onclick=x', "urlize"], html(link(`http://a.com/${escapeHtml('"')}onclick=x`))],
    [["<b>\n'", "urlize"], html(`&lt;b&gt;\n${escapeHtml("'")}`)],
  ]);
  check([[["<http://a.de", "urlize"], `&lt;${link("http://a.de")}`]], false);
});

test("urlize links in markup what stands between the tags, outside of links and scripts", () => {
  const same = [
    '<a href="http://a.de">http://a.de</a>',
    '<img alt="see http://a.de/onerror=alert(1) there">',
    "<img alt='> http://a.de '>",
    "<!-- http://a.de > http://a.de -->",
    "<script>f( http://a.de )</script>",
    "<textarea> http://a.de </textarea>",
    "<b title=http://a.de ",
  ];
  check(same.map((markup) => [[html(markup), "urlize"], html(markup)]));
  const link = `<a href="http://a.de/?a&amp;b"${rel}>http://a.de/?a&amp;b</a>`;
  check([
    [[html("<p> http://a.de/?a&amp;b </p>&copy;"), "urlize"], html(`<p> ${link} </p>&copy;`)],
    [[html("&lt;http://a.de/?a&amp;b&gt;"), "urlize"], html(`&lt;${link}&gt;`)],
    [[html("<A>x</A> http://a.de/?a&amp;b"), "urlize"], html(`<A>x</A> ${link}`)],
    [[html("1 < 2 http://a.de/?a&amp;b"), "urlize"], html(`1 < 2 ${link}`)],
  ]);
});

test("schemes that run something are refused", () => {
  const schemes = [["javascript:"], ["JavaScript:"], ["data:"], ["tel"], [5], "tel:", ["x y:"]];
  checkRefused(
    "LMP_TEMPLATE_ARGUMENT_INVALID",
    schemes.map((each) => ["a", "urlize", named({ extra_schemes: each })]),
  );
});

test("hostile text takes no more than linear time", () => {
  const parts = [
    ".",
    "(",
    ")",
    "@",
    "a.",
    "a@",
    "a@a.",
    "www.",
    "http://",
    "http://a.",
    "<",
    "&lt;",
    "[:",
    "( ",
    "()",
    "-",
    "%",
  ];
  for (const part of parts) {
    const text = part.repeat(1_000_000 / part.length);
    const start = performance.now();
    for (const value of [text, `http://a.de/${text}`, `a@b${text}`, html(text), html(`<${text}`)]) {
      apply([value, "urlize"]);
    }
    apply([text, "slugify"]);
    assert.ok(performance.now() - start < 5000, part);
  }
});
