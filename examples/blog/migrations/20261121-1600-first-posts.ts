/**
 * Writes the first posts, so that a newcomer finds a blog and not an empty page. It runs once: what is deleted stays so.
 * There is no way back, which would take what readers have written below them.
 */
import { type MigrationDatabase, sql } from "limpid/orm";
import { firstPosts } from "../first-posts.ts";

export const parents = ["b5b50f983a482d146496ecbc6cb52c74"];
export const touches = ["table:comments", "table:posts"];

const hour = 3_600_000;

/** Ages are counted from now, so that whatever is written next stands above the first posts. */
export async function up(db: MigrationDatabase): Promise<void> {
  const now = Date.now();
  for (const { slug, title, body, picture = null, daysAgo, replies } of firstPosts) {
    const written = now - daysAgo * 24 * hour;
    const [row] = await db.rows(
      sql`insert into posts (slug, title, body, picture, created_at)
        values (${slug}, ${title}, ${body}, ${picture}, ${new Date(written)}) returning id`,
    );
    for (const { author, text, hoursLater } of replies) {
      await db.execute(
        sql`insert into comments (post_id, author, body, created_at)
          values (${Number(row?.[0])}, ${author}, ${text}, ${new Date(written + hoursLater * hour)})`,
      );
    }
  }
}
