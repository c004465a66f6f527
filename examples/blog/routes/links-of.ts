/** The addresses of the blog, from the names of its routes. */
import type { Files } from "limpid";
import type { BlogApp } from "../blog.ts";
import type { Links } from "../links.ts";

export function linksOf(app: BlogApp, assets: Files): Links {
  return {
    list: (page = 1) => app.url("post.list", {}, page === 1 ? {} : { page }),
    newPost: () => app.url("post.new"),
    createPost: () => app.url("post.create"),
    post: (slug) => app.url("post.show", { slug }),
    editPost: (slug) => app.url("post.edit", { slug }),
    deletePost: (slug) => app.url("post.delete", { slug }),
    comments: (slug) => app.url("comment.create", { slug }),
    picture: (name) => (name.includes("/") ? assets.asset(name) : app.url("picture", { "*": name })),
    asset: (path) => assets.asset(path),
  };
}
