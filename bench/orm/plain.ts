/**
 * Makes the answers of all candidates alike, so that they can be compared with deep equality: entities become plain
 * objects of the columns and the relations that were asked for, relations are sorted by key, and rows of a link table
 * give way to what they lead to. No value is converted: a boolean must be a boolean, and a date a `Date`.
 */
import { deepStrictEqual } from "node:assert/strict";

type Fields = Readonly<Record<string, unknown>>;
type Plain = (row: Fields) => object;

/** The related rows that the operation has loaded; nothing is asked of the database for it. */
function related(value: unknown, plain: Plain): unknown {
  const rows = (value as { loaded?: unknown }).loaded ?? value;
  const made = Array.from(rows as Iterable<Fields>, plain) as { id: number }[];
  return made.toSorted((a, b) => a.id - b.id);
}

function plainTag({ id, name }: Fields): object {
  return { id, name };
}

function plainPost(row: Fields): object {
  const { id, title, body, published, createdAt } = row;
  const authorId = row.authorId ?? (row.author as Fields | undefined)?.id;
  return { id, authorId, title, body, published, createdAt };
}

function plainUser(row: Fields, wanted: { posts: boolean; tags: boolean }): object {
  const { id, name, email, age, balance, active, createdAt } = row;
  const links = row.userTags as Iterable<{ tag: Fields }> | undefined;
  const tags = wanted.tags && (links === undefined ? row.tags : Array.from(links, ({ tag }) => tag));
  return {
    ...{ id, name, email, age, balance, active, createdAt },
    ...(wanted.posts ? { posts: related(row.posts, plainPost) } : {}),
    ...(wanted.tags ? { tags: related(tags, plainTag) } : {}),
  };
}

function plainEntry({ id, kind, message, important, createdAt }: Fields): object {
  return { id, kind, message, important, createdAt };
}

function plainUsers(rows: unknown, relations: "none" | "posts" | "all"): object[] {
  const wanted = { posts: relations !== "none", tags: relations === "all" };
  return (rows as Fields[]).map((row) => plainUser(row, wanted));
}

function plainPage(answer: unknown): object {
  const { rows, total } = answer as { rows: Fields[]; total: unknown };
  return { rows: plainUsers(rows, "none"), total };
}

const plainAnswers: Readonly<Record<string, (answer: unknown) => unknown>> = {
  "find-by-key": (answer) => plainUser(answer as Fields, { posts: false, tags: false }),
  "list-100": (answer) => plainUsers(answer, "none"),
  "users-20-posts-200": (answer) => plainUsers(answer, "posts"),
  "relations-100": (answer) => plainUsers(answer, "all"),
  page: plainPage,
  "insert-one": (answer) => plainEntry(answer as Fields),
};

/** The answer to a scenario in the form that is compared. */
export function plainAnswer(scenario: string, answer: unknown): unknown {
  return plainAnswers[scenario]?.(answer);
}

/** A row of `stateColumns`, read raw: the ways in which drivers give booleans and timestamps are made one. */
export function plainState(row: object): object {
  const made: Record<string, unknown> = { ...row };
  if ("important" in made) made.important = Boolean(made.important);
  if ("created_at" in made) {
    const moment = made.created_at;
    const text = typeof moment === "bigint" ? Number(moment) : (moment as number | string | Date);
    made.created_at = new Date(text).toISOString();
  }
  for (const name of ["id", "balance"]) if (name in made) made[name] = Number(made[name]);
  return made;
}

/** How two answers differ, or nothing where they do not. */
export function difference(wanted: unknown, found: unknown): string | undefined {
  try {
    deepStrictEqual(found, wanted);
    return undefined;
  } catch (error) {
    // The beginning says enough of 1,100 rows.
    return (error as Error).message.split("\n", 20).join("\n");
  }
}
