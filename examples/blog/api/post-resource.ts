/** Posts and comments as the JSON interface shows them. */
import type { BlogApp } from "../blog.ts";
import type { Links } from "../links.ts";
import type { Comment, Post, PostPage, PostSummary } from "../store/post.ts";

export function postResource(app: BlogApp, links: Links, post: Post): object {
  const { slug, title, body, createdAt, updatedAt } = post;
  return { slug, title, body, createdAt, updatedAt, links: postLinks(app, links, post) };
}

export function postListResource(
  app: BlogApp,
  links: Links,
  { posts, page, pages, total }: PostPage,
): object {
  return { posts: posts.map((post) => summaryResource(app, links, post)), page, pages, total };
}

export function commentResource(app: BlogApp, { slug }: Post, comment: Comment): object {
  const { id, author, body, createdAt } = comment;
  return { id, author, body, createdAt, links: { self: app.url("api.comment.show", { slug, id }) } };
}

function summaryResource(app: BlogApp, links: Links, post: PostSummary): object {
  const { slug, title, comments, createdAt, updatedAt } = post;
  return { slug, title, comments, createdAt, updatedAt, links: postLinks(app, links, post) };
}

function postLinks(app: BlogApp, links: Links, { slug, picture }: Pick<Post, "slug" | "picture">): object {
  return {
    self: app.url("api.post.show", { slug }),
    comments: app.url("api.comment.list", { slug }),
    page: links.post(slug),
    ...(picture !== undefined && { picture: links.picture(picture) }),
  };
}
