/** Where comments are sent to. They are read on the page of their post. */
import { Response } from "limpid";
import { commentResource } from "../api/post-resource.ts";
import type { Blog, BlogApp } from "../blog.ts";
import { frameOf } from "../pages/frame.ts";
import { postPage } from "../pages/post-page.ts";
import { NewComment } from "../schemas/comment.ts";
import { formAgain } from "./form-again.ts";
import { postNamed } from "./post-named.ts";
import { written } from "./written.ts";

export function commentRoutes(app: BlogApp, { store, links }: Blog): void {
  const again = formAgain((form, request) => {
    const post = postNamed(String(request.params.slug), store);
    return postPage({ post, comments: store.comments.under(post), form }, frameOf(request, links));
  });

  app.post(
    "/posts/:slug/comments",
    { name: "comment.create", form: NewComment, formLimits: { files: 0 }, use: [again] },
    (request) => {
      const post = postNamed(request.params.slug, store);
      const comment = store.comments.create(post, request.body);
      const path = `${links.post(post.slug)}#comment-${comment.id}`;
      return written(request, path, () => commentResource(app, post, comment));
    },
  );

  // Where a browser is after a form with mistakes; reloading should lead back to the post.
  app.get("/posts/:slug/comments", ({ params }) =>
    Response.redirect(`${links.post(params.slug)}#comments`, 303),
  );
}
