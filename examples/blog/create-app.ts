/** Puts the blog together: database, middleware, pages, JSON interface and error pages. */
import { App, csrf, files, type Logger, logger, requestId, secureHeaders } from "limpid";
import { type Database, database } from "limpid/orm";
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
import { openDatabase } from "./store/open-database.ts";
import { PictureStore } from "./store/picture-store.ts";
import { views } from "./views.ts";

export interface BlogOptions {
  /** `sqlite:blog.db`, `postgres://user@host/name`, `mysql://user@host/name`. A new database gets tables and first posts. */
  readonly database: string;
  /** The folder for the pictures that are uploaded; it is created where there is none. */
  readonly pictures: string;
  /** Default: the root logger. */
  readonly log?: Logger | undefined;
}

/** A blog of its own. Nothing is opened before the application starts. */
export function createApp(options: BlogOptions): App {
  let db: Database | undefined;
  const app = new App({ log: options.log })
    .use(requestId())
    .use(logger())
    .use(secureHeaders())
    .use(csrf())
    .use(notices())
    .use(database(() => db));
  const pictures = new PictureStore(options.pictures);
  const assets = files(new URL("public", import.meta.url));
  const blog: Blog = { pictures, links: linksOf(app, assets) };

  postRoutes(app, blog);
  writingRoutes(app, blog);
  deletingRoutes(app, blog);
  commentRoutes(app, blog);
  postApi(app, blog);
  commentApi(app);
  app.get("/static/*", assets);
  errorAnswers(app, blog);

  app.onStart(() => void views.precompile());
  app.onStart(() => pictures.open());
  app.onStart(async () => {
    db = await openDatabase(options.database);
  });
  app.onClose(() => db?.close());
  return app;
}
