/** The front page: posts, newest first. */
import { type Html, html } from "limpid";
import type { PostPage, PostSummary } from "../store/post.ts";
import { countOf } from "./comment-count.ts";
import { day } from "./date.ts";
import { excerpt, readingTime } from "./excerpt.ts";
import { layout } from "./layout.ts";
import type { Links } from "./links.ts";

export function postList(list: PostPage, links: Links): Html {
  const { posts, page, pages } = list;
  return layout({
    links,
    title: page === 1 ? undefined : `Page ${page}`,
    main: html`      <div class="narrow">
        <h1 class="${page === 1 ? "unseen" : "page-title"}">${page === 1 ? "Posts" : `Posts, page ${page}`}</h1>
        ${posts.length === 0 ? empty(links) : posts.map((post) => teaser(post, links))}
        ${pages > 1 && pagination(page, pages, links)}
      </div>`,
  });
}

function teaser(post: PostSummary, links: Links): Html {
  const { slug, picture } = post;
  return html`<article class="teaser">
          <div class="teaser-text">
            <p class="meta">${day(post.createdAt)} <span>${readingTime(post.length)}</span></p>
            <h2><a class="teaser-link" href="${links.post(slug)}">${post.title}</a></h2>
            <p>${excerpt(post.opening)}</p>
            <p class="meta"><a href="${links.post(slug)}#comments">${countOf(post.comments)}</a></p>
          </div>
          ${picture && html`<img class="picture teaser-picture" src="${links.picture(picture)}" alt="" loading="lazy">`}
        </article>
        `;
}

function pagination(page: number, pages: number, links: Links): Html {
  return html`<nav class="pagination" aria-label="Pages">
          ${page > 1 ? html`<a rel="prev" href="${links.list(page - 1)}">← Newer</a>` : html`<span></span>`}
          <span>Page ${page} of ${pages}</span>
          ${page < pages ? html`<a rel="next" href="${links.list(page + 1)}">Older →</a>` : html`<span></span>`}
        </nav>`;
}

function empty(links: Links): Html {
  return html`<div class="empty">
          <p>Nothing has been written yet.</p>
          <p><a class="button" href="${links.newPost()}">Write the first post</a></p>
        </div>`;
}
