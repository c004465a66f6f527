/** Text is escaped exactly once, and markup never is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escapeHtml, raw } from "limpid/message";

test("text is escaped, and given back as it is where there is nothing to escape", () => {
  const long = "no more than words, and many of them";
  assert.equal(escapeHtml(""), "");
  assert.equal(escapeHtml("<b>"), "&lt;b&gt;");
  assert.equal(escapeHtml(`&<>"'`), "&amp;&lt;&gt;&#34;&#39;");
  assert.equal(escapeHtml(long), long);
  assert.equal(escapeHtml(`${long}<${long}'`), `${long}&lt;${long}&#39;`);
  assert.equal(escapeHtml(`&${long}&`), `&amp;${long}&amp;`);
  assert.equal(String(raw("<hr>")), "<hr>");
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
