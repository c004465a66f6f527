/** Puts the blog together: store, middleware, pages, JSON interface and error pages. */
import { join } from "node:path";
import { App, type Logger, logger, requestId, secureHeaders } from "limpid";
import { commentApi } from "./api/comment-api.ts";
import { postApi } from "./api/post-api.ts";
import type { Blog } from "./blog.ts";
import { assetRoutes } from "./routes/asset-routes.ts";
import { Assets } from "./routes/assets.ts";
import { commentRoutes } from "./routes/comment-routes.ts";
import { errorAnswers } from "./routes/error-answers.ts";
import { linksOf } from "./routes/links-of.ts";
import { postRoutes } from "./routes/post-routes.ts";
import { sameOrigin } from "./routes/same-origin.ts";
import { BlogStore } from "./store/blog-store.ts";

export interface BlogOptions {
  /** The database's file; it is created and filled where there is none. */
  readonly database: string;
  /** Default: the root logger. */
  readonly log?: Logger | undefined;
}

/** A blog of its own. Nothing is opened before the application starts. */
export function createApp({ database, log }: BlogOptions): App {
  const app = new App({ log });
  const store = new BlogStore(database);
  const assets = new Assets(join(import.meta.dirname, "public"));
  const blog: Blog = { store, links: linksOf(app, assets) };

  app.use(requestId());
  app.use(logger());
  app.use(secureHeaders());
  app.use(sameOrigin);

  postRoutes(app, blog);
  commentRoutes(app, blog);
  postApi(app, blog);
  commentApi(app, blog);
  assetRoutes(app, assets);
  errorAnswers(app, blog);

  app.onStart(() => store.open());
  app.onClose(() => store.close());
  return app;
}
