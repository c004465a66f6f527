/** What a look at operations found to be dangerous for a database in use. */

export interface Finding {
  /** `index-blocks-writes`. */
  readonly name: string;
  /** `users`, or `users.email`. */
  readonly subject: string;
  readonly sentence: string;
  /** Statements that do the same without the danger, in order; lines that are sentences are comments (`-- …`). */
  readonly instead: readonly string[];
}
