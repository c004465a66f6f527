/** Posts over the JSON interface: list, read, create, replace, change, delete. */
import { Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { noPost, postNamed } from "../routes/post-named.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { NewPost, PostChanges } from "../schemas/post.ts";
import { postListResource, postResource } from "./post-resource.ts";

const postsPerPage = 20;

export function postApi(app: BlogApp, { store, pictures, links }: Blog): void {
  app.group("/api/posts", (api) => {
    api.get("/", { name: "api.post.list", query: PageQuery }, ({ query }) =>
      postListResource(app, links, store.posts.page(query.page, postsPerPage)),
    );

    api.post("/", { body: NewPost }, ({ body }) => {
      const post = store.posts.create(body);
      const headers = { Location: app.url("api.post.show", { slug: post.slug }) };
      return Response.json(postResource(app, links, post), { status: 201, headers });
    });

    api.get("/:slug", { name: "api.post.show" }, ({ params }) =>
      postResource(app, links, postNamed(params.slug, store)),
    );

    api.put("/:slug", { body: NewPost }, ({ params, body }) =>
      postResource(app, links, store.posts.update(params.slug, body) ?? noPost()),
    );

    api.patch("/:slug", { body: PostChanges }, ({ params, body }) =>
      postResource(app, links, store.posts.update(params.slug, body) ?? noPost()),
    );

    api.delete("/:slug", async ({ params }) => {
      const { picture } = store.posts.delete(params.slug) ?? noPost();
      await pictures.remove(picture);
    });
  });
}
