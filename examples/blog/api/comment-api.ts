/** The comments under a post over the JSON interface. */
import { NotFoundError, Response } from "limpid";
import type { BlogApp } from "../blog.ts";
import { Comment } from "../models.ts";
import { postNamed } from "../routes/post-named.ts";
import { NewComment } from "../schemas/comment.ts";
import { commentResource } from "./post-resource.ts";

export function commentApi(app: BlogApp): void {
  app.group("/api/posts/:slug/comments", (api) => {
    api.get("/", { name: "api.comment.list" }, async ({ params, db }) => {
      const post = await postNamed(db, params.slug);
      const comments = await post.comments;
      return { comments: comments.map((comment) => commentResource(app, post, comment)) };
    });

    api.post("/", { body: NewComment }, async ({ params, body, db }) => {
      const post = await postNamed(db, params.slug);
      const comment = new Comment({ ...body, postId: post.id });
      db.add(comment);
      await db.commit();
      const headers = { Location: app.url("api.comment.show", { slug: post.slug, id: comment.id }) };
      return Response.json(commentResource(app, post, comment), { status: 201, headers });
    });

    api.get("/:id(\\d{1,9})", { name: "api.comment.show" }, async ({ params, db }) => {
      const post = await postNamed(db, params.slug);
      const comment = await post.comments.filter(Comment.id.eq(Number(params.id))).first();
      return commentResource(app, post, comment ?? noComment());
    });

    api.delete("/:id(\\d{1,9})", async ({ params, db }) => {
      const post = await postNamed(db, params.slug);
      const one = db.delete(Comment).filter(Comment.postId.eq(post.id), Comment.id.eq(Number(params.id)));
      if ((await one) === 0) noComment();
      await db.commit();
    });
  });
}

function noComment(): never {
  throw new NotFoundError("There is no such comment.");
}
