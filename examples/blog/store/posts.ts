/** Reads and writes posts where that takes more than a line. */
import { ConflictError } from "limpid";
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

/** 409: another post has this slug. */
export class SlugTakenError extends ConflictError {
  override readonly code = "BLOG_SLUG_TAKEN";

  constructor(slug: string, cause?: unknown) {
    super(`There is a post with the slug "${slug}" already.`, {
      expected: "a slug that no other post has",
      found: slug,
      fix: "Choose another slug, or leave it out to have one made from the title.",
      cause,
    });
  }
}

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

/** Writes a new post. Throws `SlugTakenError` where a slug is asked for that another post has. */
export async function createPost(db: Session, { slug, ...input }: PostInput): Promise<Post> {
  const taken = slug === undefined ? await slugsLike(slugOf(input.title), db) : new Set<string>();
  for (let attempt = 0; attempt < 100; attempt++) {
    const chosen = slug ?? freeSlug(input.title, (candidate) => taken.has(candidate));
    const insert = db.insert(Post).values({ ...input, slug: chosen });
    const [post] = await insert.onConflictDoNothing("slug").returning();
    if (post !== undefined) {
      await db.commit();
      return post;
    }
    if (slug !== undefined) break;
    // Somebody has taken it since we looked.
    taken.add(chosen);
  }
  throw new SlugTakenError(slug ?? slugOf(input.title));
}

/** Changes what is given and keeps the rest, the slug too: links to the post stay true. Throws `SlugTakenError`. */
export async function changePost(db: Session, post: Post, changes: PostChanges): Promise<Post> {
  const { slug = post.slug, title = post.title, body = post.body, picture = post.picture } = changes;
  Object.assign(post, { slug, title, body, picture });
  try {
    await db.commit();
    return post;
  } catch (error) {
    await db.rollback();
    throw error instanceof UniqueViolation ? new SlugTakenError(slug, error) : error;
  }
}

/** Deletes a post with its comments; what it was, where there was one. */
export async function deletePost(db: Session, slug: string): Promise<Post | undefined> {
  const [post] = await db.delete(Post).filter(Post.slug.eq(slug)).returning();
  await db.commit();
  return post;
}

/** The slugs that `slug`, `slug-2`, `slug-3`, … could meet. */
async function slugsLike(slug: string, db: Session): Promise<Set<string>> {
  const same = or(Post.slug.eq(slug), Post.slug.startsWith(`${slug}-`));
  const rows = await db.query(Post).filter(same).select({ slug: Post.slug }).all();
  return new Set(rows.map((row) => row.slug));
}
