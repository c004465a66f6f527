/** Asks whether a post shall really go: a page of its own, so that it needs no script. */
import { type Html, html } from "limpid";
import type { Post } from "../store/post.ts";
import { countOf } from "./comment-count.ts";
import type { Frame } from "./frame.ts";
import { layout } from "./layout.ts";

export function deletePage(post: Post, comments: number, { links, guard }: Frame): Html {
  const { slug, title, picture } = post;
  const goes = ["the post", picture && "its picture", comments > 0 && countOf(comments)].filter(Boolean);
  return layout({
    links,
    title: `Delete “${title}”?`,
    main: html`      <div class="narrow">
        <h1 class="page-title">Delete “${title}”?</h1>
        <form class="warning" method="post" action="${links.deletePost(slug)}">
          ${guard}
          <p>This deletes ${listed(goes)}. It cannot be undone.</p>
          <p class="form-end">
            <button class="danger">Delete this post</button>
            <a href="${links.post(slug)}">Keep it</a>
          </p>
        </form>
      </div>`,
  });
}

/** `one, two and three` */
function listed(things: readonly unknown[]): string {
  return new Intl.ListFormat("en-GB").format(things.map(String));
}
