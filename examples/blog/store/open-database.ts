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
    throw error instanceof LimpidError && error.code === "LMP_ORM_MIGRATION_FAILED" ? foreign(error) : error;
  }
}

/** Most likely the tables of somebody else, or those of a blog from before it had migrations, stand in the way. */
function foreign(cause: LimpidError): LimpidError {
  return new LimpidError("BLOG_DATABASE_FOREIGN", "The blog's tables cannot be made in this database.", {
    expected: "an empty database, or one in which this blog has made them",
    found: cause.found,
    fix: "Move the file away to begin with a new one (mv blog.db old-blog.db), or name another database in DATABASE_URL.",
    cause,
  });
}
