/** The forms in which posts are written and changed, and where they are sent to. */
import { Response } from "limpid";
import { postResource } from "../api/post-resource.ts";
import type { Blog, BlogApp } from "../blog.ts";
import { untouched } from "../pages/field.ts";
import { frameOf } from "../pages/frame.ts";
import { postForm } from "../pages/post-form.ts";
import { postFormLimits } from "../schemas/picture.ts";
import { PostForm } from "../schemas/post.ts";
import { formAgain } from "./form-again.ts";
import { noPost, postNamed } from "./post-named.ts";
import { written } from "./written.ts";

export function writingRoutes(app: BlogApp, { store, pictures, links }: Blog): void {
  const form = { form: PostForm, formLimits: postFormLimits };

  app.get("/posts/new", { name: "post.new" }, (request) =>
    postForm({ form: untouched }, frameOf(request, links)),
  );

  const createAgain = formAgain((form, request) => postForm({ form }, frameOf(request, links)));
  app.post("/posts", { ...form, name: "post.create", use: [createAgain] }, async (request) => {
    const { title, content, featured_image } = request.body;
    const post = await pictures.keepFor(featured_image, (picture) =>
      store.posts.create({ title, body: content, picture }),
    );
    return written(request, links.post(post.slug), () => postResource(app, links, post));
  });

  app.get("/posts/:slug/edit", { name: "post.edit" }, (request) => {
    const post = postNamed(request.params.slug, store);
    const typed = { title: post.title, content: post.body };
    return postForm({ post, form: { typed, errors: {} } }, frameOf(request, links));
  });

  const updateAgain = formAgain((form, request) => {
    const post = postNamed(String(request.params.slug), store);
    return postForm({ post, form }, frameOf(request, links));
  });
  app.post("/posts/:slug", { ...form, name: "post.update", use: [updateAgain] }, async (request) => {
    const { title, content, featured_image, remove_image } = request.body;
    const before = postNamed(request.params.slug, store);
    await pictures.keepFor(featured_image, (name) => {
      const picture = name ?? (remove_image && null);
      return store.posts.update(before.slug, { title, body: content, picture }) ?? noPost();
    });
    if (featured_image || remove_image) await pictures.remove(before.picture);
    return Response.redirect(links.post(before.slug), 303);
  });
}
