/** Opens the blog's database and brings its tables up to date. The first posts are a migration like any other. */
import { join } from "node:path";
import { LimpidError } from "limpid";
import { Database, migrate } from "limpid/orm";

const folder = join(import.meta.dirname, "../migrations");

/** Opens what `url` names. Rejects with `BLOG_DATABASE_FOREIGN`, and with what connecting and migrating reject with. */
export async function openDatabase(url: string): Promise<Database> {
  const db = await Database.connect(url);
  try {
    await migrate(db.source, { folder });
    return db;
  } catch (error) {
    await db.close();
    throw isInTheWay(error) ? foreign(error) : error;
  }
}

/** Whether there are tables already of which the migrations know nothing. */
function isInTheWay(error: unknown): error is LimpidError {
  if (!(error instanceof LimpidError) || error.code !== "LMP_ORM_MIGRATION_FAILED") return false;
  return /already exists/.test(error.found ?? "");
}

/** Most likely a blog from before there were migrations has made them. */
function foreign(cause: LimpidError): LimpidError {
  return new LimpidError(
    "BLOG_DATABASE_FOREIGN",
    "This database has tables that the blog's migrations have not made.",
    {
      expected: "an empty database, or one in which they have made them",
      found: cause.found,
      fix: "Move the file away (mv blog.db old-blog.db) and start again, or name another database in DATABASE_URL. The blog's README.md tells how the posts come along.",
      cause,
    },
  );
}
