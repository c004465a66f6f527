/** What a page says once after a form was taken. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { blog, modes } from "./blog-client.ts";

const noticeIn = (page: string): string | undefined =>
  /<p class="notice" role="status">([^<]*)<\/p>/.exec(page)?.[1];

for (const mode of modes) {
  suite(`the blog's notices ${mode.name}`, { skip: mode.skip }, () => {
    test("a notice is shown on the next page, and on no other", async (context) => {
      const { client } = await blog(context, mode);
      const form = { title: "News", content: "Good." };
      const after = async (
        path: string,
        sent: Record<string, string>,
        next: string,
      ): Promise<(string | undefined)[]> => {
        const response = await client.post(path, { form: sent, redirect: "manual" });
        assert.equal(response.headers.get("location"), next);
        const pages = [await client.get(next), await client.get(next)];
        return await Promise.all(pages.map(async (page) => noticeIn(await page.text())));
      };
      assert.deepEqual(await after("/posts", form, "/posts/news"), ["Your post is published.", undefined]);
      assert.deepEqual(await after("/posts/news", form, "/posts/news"), [
        "Your changes are saved.",
        undefined,
      ]);
      assert.deepEqual(await after("/posts/news/delete", {}, "/"), ["The post is deleted.", undefined]);
    });

    test("the cookie holds a code for a minute, and scripts do not see it", async (context) => {
      const { client } = await blog(context, mode);
      const form = { title: "News", content: "Good." };
      const sent = await client.post("/posts", { form, redirect: "manual" });
      const [field = ""] = sent.headers.getSetCookie().filter((one) => one.startsWith("notice="));
      assert.match(field, /^notice=posted;/);
      assert.match(field, /Max-Age=60/);
      assert.match(field, /HttpOnly/);
      assert.match(field, /SameSite=Lax/);
    });

    test("what is no code of the blog says nothing, and is forgotten as well", async (context) => {
      const { client } = await blog(context, mode);
      for (const code of ["<b>You won</b>", "__proto__", "constructor", "toString", "Posted", ""]) {
        const headers = { Cookie: `notice=${encodeURIComponent(code)}` };
        const response = await client.get("/", { headers });
        const page = await response.text();
        assert.equal(noticeIn(page), undefined, code);
        assert.doesNotMatch(page, /You won|function|\[object/, code);
        assert.match(response.headers.getSetCookie().join("\n"), /^notice=;.*Max-Age=0/m, code);
      }
    });

    test("a page that is not there shows it as well", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/nowhere", { headers: { Cookie: "notice=deleted" } });
      assert.equal(response.status, 404);
      assert.equal(noticeIn(await response.text()), "The post is deleted.");
      assert.match(response.headers.getSetCookie().join("\n"), /^notice=;.*Max-Age=0/m);
    });

    test("HEAD, and pages without a notice, leave cookies alone", async (context) => {
      const { client } = await blog(context, mode);
      const head = await client.head("/", { headers: { Cookie: "notice=posted" } });
      assert.doesNotMatch(head.headers.getSetCookie().join("\n"), /notice/);
      assert.doesNotMatch((await client.get("/")).headers.getSetCookie().join("\n"), /notice/);
    });

    test("programs and shells get none", async (context) => {
      const { client } = await blog(context, mode);
      for (const accept of ["application/json", "*/*"]) {
        const response = await client.post("/posts", {
          form: { title: "News", content: "Good." },
          headers: { Accept: accept },
          redirect: "manual",
        });
        assert.deepEqual(response.headers.getSetCookie(), [], accept);
      }
    });
  });
}
