/** What somebody said about names that went: renamed to what, or really gone. */
import { LimpidError } from "../../errors/index.ts";

/** `users` to `people`, or `posts.title` to `posts.headline`. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

export interface Renames {
  readonly renamed?: readonly Rename[];
  /** Tables and columns that are dropped, whatever comes beside: `posts.title`. */
  readonly dropped?: readonly string[];
}

/** Reads `users:people` or `posts.title:posts.headline`. Throws `LMP_ORM_OPTION_INVALID`. */
export function parseRename(text: string): Rename {
  const [from, to, ...rest] = text.split(":");
  const parts = (name: string | undefined) => (name?.split(".") ?? []).filter((part) => part !== "").length;
  if (from !== undefined && to !== undefined && rest.length === 0) {
    if (parts(from) === parts(to) && parts(from) >= 1 && parts(from) <= 2) return { from, to };
  }
  throw new LimpidError("LMP_ORM_OPTION_INVALID", "A rename is malformed.", {
    expected: "two tables or two columns with a colon between them",
    found: JSON.stringify(text),
    fix: "Write users:people for a table, posts.title:posts.headline for a column.",
  });
}
