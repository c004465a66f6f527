/** The pages on which posts are read. */
import { NotFoundError, Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { untouched } from "../form-state.ts";
import { frameOf } from "../frame.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { postPage } from "../store/posts.ts";
import { views } from "../views.ts";
import { postNamed } from "./post-named.ts";

const postsPerPage = 5;

export function postRoutes(app: BlogApp, { pictures, links }: Blog): void {
  app.get("/", { name: "post.list", query: PageQuery }, async (request) => {
    const { query, db } = request;
    const list = await postPage(db, query.page, postsPerPage);
    if (query.page > list.pages) throw new NotFoundError(`The list has ${list.pages} pages.`);
    return views.render("posts/list.html", { ...frameOf(request, links), list });
  });

  app.get("/posts", () => Response.redirect(links.list(), 308));

  app.get("/posts/:slug", { name: "post.show" }, async (request) => {
    const post = await postNamed(request.db, request.params.slug);
    const comments = await post.comments;
    return views.render("posts/show.html", { ...frameOf(request, links), post, comments, form: untouched });
  });

  app.get("/pictures/*", { name: "picture" }, (request) => pictures.answer(request));
}
