/** The addresses that pages link to. Pages know them by name; only the routes know what they look like. */

export interface Links {
  /** The list; `page` counts from 1. */
  list(page?: number): string;
  newPost(): string;
  createPost(): string;
  post(slug: string): string;
  editPost(slug: string): string;
  deletePost(slug: string): string;
  comments(slug: string): string;
  /** A file of `public/`, in the version that is there now. */
  asset(name: string): string;
}
