/** The post that an address names, for pages and for the JSON interface. */
import { NotFoundError } from "limpid";
import type { BlogStore } from "../store/blog-store.ts";
import type { Post } from "../store/post.ts";

/** Throws 404 where there is none. */
export function postNamed(slug: string, store: BlogStore): Post {
  return store.posts.find(slug) ?? noPost();
}

/** 404. */
export function noPost(): never {
  throw new NotFoundError("There is no such post. It may have been taken down.");
}
