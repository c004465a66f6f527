/** The blog's templates by themselves: that they compile, are checked, and show text as text. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Html } from "limpid";
import { main } from "limpid/cli";
import { pageNumbers } from "../../examples/blog/filters/page-numbers.ts";
import { untouched } from "../../examples/blog/form-state.ts";
import type { Links } from "../../examples/blog/links.ts";
import { Comment, Post } from "../../examples/blog/models.ts";
import { views } from "../../examples/blog/views.ts";

/** Addresses as the blog has them, without a blog. */
const links: Links = {
  list: (page = 1) => (page === 1 ? "/" : `/?page=${page}`),
  newPost: () => "/posts/new",
  createPost: () => "/posts",
  post: (slug) => `/posts/${encodeURIComponent(slug)}`,
  editPost: (slug) => `/posts/${encodeURIComponent(slug)}/edit`,
  deletePost: (slug) => `/posts/${encodeURIComponent(slug)}/delete`,
  comments: (slug) => `/posts/${encodeURIComponent(slug)}/comments`,
  picture: (name) => `/pictures/${name}`,
  asset: (path) => `/static/${path}`,
};
const frame = { links, guard: new Html('<input type="hidden" name="_csrf" value="t">'), notice: undefined };

const createdAt = new Date("2026-03-14T09:00:00Z");

function postNamed(title: string): Post {
  return new Post({ id: 1, slug: "a-post", title, body: title, createdAt });
}

/** Every way of the blog to show a title. */
function pagesWith(title: string): Record<string, string> {
  const post = postNamed(title);
  const list = {
    items: [{ ...post, opening: title, length: title.length, comments: 0 }],
    page: 1,
    pages: 1,
    total: 1,
    size: 5,
  };
  const comments = [new Comment({ id: 1, postId: 1, author: title, body: title, createdAt })];
  const form = { typed: { title, content: title, author: title }, errors: { title: [title] } };
  const rendered = {
    list: views.render("posts/list.html", { ...frame, list }),
    show: views.render("posts/show.html", { ...frame, post, comments, form: untouched }),
    form: views.render("posts/form.html", { ...frame, post, form }),
    delete: views.render("posts/delete.html", { ...frame, post, comments: 1 }),
    notice: views.render("posts/list.html", { ...frame, notice: title, list }),
    error: views.render("error.html", {
      ...frame,
      status: 404,
      heading: title,
      text: title,
      requestId: undefined,
    }),
  };
  return Object.fromEntries(Object.entries(rendered).map(([name, page]) => [name, String(page)]));
}

/** What stands between two marks, as a browser reads it. */
function readBetween(page: string, before: RegExp, after: string): string {
  const begin = before.exec(page);
  assert.ok(begin, `${before} is not in the page`);
  const start = begin.index + begin[0].length;
  const text = page.slice(start, page.indexOf(after, start));
  return text
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
      name === undefined
        ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
        : (({ amp: "&", lt: "<", gt: ">", quot: '"' } as Record<string, string>)[name] ?? all),
    )
    .trim();
}

const titles = {
  "a script": "<script>alert(1)</script>",
  "every special character": `& < > " ' \` = / \\ { } {{ 7 * 7 }} {% raw %} {# # #} $\{1} %s &amp; &#60; \u00a0 😀 \u202e.`,
  "ends of elements": "</title></textarea><!-- --> ]]> <svg/onload=alert(1)>",
};

suite("the blog's views", () => {
  test("all compile", () => {
    assert.equal(views.precompile(), views.names().length);
    for (const name of ["layout.html", "error.html", "posts/show.html", "partials/comment.html"])
      assert.ok(views.names().includes(name), name);
  });

  test("a name that nobody gave is an error, with its place", () => {
    assert.throws(() => views.fromString("<p>{{ nobody }}</p>", "test.html").render({}), {
      code: "LMP_TEMPLATE_UNDEFINED",
      message: /^test\.html:1:7/,
    });
  });

  test("limpid check finds nothing, and the file of their types is up to date", {
    timeout: 60_000,
  }, async () => {
    let out = "";
    const terminal = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (out += text),
      cwd: join(import.meta.dirname, "../.."),
    };
    const blog = "examples/blog";
    const words = ["check", `${blog}/views`, "--environment", `${blog}/views.ts`];
    const code = await main([...words, "--types", `${blog}/view-types.ts`, "--verify"], terminal);
    assert.equal(code, 0, out);
    assert.match(out, /^\d+ templates checked, 0 errors\n$/);
  });

  for (const [kind, title] of Object.entries(titles)) {
    test(`a title with ${kind} is text wherever it stands`, () => {
      const { list, show, form, delete: question, notice, error, ...others } = pagesWith(title);
      assert.deepEqual(others, {});
      assert.equal(readBetween(list!, /class="teaser-link" href="[^"]+">/, "</a>"), title);
      assert.equal(readBetween(show!, /<h1>/, "</h1>"), title);
      assert.equal(readBetween(show!, /<title>/, "</title>"), `${title} · Still Water`);
      assert.equal(readBetween(show!, /name="description" content="/, '"'), title);
      assert.equal(readBetween(show!, /<div class="prose">\s*<p>/, "</p>"), title);
      assert.equal(readBetween(show!, /<p class="meta"><b>/, "</b>"), title);
      assert.equal(readBetween(form!, /id="title"[^>]* value="/, '"'), title);
      assert.equal(readBetween(form!, /<textarea[^>]*>\n/, "</textarea>"), title);
      assert.equal(readBetween(form!, /id="title-error">/, "</p>"), title);
      assert.equal(readBetween(question!, /<title>/, "</title>"), `Delete “${title}”? · Still Water`);
      assert.equal(readBetween(notice!, /role="status">/, "</p>"), title);
      assert.equal(readBetween(error!, /<h1>/, "</h1>"), title);
    });
  }

  test("a script has a place for the nonce, and without one it has no attribute", () => {
    const page = views.render("posts/form.html", { ...frame, post: undefined, form: untouched });
    assert.match(String(page), /<script type="module" src="\/static\/picture-preview\.js"><\/script>/);
    const nonced = /<script\b[^>]*>/.exec(String(page.withNonce("bm9uY2U")))?.[0] ?? "";
    assert.match(nonced, / nonce="bm9uY2U"/);
  });

  test("long lists leave pages out, but never a single one", () => {
    assert.deepEqual(pageNumbers(1, 2), [1, 2]);
    assert.deepEqual(pageNumbers(1, 4), [1, 2, 3, 4]);
    assert.deepEqual(pageNumbers(1, 9), [1, 2, null, 9]);
    assert.deepEqual(pageNumbers(4, 9), [1, 2, 3, 4, 5, null, 9]);
    assert.deepEqual(pageNumbers(5, 9), [1, null, 4, 5, 6, null, 9]);
    assert.deepEqual(pageNumbers(9, 9), [1, null, 8, 9]);
    assert.deepEqual(pageNumbers(500_000, 1_000_000), [1, null, 499_999, 500_000, 500_001, null, 1_000_000]);
  });

  test("pages are linked to by number, and the one that is shown says so", () => {
    const page = String(
      views.render("posts/list.html", {
        ...frame,
        list: { items: [], page: 5, pages: 9, total: 45, size: 5 },
      }),
    );
    const nav = /<nav class="pagination" aria-label="Pages">[\s\S]*<\/nav>/.exec(page)?.[0] ?? "";
    assert.deepEqual(
      [...nav.matchAll(/href="([^"]+)"/g)].map((match) => match[1]),
      ["/?page=4", "/", "/?page=4", "/?page=5", "/?page=6", "/?page=9", "/?page=6"],
    );
    assert.deepEqual(nav.match(/<a [^>]*aria-current="page"[^>]*>/g), [
      '<a href="/?page=5" aria-label="Page 5" aria-current="page">',
    ]);
    assert.match(nav, /rel="prev" href="\/\?page=4">← Newer</);
    assert.match(nav, /rel="next" href="\/\?page=6">Older →</);
    assert.match(page, /<title>Page 5 · Still Water<\/title>/);
  });

  test("a single page of posts has no pagination, and no post at all an invitation", () => {
    const list = { items: [], page: 1, pages: 1, total: 0, size: 5 };
    const page = String(views.render("posts/list.html", { ...frame, list }));
    assert.doesNotMatch(page, /pagination/);
    assert.match(page, /Nothing has been written yet\.[\s\S]*href="\/posts\/new">Write the first post</);
  });
});
