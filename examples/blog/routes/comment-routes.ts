/** Where comments are sent to. They are read on the page of their post. */
import { type Html, type Request, Response } from "limpid";
import { commentResource } from "../api/post-resource.ts";
import type { Blog, BlogApp } from "../blog.ts";
import { type FormState, untouched } from "../form-state.ts";
import { frameOf, type Visit } from "../frame.ts";
import { Comment, type Post } from "../models.ts";
import { NewComment } from "../schemas/comment.ts";
import { views } from "../views.ts";
import { wantsFragment } from "./audience.ts";
import { formAgain } from "./form-again.ts";
import { postNamed } from "./post-named.ts";
import { written } from "./written.ts";

export function commentRoutes(app: BlogApp, { links }: Blog): void {
  /** The page of the post, or of it only what comments change. */
  const shown = async (request: Request & Visit, post: Post, form: FormState): Promise<Html> => {
    const values = { ...frameOf(request, links), post, comments: await post.comments, form };
    if (wantsFragment(request)) return views.renderBlock("posts/show.html", "comments", values);
    return views.render("posts/show.html", values);
  };
  const again = formAgain(async (form, request) =>
    shown(request, await postNamed(request.db, String(request.params.slug)), form),
  );

  app.post(
    "/posts/:slug/comments",
    { name: "comment.create", form: NewComment, formLimits: { files: 0 }, use: [again] },
    async (request) => {
      const { params, body, db } = request;
      const post = await postNamed(db, params.slug);
      const comment = new Comment({ ...body, postId: post.id });
      db.add(comment);
      await db.commit();
      const path = `${links.post(post.slug)}#comment-${comment.id}`;
      if (wantsFragment(request))
        return Response.html(await shown(request, post, untouched), { status: 201 });
      return written(request, { path, resource: () => commentResource(app, post, comment) });
    },
  );

  // Where a browser is after a form with mistakes; reloading should lead back to the post.
  app.get("/posts/:slug/comments", ({ params }) =>
    Response.redirect(`${links.post(params.slug)}#comments`, 303),
  );
}
