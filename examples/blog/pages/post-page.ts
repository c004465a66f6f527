/** One post with its comments and the form for another. */
import { type Html, html } from "limpid";
import type { Comment, Post } from "../store/post.ts";
import { countOf } from "./comment-count.ts";
import { day } from "./date.ts";
import { excerpt, readingTime } from "./excerpt.ts";
import { errorSummary, type FormState, field, untouched } from "./field.ts";
import type { Frame } from "./frame.ts";
import { layout } from "./layout.ts";
import type { Links } from "./links.ts";
import { prose } from "./prose.ts";

export interface PostPageParts {
  readonly post: Post;
  readonly comments: readonly Comment[];
  /** The comment form as it was sent; absent where it was not. */
  readonly form?: FormState | undefined;
}

export function postPage({ post, comments, form = untouched }: PostPageParts, frame: Frame): Html {
  const { links } = frame;
  const edited = post.updatedAt.getTime() > post.createdAt.getTime();
  return layout({
    links,
    title: post.title,
    description: excerpt(post.body, 150),
    main: html`      <article class="narrow post">
        <header>
          <p class="meta">${day(post.createdAt)} <span>${readingTime(post.body.length)}</span>${
            edited && html` <span>edited ${day(post.updatedAt)}</span>`
          }</p>
          <h1>${post.title}</h1>
        </header>
        ${post.picture && html`<img class="picture" src="${links.picture(post.picture)}" alt="">`}
        <div class="prose">
${prose(post.body)}        </div>
        ${tools(post, links)}
      </article>
      <section class="narrow comments" id="comments" aria-labelledby="comments-title">
        <h2 id="comments-title">${countOf(comments.length)}</h2>
        ${comments.length > 0 && html`<ol>${comments.map(entry)}</ol>`}
        ${commentForm(post, form, frame)}
      </section>`,
  });
}

function tools(post: Post, links: Links): Html {
  return html`<footer class="tools">
          <a class="button quiet" href="${links.editPost(post.slug)}">Edit</a>
          <a class="button quiet" href="${links.deletePost(post.slug)}">Delete …</a>
        </footer>`;
}

function entry(comment: Comment): Html {
  return html`
          <li id="comment-${comment.id}" class="comment">
            <p class="meta"><b>${comment.author}</b> ${day(comment.createdAt)}</p>
            <div>${prose(comment.body)}</div>
          </li>`;
}

function commentForm(post: Post, form: FormState, { links, guard }: Frame): Html {
  return html`<form class="card" id="comment-form" method="post" action="${links.comments(post.slug)}#comment-form" novalidate>
          ${guard}
          <h3>Say something</h3>
          ${errorSummary(form)}
          ${field({ name: "author", label: "Your name", autocomplete: "name" }, form)}
          ${field({ name: "body", label: "Comment", rows: 5 }, form)}
          <p><button>Post comment</button></p>
        </form>`;
}
