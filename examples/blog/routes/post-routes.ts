/** The pages on which posts are read, written, changed and deleted. */
import { type App, NotFoundError, Response } from "limpid";
import type { Blog } from "../blog.ts";
import { untouched } from "../pages/field.ts";
import { postForm } from "../pages/post-form.ts";
import { postList } from "../pages/post-list.ts";
import { postPage } from "../pages/post-page.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { PostForm } from "../schemas/post.ts";
import { noPost, postNamed } from "./post-named.ts";
import { submitted } from "./submitted.ts";

const postsPerPage = 5;

export function postRoutes(app: App, { store, links }: Blog): void {
  app.get("/", { name: "post.list", query: PageQuery }, ({ query }) => {
    const list = store.posts.page(query.page, postsPerPage);
    if (query.page > list.pages) throw new NotFoundError(`The list has ${list.pages} pages.`);
    return postList(list, links);
  });

  app.get("/posts", () => Response.redirect(links.list(), 308));

  app.get("/posts/new", { name: "post.new" }, () => postForm({ form: untouched }, links));

  app.post("/posts", { name: "post.create" }, async (request) => {
    const { value, form } = await submitted(request, PostForm);
    if (form !== undefined) return Response.html(postForm({ form }, links), { status: 422 });
    const post = store.posts.create(value);
    return Response.redirect(links.post(post.slug), 303);
  });

  app.get("/posts/:slug", { name: "post.show" }, ({ params }) => {
    const post = postNamed(params.slug, store);
    return postPage({ post, comments: store.comments.under(post) }, links);
  });

  app.get("/posts/:slug/edit", { name: "post.edit" }, ({ params }) => {
    const { slug, title, body } = postNamed(params.slug, store);
    return postForm({ slug, form: { typed: { title, body }, errors: {} } }, links);
  });

  app.post("/posts/:slug", { name: "post.update" }, async (request) => {
    const { slug } = postNamed(request.params.slug, store);
    const { value, form } = await submitted(request, PostForm);
    if (form !== undefined) return Response.html(postForm({ slug, form }, links), { status: 422 });
    store.posts.update(slug, value);
    return Response.redirect(links.post(slug), 303);
  });

  app.post("/posts/:slug/delete", { name: "post.delete" }, ({ params }) => {
    if (!store.posts.delete(params.slug)) noPost();
    return Response.redirect(links.list(), 303);
  });
}
