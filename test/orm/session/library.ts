/** A small library: models that refer to each other in every way. */
import { type AnyModel, belongsTo, hasMany, integer, manyToMany, model, varchar, version } from "limpid/orm";

export const Author = model(
  "authors",
  {
    id: integer().primaryKey(),
    name: varchar(50),
    email: varchar(80).unique().nullable(),
    favouriteId: integer()
      .nullable()
      .references(() => Book.id),
  },
  {
    get books() {
      return hasMany(Book, "authorId");
    },
    get favourite() {
      return belongsTo(Book, "favouriteId");
    },
  },
);

export const Book = model(
  "books",
  {
    id: integer().primaryKey(),
    authorId: integer().references(() => Author.id),
    title: varchar(50),
    pages: integer().default(100),
    version: version(),
  },
  {
    get author() {
      return belongsTo(Author, "authorId");
    },
    get tags() {
      return manyToMany(Tag, BookTag, "bookId", "tagId");
    },
  },
);

export const Tag = model("tags", { id: integer().primaryKey(), name: varchar(50).unique() });

export const BookTag = model("book_tags", {
  bookId: integer()
    .primaryKey()
    .references(() => Book.id, { onDelete: "cascade" }),
  tagId: integer()
    .primaryKey()
    .references(() => Tag.id),
});

/** A tree: rows that refer to rows of their own table. */
export const Folder = model("folders", {
  id: integer().primaryKey(),
  parentId: integer()
    .nullable()
    .references(() => Folder.id),
  name: varchar(50),
});

export const library: readonly AnyModel[] = [Author, Book, Tag, BookTag, Folder];
