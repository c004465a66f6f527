/** The `html` tag makes every value fit for its place, and leaves markup alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { html as ofLimpid, raw } from "limpid";
import { type Html, noncePlace } from "limpid/message";
import { html, TemplateError } from "limpid/template";

test("values are escaped, markup is not, lists are joined, nothing is nothing", () => {
  const bold = html`<b>${"<x>"}</b>`;
  assert.equal(String(bold), "<b>&lt;x&gt;</b>");
  assert.equal(String(html`<p>${bold}</p>`), "<p><b>&lt;x&gt;</b></p>");
  assert.equal(String(html`${[html`<i>`, "&", 1, 2n, [null, ["<"]]]}`), "<i>&amp;12&lt;");
  assert.equal(String(html`[${null}${undefined}${false}${true}${0}]`), "[0]");
  assert.equal(String(html`<a title="${`"'`}">`), '<a title="&#34;&#39;">');
  assert.equal(String(html`${raw("<hr>")}`), "<hr>");
  assert.equal(String(html``), "");
  assert.equal(ofLimpid, html);
});

test("each place has what is right there", () => {
  assert.equal(
    String(html`<a href="${"javascript:a"}" class="a${false}${["b", null, 1]}">`),
    '<a href="about:invalid#limpid" class="ab1">',
  );
  assert.equal(String(html`<a href="/a?b=${["c", "&"]}">`), '<a href="/a?b=c%26">');
  assert.equal(String(html`<p title="${html`<b>`}">`), '<p title="&lt;b&gt;">');
  assert.equal(
    String(html`<script nonce="a">f(${[null, true, "</script>"]}, "${null}")</script>`),
    '<script nonce="a">f([null,true,"\\u003c/script\\u003e"], "")</script>',
  );
  assert.equal(
    String(html`<style nonce="a">a{b:${"c;d"}}</style>`),
    '<style nonce="a">a{b:limpid-blocked}</style>',
  );
  assert.equal(String(html`<title>${html`<b>`}</title>`), "<title>&lt;b&gt;</title>");
});

test("scripts and styles have places for the nonce, inner ones too", () => {
  const script = html`<script>a()</script>`;
  assert.equal(script.markup, `<script${noncePlace}>a()</script>`);
  assert.equal(String(script), "<script>a()</script>");
  for (const page of [
    html`<p>${script}</p>`,
    html`<p>${[["a", script]]}</p>`,
    html`<p>${"a"}${script}${"b"}</p>`,
  ]) {
    assert.equal(page.hasNoncePlaces, true);
    assert.match(String(page.withNonce("abc")), /<script nonce="abc">a\(\)<\/script>/);
  }
  assert.equal(html`<script nonce="own"></script>`.hasNoncePlaces, false);
  assert.equal(html`<p title="${script}">`.hasNoncePlaces, false);
  assert.equal(html`<p>${noncePlace}</p>`.hasNoncePlaces, false);
});

test("markup without tags may be attributes, which are made again as such", () => {
  const isOpen = true as boolean;
  assert.equal(String(html`<details${isOpen && html` open`}>`), "<details open>");
  assert.equal(String(html`<details${!isOpen && html` open`}${null}${""}>`), "<details>");
  const address = html` href="${"javascript:a"}"${html` title=${"a b"}`}`;
  assert.equal(String(html`<a${address} id="a">`), '<a href="about:invalid#limpid" title=a&#32;b id="a">');
  assert.equal(String(html`<a ${[html`id="${'"'}"`, html` lang=de`]}>`), '<a id="&#34;" lang=de>');
  assert.equal(String(html`<a onclick="f(${html`a`})">`), '<a onclick="f(&#34;a&#34;)">');
});

function refusal(work: () => Html): TemplateError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    return error;
  }
  throw new Error("It was not refused.");
}

test("what cannot be made safe is refused with its place in the literal", () => {
  const x = "a";
  const rows: [() => Html, string, RegExp][] = [
    [() => html`<p>a</p>${1}<${x}>`, "1:14", /name of a tag/],
    [
      () => html`<p>
  <a ${x}>`,
      "2:6",
      /outside of an attribute's value/,
    ],
    [() => html`<a ${raw(" onclick=a()")}>`, "1:4", /outside of an attribute's value/],
    [() => html`<a ${html`<b>`}>`, "1:4", /outside of an attribute's value/],
    [() => html`<a ${html`b`}${html`c`}>`, "1:1", /belongs to an attribute in one case/],
    [() => html`<a ${html`title="`}>`, "1:8", /ends in a double-quoted attribute value/],
    [() => html`<p title="${x}`, "1:15", /ends in a double-quoted attribute value/],
    [() => html`<style>${x}</style>`, "1:8", /in a selector/],
    [() => html`<script>// ${x}</script>`, "1:12", /comment of JavaScript/],
  ];
  for (const [work, at, sentence] of rows) {
    const error = refusal(work);
    assert.match(error.sentence, sentence);
    assert.equal(error.code, "LMP_TEMPLATE_CONTEXT_UNSAFE");
    assert.equal(`${error.line}:${error.column}`, at, error.message);
  }
});

test("a value that is no data in a script is refused where it stands", () => {
  const value = { f: () => 1 } as never;
  const error = refusal(() => html`<script>f(${1}, ${value})</script>`);
  assert.equal(error.code, "LMP_TEMPLATE_VALUE_INVALID");
  assert.equal(error.column, 17);
});

test("no text leaves element text or an attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.doesNotMatch(String(html`${text}`), /[<>"']/);
      assert.match(
        String(html`<p title=${text} lang="${text}">`),
        /^<p title=(?:""|[^\s"'<>=`]+) lang="[^"<>]*">$/,
      );
    }),
  );
});
