/** The addresses of the blog, from the names of its routes. */
import type { App } from "limpid";
import type { Links } from "../pages/links.ts";
import type { Assets } from "./assets.ts";

export function linksOf(app: App, assets: Assets): Links {
  return {
    list: (page = 1) => app.url("post.list", {}, page === 1 ? {} : { page }),
    newPost: () => app.url("post.new"),
    createPost: () => app.url("post.create"),
    post: (slug) => app.url("post.show", { slug }),
    editPost: (slug) => app.url("post.edit", { slug }),
    deletePost: (slug) => app.url("post.delete", { slug }),
    comments: (slug) => app.url("comment.create", { slug }),
    asset: (name) => app.url("asset", { name }, { v: assets.version(name) }),
  };
}
