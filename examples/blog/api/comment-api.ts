/** The comments under a post over the JSON interface. */
import { NotFoundError, Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { postNamed } from "../routes/post-named.ts";
import { NewComment } from "../schemas/comment.ts";
import { commentResource } from "./post-resource.ts";

export function commentApi(app: BlogApp, { store }: Blog): void {
  app.group("/api/posts/:slug/comments", (api) => {
    api.get("/", { name: "api.comment.list" }, ({ params }) => {
      const post = postNamed(params.slug, store);
      return { comments: store.comments.under(post).map((comment) => commentResource(app, post, comment)) };
    });

    api.post("/", { body: NewComment }, ({ params, body }) => {
      const post = postNamed(params.slug, store);
      const comment = store.comments.create(post, body);
      const headers = { Location: app.url("api.comment.show", { slug: post.slug, id: comment.id }) };
      return Response.json(commentResource(app, post, comment), { status: 201, headers });
    });

    api.get("/:id(\\d+)", { name: "api.comment.show" }, ({ params }) => {
      const post = postNamed(params.slug, store);
      return commentResource(app, post, store.comments.find(post, Number(params.id)) ?? noComment());
    });

    api.delete("/:id(\\d+)", ({ params }) => {
      const post = postNamed(params.slug, store);
      if (!store.comments.delete(post, Number(params.id))) noComment();
    });
  });
}

function noComment(): never {
  throw new NotFoundError("There is no such comment.");
}
