// Written by `limpid check --types` from the props comments of the templates.
import type { Comment, FormState, Html, Links, Post, PostPage, PostSummary } from "./view-models.ts";

/** The templates, each with what it is rendered with. */
export interface Views {
  "error.html": {
    links: Links;
    notice: string | undefined;
    status: number;
    heading: string;
    text: string;
    requestId: string | undefined;
  };
  "layout.html": { links: Links; notice: string | undefined };
  "macros/forms.html": Record<string, unknown>;
  "macros/text.html": Record<string, unknown>;
  "partials/comment.html": { comment: Comment };
  "partials/notice.html": { notice: string | undefined };
  "partials/pagination.html": { links: Links; page: number; pages: number };
  "partials/picture.html": { src: string; look: string; lazy: boolean };
  "partials/post-card.html": { links: Links; post: PostSummary };
  "posts/delete.html": {
    links: Links;
    guard: Html;
    notice: string | undefined;
    post: Post;
    comments: number;
  };
  "posts/form.html": {
    links: Links;
    guard: Html;
    notice: string | undefined;
    post: Pick<Post, "slug" | "picture"> | undefined;
    form: FormState;
  };
  "posts/list.html": { links: Links; notice: string | undefined; list: PostPage };
  "posts/show.html": {
    links: Links;
    guard: Html;
    notice: string | undefined;
    post: Post;
    comments: readonly Comment[];
    form: FormState;
  };
}
