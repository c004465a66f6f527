/** Posts over the JSON interface: list, read, create, replace, change, delete. */
import { type App, Response } from "limpid";
import type { Blog } from "../blog.ts";
import { noPost, postNamed } from "../routes/post-named.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { NewPost, PostChanges } from "../schemas/post.ts";
import { postListResource, postResource } from "./post-resource.ts";

const postsPerPage = 20;

export function postApi(app: App, { store }: Blog): void {
  app.group("/api/posts", (api) => {
    api.get("/", { name: "api.post.list", query: PageQuery }, ({ query }) =>
      postListResource(app, store.posts.page(query.page, postsPerPage)),
    );

    api.post("/", { body: NewPost }, ({ body }) => {
      const post = store.posts.create(body);
      const headers = { Location: app.url("api.post.show", { slug: post.slug }) };
      return Response.json(postResource(app, post), { status: 201, headers });
    });

    api.get("/:slug", { name: "api.post.show" }, ({ params }) =>
      postResource(app, postNamed(params.slug, store)),
    );

    api.put("/:slug", { body: NewPost }, ({ params, body }) =>
      postResource(app, store.posts.update(params.slug, body) ?? noPost()),
    );

    api.patch("/:slug", { body: PostChanges }, ({ params, body }) =>
      postResource(app, store.posts.update(params.slug, body) ?? noPost()),
    );

    api.delete("/:slug", ({ params }) => {
      if (!store.posts.delete(params.slug)) noPost();
    });
  });
}
