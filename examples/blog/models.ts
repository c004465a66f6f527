/** What the blog keeps: posts, and the comments under them. */
import { belongsTo, type Entity, hasMany, integer, model, text, timestamp, varchar } from "limpid/orm";

export const Post = model(
  { name: "posts", indexes: [{ columns: ["-createdAt", "-id"] }] },
  {
    id: integer().primaryKey(),
    /** The post's name in its address; the same for as long as the post lives unless it is changed. */
    slug: varchar(80).unique(),
    title: text(),
    /** Plain text; an empty line ends a paragraph. */
    body: text(),
    /** An uploaded picture by its name, or one of `public/` by its path. */
    picture: text().nullable(),
    createdAt: timestamp().default(() => new Date()),
    editedAt: timestamp()
      .nullable()
      .onUpdate(() => new Date()),
  },
  {
    /** Oldest first, as a conversation is read. */
    get comments() {
      return hasMany(Comment, "postId", { orderBy: Comment.id });
    },
  },
);
export type Post = Entity<typeof Post>;

export const Comment = model(
  { name: "comments", indexes: [{ columns: ["postId", "id"] }] },
  {
    id: integer().primaryKey(),
    postId: integer().references(() => Post.id, { onDelete: "cascade" }),
    author: text(),
    body: text(),
    createdAt: timestamp().default(() => new Date()),
  },
  {
    get post() {
      return belongsTo(Post, "postId");
    },
  },
);
export type Comment = Entity<typeof Comment>;
