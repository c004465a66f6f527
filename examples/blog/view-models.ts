/** The types that the views name in their props comments. */
export type { Html } from "limpid";
export type { FormState } from "./form-state.ts";
export type { Links } from "./links.ts";
export type { Comment, Post } from "./models.ts";
export type { PostPage, PostSummary } from "./store/posts.ts";
