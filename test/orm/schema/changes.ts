/** One change a case, whose SQL is stated for each dialect. */
import type { Renames } from "../../../src/orm/schema/renames.ts";
import { type DraftColumn, type DraftTable, integer, text, varchar } from "./drafts.ts";

export interface ChangeCase {
  readonly title: string;
  readonly from: DraftTable[];
  readonly to: DraftTable[];
  readonly renames?: Renames;
}

const id: DraftColumn = { name: "id", type: integer, key: true, counted: true };
const users = (...columns: DraftColumn[]): DraftTable => ({ name: "users", columns: [id, ...columns] });
const posts = (...columns: DraftColumn[]): DraftTable => ({ name: "posts", columns: [id, ...columns] });
const email: DraftColumn = { name: "email", type: varchar(50) };
const age: DraftColumn = { name: "age", type: integer, nullable: true };
const author: DraftColumn = { name: "author_id", type: integer, nullable: true };
const referring: DraftColumn = { ...author, references: "users", onDelete: "cascade" };

export const changeCases: readonly ChangeCase[] = [
  {
    title: "create a table",
    from: [],
    to: [
      users(
        { ...email, unique: true, default: "it's" },
        { name: "active", type: { kind: "boolean" }, default: true },
      ),
    ],
  },
  { title: "drop a table", from: [users()], to: [] },
  {
    title: "rename a table",
    from: [users({ ...age, check: "> 0" })],
    to: [{ ...users({ ...age, check: "> 0" }), name: "people" }],
    renames: { renamed: [{ from: "users", to: "people" }] },
  },
  { title: "add a column", from: [users()], to: [users(age)] },
  { title: "add a column that must have a value", from: [users()], to: [users({ ...age, nullable: false })] },
  { title: "drop a column", from: [users(age)], to: [users()] },
  {
    title: "rename a column",
    from: [users({ ...age, index: true })],
    to: [users({ ...age, name: "years", index: true })],
    renames: { renamed: [{ from: "users.age", to: "users.years" }] },
  },
  { title: "change a type", from: [users(age)], to: [users({ ...age, type: text })] },
  { title: "shorten a text", from: [users(email)], to: [users({ ...email, type: varchar(20) })] },
  { title: "forbid nulls", from: [users(age)], to: [users({ ...age, nullable: false })] },
  { title: "change a default", from: [users(age)], to: [users({ ...age, default: 18 })] },
  { title: "add an index", from: [users(age)], to: [users({ ...age, index: true })] },
  { title: "drop an index", from: [users({ ...age, index: true })], to: [users(age)] },
  { title: "add a unique constraint", from: [users(age)], to: [users({ ...age, unique: true })] },
  { title: "drop a unique constraint", from: [users({ ...age, unique: true })], to: [users(age)] },
  { title: "add a check", from: [users(age)], to: [users({ ...age, check: "> 0" })] },
  { title: "drop a check", from: [users({ ...age, check: "> 0" })], to: [users(age)] },
  { title: "add a foreign key", from: [users(), posts(author)], to: [users(), posts(referring)] },
  { title: "drop a foreign key", from: [users(), posts(referring)], to: [users(), posts(author)] },
  {
    title: "change the primary key",
    from: [users({ ...age, nullable: false })],
    to: [
      {
        name: "users",
        columns: [
          { ...id, counted: false },
          { ...age, nullable: false, key: true },
        ],
      },
    ],
  },
];
