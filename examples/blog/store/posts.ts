/** Reads and writes posts where that takes more than a line. */
import { length, or, type Page, type Patch, type Session, substring, UniqueViolation } from "limpid/orm";
import { Post } from "../models.ts";
import { freeSlug, slugOf } from "./slug.ts";

/** A post in a list. */
export interface PostSummary extends Pick<Post, "slug" | "title" | "picture" | "createdAt" | "editedAt"> {
  /** The beginning of the body. */
  readonly opening: string;
  /** How long the body is, in characters. */
  readonly length: number;
  /** How many comments it has. */
  readonly comments: number;
}

/** One page of the list. */
export type PostPage = Page<PostSummary>;

/** What a post is made of. */
export interface PostInput {
  readonly title: string;
  readonly body: string;
  /** Default: made from the title. */
  readonly slug?: string | undefined;
  readonly picture?: string | undefined;
}

/** What is to be changed of a post; null takes the picture away. */
export type PostChanges = Pick<Patch<typeof Post>, "slug" | "title" | "body" | "picture">;

/** One page of the list, newest first, with the number of comments; past the last page it has no posts. */
export function postPage(db: Session, page: number, size: number): Promise<PostPage> {
  return db
    .query(Post)
    .orderBy(Post.createdAt.desc(), Post.id.desc())
    .select({
      slug: Post.slug,
      title: Post.title,
      picture: Post.picture,
      createdAt: Post.createdAt,
      editedAt: Post.editedAt,
      opening: substring(Post.body, 1, 600),
      length: length(Post.body),
      comments: Post.comments.count(),
    })
    .page({ page, size });
}

/** Writes a new post. Throws `UniqueViolation` where a slug is asked for that another post has. */
export async function createPost(db: Session, input: PostInput): Promise<Post> {
  const post = new Post({ ...input, slug: input.slug ?? (await unusedSlug(db, input.title)) });
  db.add(post);
  try {
    await db.commit();
    return post;
  } catch (error) {
    await db.rollback();
    if (input.slug !== undefined || !(error instanceof UniqueViolation)) throw error;
    // Somebody has taken it since we looked.
    return createPost(db, input);
  }
}

/** Changes what is given and keeps the rest. Throws `UniqueViolation` where another post has the slug. */
export async function changePost(db: Session, post: Post, changes: PostChanges): Promise<Post> {
  const { slug = post.slug, title = post.title, body = post.body, picture = post.picture } = changes;
  // A transaction takes back in the post, too, what it could not write.
  await db.transaction(() => void Object.assign(post, { slug, title, body, picture }));
  return post;
}

/** Deletes a post with its comments; what it was, where there was one. */
export async function deletePost(db: Session, slug: string): Promise<Post | undefined> {
  const [post] = await db.delete(Post).filter(Post.slug.eq(slug)).returning();
  await db.commit();
  return post;
}

/** The first of `slug`, `slug-2`, `slug-3`, … that no post has. */
async function unusedSlug(db: Session, title: string): Promise<string> {
  const slug = slugOf(title);
  const alike = or(Post.slug.eq(slug), Post.slug.startsWith(`${slug}-`));
  const posts = await db.query(Post).filter(alike).select({ slug: Post.slug }).all();
  const taken = new Set(posts.map((post) => post.slug));
  return freeSlug(slug, taken);
}
