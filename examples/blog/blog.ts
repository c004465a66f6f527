/** What every route of the blog works with. */
import type { Links } from "./pages/links.ts";
import type { BlogStore } from "./store/blog-store.ts";

export interface Blog {
  readonly store: BlogStore;
  readonly links: Links;
}
