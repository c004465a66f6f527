/** The forms in which posts are written and changed, and where they are sent to. */
import { Response } from "limpid";
import { postResource } from "../api/post-resource.ts";
import type { Blog, BlogApp } from "../blog.ts";
import { untouched } from "../form-state.ts";
import { frameOf } from "../frame.ts";
import { noticing } from "../notices.ts";
import { postFormLimits } from "../schemas/picture.ts";
import { PostForm } from "../schemas/post.ts";
import { changePost, createPost } from "../store/posts.ts";
import { views } from "../views.ts";
import { formAgain } from "./form-again.ts";
import { postNamed } from "./post-named.ts";
import { written } from "./written.ts";

export function writingRoutes(app: BlogApp, { pictures, links }: Blog): void {
  const form = { form: PostForm, formLimits: postFormLimits };

  app.get("/posts/new", { name: "post.new" }, (request) =>
    views.render("posts/form.html", { ...frameOf(request, links), post: undefined, form: untouched }),
  );

  const createAgain = formAgain((form, request) =>
    views.render("posts/form.html", { ...frameOf(request, links), post: undefined, form }),
  );
  app.post("/posts", { ...form, name: "post.create", use: [createAgain] }, async (request) => {
    const { title, slug, content, featured_image } = request.body;
    const post = await pictures.keepFor(featured_image, (picture) =>
      createPost(request.db, { title, slug, body: content, picture }),
    );
    const resource = () => postResource(app, links, post);
    return written(request, { path: links.post(post.slug), notice: "posted", resource });
  });

  app.get("/posts/:slug/edit", { name: "post.edit" }, async (request) => {
    const post = await postNamed(request.db, request.params.slug);
    const typed = { title: post.title, slug: post.slug, content: post.body };
    return views.render("posts/form.html", {
      ...frameOf(request, links),
      post,
      form: { ...untouched, typed },
    });
  });

  const updateAgain = formAgain(async (form, request) => {
    const post = await postNamed(request.db, String(request.params.slug));
    return views.render("posts/form.html", { ...frameOf(request, links), post, form });
  });
  app.post("/posts/:slug", { ...form, name: "post.update", use: [updateAgain] }, async (request) => {
    const { title, slug, content, featured_image, remove_image } = request.body;
    const post = await postNamed(request.db, request.params.slug);
    const { picture: before } = post;
    await pictures.keepFor(featured_image, (name) => {
      const picture = name ?? (remove_image && null);
      return changePost(request.db, post, { title, slug, body: content, picture });
    });
    if (post.picture !== before) await pictures.remove(before);
    return noticing(Response.redirect(links.post(post.slug), 303), "saved");
  });
}
