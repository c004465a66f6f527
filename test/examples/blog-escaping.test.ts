/** Markup that readers write stays text, wherever it is shown. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { blog, modes } from "./blog-client.ts";

const attacks = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</textarea><script>alert(1)</script>`,
  `</title><svg onload=alert(1)>`,
  `<!--<script>`,
  `javascript:alert(1)`,
  `&lt;script&gt;`,
  `\${alert(1)}`,
];

/** The one script, and the pictures, that the blog's pages have of their own. */
const own =
  /<script type="module" src="\/static\/picture-preview\.[\da-f]{8}\.js" nonce="[\w-]+"><\/script>|<img class="[a-z -]+"(?: src="\/(?:static|pictures)\/[\w./-]+")? alt="[\w ]*"(?: loading="lazy")?>/g;

/** Beside these the pages have no script, no image, no comment and no handler, so none may be found in them. */
function assertInert(written: string, where: string): void {
  const page = written.replace(own, "");
  assert.doesNotMatch(page, /<script|<img|<!--/i, where);
  for (const [tag] of page.matchAll(/<[a-z][^>]*>/gi)) {
    assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /[\s"'/]on\w+\s*=|'/i, `${where}: ${tag}`);
    assert.doesNotMatch(tag, /(?:href|src|action)="\s*javascript:/i, `${where}: ${tag}`);
  }
}

/** A form without a title, and with a file that is no picture and has this name. */
function withFile(name: string): FormData {
  const form = new FormData();
  form.append("content", "x");
  form.append("featured_image", new File(["x"], name));
  return form;
}

for (const mode of modes) {
  suite(`markup in the blog ${mode.name}`, { skip: mode.skip }, () => {
    for (const attack of attacks) {
      test(`is inert in title, text and comment: ${attack}`, async (context) => {
        const { client } = await blog(context, mode);
        const form = { title: attack, content: attack };
        const sent = await client.post("/posts", { form, redirect: "manual" });
        const address = sent.headers.get("location") ?? "";
        assert.match(address, /^\/posts\/[a-z0-9-]+$/);
        await client.post(`${address}/comments`, { form: { author: attack, body: attack } });
        const pages = {
          list: await client.get("/"),
          post: await client.get(address),
          edit: await client.get(`${address}/edit`),
          "before deleting": await client.get(`${address}/delete`),
          "name of a file": await client.post("/posts", { body: withFile(attack) }),
          "form with mistakes": await client.post("/posts", {
            form: { title: attack.repeat(20), content: attack },
          }),
          "comment with mistakes": await client.post(`${address}/comments`, { form: { author: attack } }),
          query: await client.get(`/?page=${encodeURIComponent(attack)}`),
          path: await client.get(`/${encodeURIComponent(attack.replaceAll("/", ""))}`),
        };
        for (const [where, response] of Object.entries(pages)) assertInert(await response.text(), where);
        const api = await (await client.get(`/api${address}`)).json<{ title: string }>();
        assert.equal(api.title, attack);
      });
    }
  });
}
