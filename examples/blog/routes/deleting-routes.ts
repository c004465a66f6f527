/** Where a post is deleted: a page that asks first, and where its answer is sent to. */
import { Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { frameOf } from "../frame.ts";
import { noticing } from "../notices.ts";
import { views } from "../views.ts";
import { noPost, postNamed } from "./post-named.ts";

export function deletingRoutes(app: BlogApp, { store, pictures, links }: Blog): void {
  app.get("/posts/:slug/delete", { name: "post.delete" }, (request) => {
    const post = postNamed(request.params.slug, store);
    const comments = store.comments.under(post).length;
    return views.render("posts/delete.html", { ...frameOf(request, links), post, comments });
  });

  app.post("/posts/:slug/delete", async ({ params }) => {
    const { picture } = store.posts.delete(params.slug) ?? noPost();
    await pictures.remove(picture);
    return noticing(Response.redirect(links.list(), 303), "deleted");
  });
}
