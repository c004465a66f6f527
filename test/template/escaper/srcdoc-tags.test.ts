/** Where the tags of the page inside of a `srcdoc` begin and end: where browsers say so, whatever is wrong with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";

/** Inner pages in which the value stands in a script, though it may look like text. */
const scripts = [
  "<<script>{{ v }}",
  "</<a ='><script>'>{{ v }}",
  "</ <a ='><script>'>{{ v }}",
  "<p ='><script>'>{{ v }}",
  "<p a=b='><script>'>{{ v }}",
  "<p a='b'='><script>'>{{ v }}",
  "<p a=/='><script>'>{{ v }}",
];

for (const page of scripts) {
  test(`a value is refused in ${page}`, () => {
    assert.throws(() => new Template(`<iframe srcdoc="${page}"></iframe>`).render({ v: "alert(1)" }), {
      code: "LMP_TEMPLATE_CONTEXT_UNSAFE",
    });
  });
}

/** Inner pages in which it stands in text. */
const texts = [
  "< {{ v }}",
  "a < b <i>{{ v }}</i>",
  "<p a = 'b' c d=e/f /><p =>{{ v }}",
  "<p title=\t'>'>{{ v }}",
];

for (const page of texts) {
  test(`a value is text in ${page}`, () => {
    const html = new Template(`<iframe srcdoc="${page}"></iframe>`).render({ v: "<i>" });
    assert.equal(String(html), `<iframe srcdoc="${page.replace("{{ v }}", "&amp;lt;i&amp;gt;")}"></iframe>`);
  });
}
