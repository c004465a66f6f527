/** The html tag escapes what is text and leaves markup alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escapeHtml, html, raw } from "limpid/message";

test("values are escaped, markup is not, lists are joined, nothing is nothing", () => {
  const bold = html`<b>${"<x>"}</b>`;
  assert.equal(String(bold), "<b>&lt;x&gt;</b>");
  assert.equal(String(html`<p>${bold}</p>`), "<p><b>&lt;x&gt;</b></p>");
  assert.equal(String(html`${[html`<i>`, "&", 1, 2n]}`), "<i>&amp;12");
  assert.equal(String(html`[${null}${undefined}${false}${true}${0}]`), "[0]");
  assert.equal(String(html`<a title="${`"'`}">`), '<a title="&quot;&#39;">');
  assert.equal(String(html`${raw("<hr>")}`), "<hr>");
});

test("escaped text never holds a character that could leave its place", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeHtml(text);
      assert.doesNotMatch(escaped, /[<>"']/);
      const back = escaped.replace(
        /&(amp|lt|gt|quot|#39);/g,
        (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name] ?? "",
      );
      assert.equal(back, text);
    }),
  );
});
