/** The pages on which posts are read. */
import { NotFoundError, Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { frameOf } from "../pages/frame.ts";
import { postList } from "../pages/post-list.ts";
import { postPage } from "../pages/post-page.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { postNamed } from "./post-named.ts";

const postsPerPage = 5;

export function postRoutes(app: BlogApp, { store, pictures, links }: Blog): void {
  app.get("/", { name: "post.list", query: PageQuery }, ({ query }) => {
    const list = store.posts.page(query.page, postsPerPage);
    if (query.page > list.pages) throw new NotFoundError(`The list has ${list.pages} pages.`);
    return postList(list, links);
  });

  app.get("/posts", () => Response.redirect(links.list(), 308));

  app.get("/posts/:slug", { name: "post.show" }, (request) => {
    const post = postNamed(request.params.slug, store);
    return postPage({ post, comments: store.comments.under(post) }, frameOf(request, links));
  });

  app.get("/pictures/*", { name: "picture" }, (request) => pictures.answer(request));
}
