/** The addresses that pages link to. Pages know them by name; only the routes know what they look like. */

export interface Links {
  /** The list; `page` counts from 1. */
  list(page?: number): string;
  newPost(): string;
  createPost(): string;
  post(slug: string): string;
  editPost(slug: string): string;
  /** Asks first when it is opened, deletes when it is sent to. */
  deletePost(slug: string): string;
  comments(slug: string): string;
  /** The picture of a post. */
  picture(name: string): string;
  /** A file of `public/`, in the version that is there now. */
  asset(path: string): string;
}
