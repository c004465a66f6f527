/** Puts the blog together: store, middleware, pages, JSON interface and error pages. */
import { App, csrf, files, type Logger, logger, requestId, secureHeaders } from "limpid";
import { commentApi } from "./api/comment-api.ts";
import { postApi } from "./api/post-api.ts";
import type { Blog } from "./blog.ts";
import { notices } from "./notices.ts";
import { commentRoutes } from "./routes/comment-routes.ts";
import { deletingRoutes } from "./routes/deleting-routes.ts";
import { errorAnswers } from "./routes/error-answers.ts";
import { linksOf } from "./routes/links-of.ts";
import { postRoutes } from "./routes/post-routes.ts";
import { writingRoutes } from "./routes/writing-routes.ts";
import { BlogStore } from "./store/blog-store.ts";
import { PictureStore } from "./store/picture-store.ts";
import { views } from "./views.ts";

export interface BlogOptions {
  /** The database's file; it is created and filled where there is none. */
  readonly database: string;
  /** The folder for the pictures that are uploaded; it is created where there is none. */
  readonly pictures: string;
  /** Default: the root logger. */
  readonly log?: Logger | undefined;
}

/** A blog of its own. Nothing is opened before the application starts. */
export function createApp(options: BlogOptions): App {
  const app = new App({ log: options.log })
    .use(requestId())
    .use(logger())
    .use(secureHeaders())
    .use(csrf())
    .use(notices());
  const store = new BlogStore(options.database);
  const pictures = new PictureStore(options.pictures);
  const assets = files(new URL("public", import.meta.url));
  const blog: Blog = { store, pictures, links: linksOf(app, assets) };

  postRoutes(app, blog);
  writingRoutes(app, blog);
  deletingRoutes(app, blog);
  commentRoutes(app, blog);
  postApi(app, blog);
  commentApi(app, blog);
  app.get("/static/*", assets);
  errorAnswers(app, blog);

  app.onStart(() => void views.precompile());
  app.onStart(() => store.open());
  app.onStart(() => pictures.open());
  app.onClose(() => store.close());
  return app;
}
