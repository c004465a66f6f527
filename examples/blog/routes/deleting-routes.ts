/** Where a post is deleted: a page that asks first, and where its answer is sent to. */
import { Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { frameOf } from "../frame.ts";
import { noticing } from "../notices.ts";
import { deletePost } from "../store/posts.ts";
import { views } from "../views.ts";
import { noPost, postNamed } from "./post-named.ts";

export function deletingRoutes(app: BlogApp, { pictures, links }: Blog): void {
  app.get("/posts/:slug/delete", { name: "post.delete" }, async (request) => {
    const post = await postNamed(request.db, request.params.slug);
    const comments = await post.comments.count();
    return views.render("posts/delete.html", { ...frameOf(request, links), post, comments });
  });

  app.post("/posts/:slug/delete", async ({ params, db }) => {
    const { picture } = (await deletePost(db, params.slug)) ?? noPost();
    await pictures.remove(picture);
    return noticing(Response.redirect(links.list(), 303), "deleted");
  });
}
