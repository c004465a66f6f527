/** SQL that somebody wrote by hand, with its values and parts kept apart from its text. */

/** What the `sql` tag makes: texts, with a node of the tree between each two. Only the tag makes it, so data never is one. */
export interface RawSql {
  readonly texts: readonly string[];
  /** Parameters, columns, identifiers, other expressions. One fewer than `texts`. */
  readonly parts: readonly object[];
}
