/** Places for the nonce in `Html`: filled, emptied, and never to be guessed. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { inspect, promisify } from "node:util";
import fc from "fast-check";
import { html } from "limpid";
import { Html, noncePlace } from "limpid/message";

const script = `<script${noncePlace}>go()</script><style${noncePlace}></style>`;
const bare = "<script>go()</script><style></style>";

describe("Html with places", () => {
  const page = Html.withNoncePlaces(script);

  test("gets the nonce in all of them", () => {
    const filled = page.withNonce("ab+/-_9==");
    assert.equal(String(filled), '<script nonce="ab+/-_9==">go()</script><style nonce="ab+/-_9=="></style>');
    assert.equal(filled.hasNoncePlaces, false);
    assert.equal(filled.markup, String(filled));
    assert.equal(String(filled.withNonce("other")), String(filled));
  });

  test("has no nonce where it is shown or sent without one", () => {
    assert.equal(String(page), bare);
    assert.equal(`${page}`, bare);
    assert.equal(JSON.stringify({ page }), JSON.stringify({ page: bare }));
    assert.equal(inspect(page), bare);
    assert.equal(String(page.withNonce(undefined)), bare);
    assert.equal(page.withNonce(undefined).hasNoncePlaces, false);
  });

  test("keeps its places to be put into other markup", () => {
    assert.equal(page.hasNoncePlaces, true);
    assert.equal(page.markup, script);
    const around = Html.withNoncePlaces(`<body>${page.markup}</body>`);
    assert.match(String(around.withNonce("x")), /^<body><script nonce="x">/);
  });

  test("is the same for every request", () => {
    assert.match(String(page.withNonce("one")), /nonce="one"/);
    assert.match(String(page.withNonce("two")), /nonce="two"/);
    assert.equal(page.hasNoncePlaces, true);
  });

  test("takes only what cannot leave the attribute", () => {
    for (const nonce of ["", '"', 'a" onload="x', "a b", "a=b", "a===", "a\n", "<", "$&", "ä"]) {
      assert.throws(() => page.withNonce(nonce), { code: "LMP_HTML_NONCE_INVALID" }, JSON.stringify(nonce));
    }
  });
});

describe("Html without places", () => {
  test("is the same with any nonce", () => {
    for (const markup of [new Html("<p>"), html`<p>${1}</p>`, Html.withNoncePlaces("<p>")]) {
      assert.equal(markup.hasNoncePlaces, false);
      assert.equal(markup.withNonce("x"), markup);
      assert.equal(markup.withNonce(undefined), markup);
    }
  });

  test("is not changed where it only looks as if it had some", () => {
    const written = '<script nonce="">1</script> nonce="" nonce="0123456789abcdef"';
    assert.equal(String(Html.withNoncePlaces(written).withNonce("x")), written);
    assert.equal(String(new Html(script).withNonce("x")), script);
  });
});

test("text around a place stays as it is, whatever it says", () => {
  const lookalikes = [' nonce="', '"', "nonce", noncePlace.slice(0, -1), noncePlace.slice(1), "$&", "$1"];
  const text = fc
    .oneof(fc.string({ unit: "binary" }), fc.constantFrom(...lookalikes))
    .filter((s) => s !== "");
  fc.assert(
    // Something stands between two texts, so that two halves do not make a place.
    fc.property(fc.array(fc.oneof(text, fc.constant(noncePlace))), (parts) => {
      const separate = (place: string): string =>
        parts.map((part) => (part === noncePlace ? place : part)).join("\u0001");
      const page = Html.withNoncePlaces(separate(noncePlace));
      assert.equal(String(page.withNonce("N0nce")), separate(' nonce="N0nce"'));
      assert.equal(String(page), separate(""));
      assert.equal(page.hasNoncePlaces, parts.includes(noncePlace));
    }),
  );
});

test("the place has 128 bits and is another one in every process", async () => {
  const program = 'import { noncePlace } from "limpid/message"; process.stdout.write(noncePlace);';
  const arguments_ = ["--conditions=source", "--input-type=module", "--eval", program];
  const seen = new Set([noncePlace]);
  for (let index = 0; index < 2; index++) {
    const { stdout } = await promisify(execFile)(process.execPath, arguments_);
    assert.match(stdout, /^ nonce="[0-9a-f]{32}"$/);
    seen.add(stdout);
  }
  assert.equal(seen.size, 3);
});
