/** What the blog keeps: posts and the comments under them. */

export interface Post {
  readonly id: number;
  /** The post's name in its address; unique, and the same for as long as the post lives unless it is changed. */
  readonly slug: string;
  readonly title: string;
  /** Plain text; an empty line ends a paragraph. */
  readonly body: string;
  /** An uploaded picture by its name, or one of `public/` by its path; absent where there is none. */
  readonly picture: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A post in a list. */
export interface PostSummary extends Omit<Post, "body"> {
  /** The beginning of the body. */
  readonly opening: string;
  /** How long the body is, in characters. */
  readonly length: number;
  /** How many comments it has. */
  readonly comments: number;
}

/** One page of the list, newest first. */
export interface PostPage {
  readonly posts: readonly PostSummary[];
  /** From 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** Posts on all pages. */
  readonly total: number;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: Date;
}
