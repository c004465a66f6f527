/**
 * Writes the first posts, so that a newcomer finds a blog and not an empty page. It runs once: what is deleted stays so.
 * There is no way back, which would take what readers have written below them.
 */
import { type Sql, sql } from "limpid/orm";
import { firstPosts } from "../first-posts.ts";

interface Tables {
  execute(statement: Sql): Promise<number>;
  rows(statement: Sql): Promise<unknown[][]>;
}

export const parents = ["81e71c58375b1c9943d62fdde39c9083"];
export const touches = ["table:comments", "table:posts"];

const hour = 3_600_000;

/** Ages are counted from now, so that whatever is written next stands above the first posts. */
export async function up(tables: Tables): Promise<void> {
  const now = Date.now();
  for (const { slug, title, body, picture = null, daysAgo, replies } of firstPosts) {
    const written = now - daysAgo * 24 * hour;
    const [post] = await tables.rows(
      sql`insert into posts (slug, title, body, picture, created_at)
        values (${slug}, ${title}, ${body}, ${picture}, ${new Date(written)}) returning id`,
    );
    for (const { author, text, hoursLater } of replies) {
      await tables.execute(
        sql`insert into comments (post_id, author, body, created_at)
          values (${Number(post?.[0])}, ${author}, ${text}, ${new Date(written + hoursLater * hour)})`,
      );
    }
  }
}
