/** What every route of the blog works with. */
import type { App } from "limpid";
import type { Visit } from "./frame.ts";
import type { Links } from "./links.ts";
import type { PictureStore } from "./store/picture-store.ts";

export interface Blog {
  readonly pictures: PictureStore;
  readonly links: Links;
}

/** The application, with what its middleware adds to every request. */
export type BlogApp = App<Visit>;
