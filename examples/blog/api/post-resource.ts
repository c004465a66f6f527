/** Posts and comments as the JSON interface shows them. */
import type { App } from "limpid";
import type { Comment, Post, PostPage, PostSummary } from "../store/post.ts";

export function postResource(app: App, post: Post): object {
  const { slug, title, body, createdAt, updatedAt } = post;
  return { slug, title, body, createdAt, updatedAt, links: postLinks(app, slug) };
}

export function postListResource(app: App, { posts, page, pages, total }: PostPage): object {
  return { posts: posts.map((post) => summaryResource(app, post)), page, pages, total };
}

export function commentResource(app: App, { slug }: Post, comment: Comment): object {
  const { id, author, body, createdAt } = comment;
  return { id, author, body, createdAt, links: { self: app.url("api.comment.show", { slug, id }) } };
}

function summaryResource(app: App, post: PostSummary): object {
  const { slug, title, comments, createdAt, updatedAt } = post;
  return { slug, title, comments, createdAt, updatedAt, links: postLinks(app, slug) };
}

function postLinks(app: App, slug: string): object {
  return {
    self: app.url("api.post.show", { slug }),
    comments: app.url("api.comment.list", { slug }),
    page: app.url("post.show", { slug }),
  };
}
