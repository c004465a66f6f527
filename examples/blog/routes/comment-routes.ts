/** Where comments are sent to. They are read on the page of their post. */
import { type App, Response } from "limpid";
import type { Blog } from "../blog.ts";
import { postPage } from "../pages/post-page.ts";
import { NewComment } from "../schemas/comment.ts";
import { postNamed } from "./post-named.ts";
import { submitted } from "./submitted.ts";

export function commentRoutes(app: App, { store, links }: Blog): void {
  app.post("/posts/:slug/comments", { name: "comment.create" }, async (request) => {
    const post = postNamed(request.params.slug, store);
    const { value, form } = await submitted(request, NewComment);
    if (form !== undefined) {
      const page = postPage({ post, comments: store.comments.under(post), form }, links);
      return Response.html(page, { status: 422 });
    }
    const comment = store.comments.create(post, value);
    return Response.redirect(`${links.post(post.slug)}#comment-${comment.id}`, 303);
  });

  // Where a browser is after a form with mistakes; reloading should lead back to the post.
  app.get("/posts/:slug/comments", ({ params }) =>
    Response.redirect(`${links.post(params.slug)}#comments`, 303),
  );
}
