/** Posts and comments as the JSON interface shows them. */
import type { BlogApp } from "../blog.ts";
import type { Links } from "../links.ts";
import type { Comment, Post } from "../models.ts";
import type { PostPage, PostSummary } from "../store/posts.ts";

export function postResource(app: BlogApp, links: Links, post: Post): object {
  const { slug, title, body, createdAt } = post;
  return { slug, title, body, createdAt, updatedAt: updatedAt(post), links: postLinks(app, links, post) };
}

export function postListResource(
  app: BlogApp,
  links: Links,
  { items, page, pages, total }: PostPage,
): object {
  return { posts: items.map((post) => summaryResource(app, links, post)), page, pages, total };
}

export function commentResource(app: BlogApp, { slug }: Post, comment: Comment): object {
  const { id, author, body, createdAt } = comment;
  return { id, author, body, createdAt, links: { self: app.url("api.comment.show", { slug, id }) } };
}

function summaryResource(app: BlogApp, links: Links, post: PostSummary): object {
  const { slug, title, comments, createdAt } = post;
  return { slug, title, comments, createdAt, updatedAt: updatedAt(post), links: postLinks(app, links, post) };
}

function updatedAt({ createdAt, editedAt }: Pick<Post, "createdAt" | "editedAt">): Date {
  return editedAt ?? createdAt;
}

function postLinks(app: BlogApp, links: Links, { slug, picture }: Pick<Post, "slug" | "picture">): object {
  return {
    self: app.url("api.post.show", { slug }),
    comments: app.url("api.comment.list", { slug }),
    page: links.post(slug),
    ...(picture !== null && { picture: links.picture(picture) }),
  };
}
