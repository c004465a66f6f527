/** Posts over the JSON interface: list, read, create, replace, change, delete. */
import { Response } from "limpid";
import type { Blog, BlogApp } from "../blog.ts";
import { noPost, postNamed } from "../routes/post-named.ts";
import { PageQuery } from "../schemas/page-query.ts";
import { NewPost, PostChanges } from "../schemas/post.ts";
import { changePost, createPost, deletePost, postPage } from "../store/posts.ts";
import { postListResource, postResource } from "./post-resource.ts";

const postsPerPage = 20;

export function postApi(app: BlogApp, { pictures, links }: Blog): void {
  app.group("/api/posts", (api) => {
    api.get("/", { name: "api.post.list", query: PageQuery }, async ({ query, db }) =>
      postListResource(app, links, await postPage(db, query.page, postsPerPage)),
    );

    api.post("/", { body: NewPost }, async ({ body, db }) => {
      const post = await createPost(db, body);
      const headers = { Location: app.url("api.post.show", { slug: post.slug }) };
      return Response.json(postResource(app, links, post), { status: 201, headers });
    });

    api.get("/:slug", { name: "api.post.show" }, async ({ params, db }) =>
      postResource(app, links, await postNamed(db, params.slug)),
    );

    api.put("/:slug", { body: NewPost }, async ({ params, body, db }) =>
      postResource(app, links, await changePost(db, await postNamed(db, params.slug), body)),
    );

    api.patch("/:slug", { body: PostChanges }, async ({ params, body, db }) =>
      postResource(app, links, await changePost(db, await postNamed(db, params.slug), body)),
    );

    api.delete("/:slug", async ({ params, db }) => {
      const { picture } = (await deletePost(db, params.slug)) ?? noPost();
      await pictures.remove(picture);
    });
  });
}
