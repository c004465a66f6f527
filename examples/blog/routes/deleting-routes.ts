/** Where a post is deleted: a page that asks first, and where its answer is sent to. */
import { Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { deletePage } from "../pages/delete-page.ts";
import { frameOf } from "../pages/frame.ts";
import { noPost, postNamed } from "./post-named.ts";

export function deletingRoutes(app: BlogApp, { store, pictures, links }: Blog): void {
  app.get("/posts/:slug/delete", { name: "post.delete" }, (request) => {
    const post = postNamed(request.params.slug, store);
    return deletePage(post, store.comments.under(post).length, frameOf(request, links));
  });

  app.post("/posts/:slug/delete", async ({ params }) => {
    const { picture } = store.posts.delete(params.slug) ?? noPost();
    await pictures.remove(picture);
    return Response.redirect(links.list(), 303);
  });
}
