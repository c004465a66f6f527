/** The models of the random units of work: keys that are counted, given and composite, references of every kind. */
import {
  type AnyModel,
  belongsTo,
  hasMany,
  hasOne,
  integer,
  json,
  manyToMany,
  model,
  sql,
  varchar,
  version,
} from "limpid/orm";

export const Writer = model(
  "writers",
  {
    id: integer().primaryKey(),
    name: varchar(30),
    email: varchar(30).nullable().unique(),
    mood: json<{ n: number }>().default({ n: 0 }),
    shown: varchar(40).generated(sql`upper(name)`),
  },
  {
    get books() {
      return hasMany(Book, "writerId");
    },
    get desk() {
      return hasOne(Desk, "writerId");
    },
  },
);

export const Book = model(
  "books",
  {
    id: integer().primaryKey(),
    writerId: integer()
      .nullable()
      .references(() => Writer.id),
    title: varchar(30),
    version: version(),
  },
  {
    get writer() {
      return belongsTo(Writer, "writerId");
    },
    get tags() {
      return manyToMany(Tag, BookTag, "bookId", "tagCode");
    },
  },
);

export const Desk = model("desks", {
  id: integer().primaryKey(),
  writerId: integer()
    .unique()
    .references(() => Writer.id, { onDelete: "cascade" }),
  wood: varchar(30).default("oak"),
});

export const Tag = model("tags", { code: varchar(10).primaryKey(), label: varchar(30) });

export const BookTag = model("book_tags", {
  bookId: integer()
    .primaryKey()
    .references(() => Book.id, { onDelete: "cascade" }),
  tagCode: varchar(10)
    .primaryKey()
    .references(() => Tag.code, { onDelete: "cascade" }),
  weight: integer().default(0),
});

export const Leaf = model(
  "leaves",
  {
    id: integer().primaryKey(),
    parentId: integer()
      .nullable()
      .references(() => Leaf.id),
    name: varchar(30),
  },
  {
    get parent() {
      return belongsTo(Leaf, "parentId");
    },
    get children() {
      return hasMany(Leaf, "parentId");
    },
  },
);

export const shelf: readonly AnyModel[] = [Writer, Book, Desk, Tag, BookTag, Leaf];
export type ModelName = "writers" | "books" | "desks" | "tags" | "book_tags" | "leaves";

export const models: Readonly<Record<ModelName, AnyModel>> = {
  writers: Writer,
  books: Book,
  desks: Desk,
  tags: Tag,
  book_tags: BookTag,
  leaves: Leaf,
};

/** The columns that are written. */
export const columns: Readonly<Record<ModelName, readonly string[]>> = {
  writers: ["id", "name", "email", "mood"],
  books: ["id", "writerId", "title", "version"],
  desks: ["id", "writerId", "wood"],
  tags: ["code", "label"],
  book_tags: ["bookId", "tagCode", "weight"],
  leaves: ["id", "parentId", "name"],
};

/** The columns by which a row is found. */
export const keys: Readonly<Record<ModelName, readonly string[]>> = {
  writers: ["id"],
  books: ["id"],
  desks: ["id"],
  tags: ["code"],
  book_tags: ["bookId", "tagCode"],
  leaves: ["id"],
};

interface ForeignKey {
  readonly from: ModelName;
  readonly column: string;
  readonly to: ModelName;
  readonly cascade: boolean;
}

export const foreignKeys: readonly ForeignKey[] = [
  { from: "books", column: "writerId", to: "writers", cascade: false },
  { from: "desks", column: "writerId", to: "writers", cascade: true },
  { from: "book_tags", column: "bookId", to: "books", cascade: true },
  { from: "book_tags", column: "tagCode", to: "tags", cascade: true },
  { from: "leaves", column: "parentId", to: "leaves", cascade: false },
];

/** Columns in which no two rows have the same. */
export const uniques: readonly { readonly table: ModelName; readonly column: string }[] = [
  { table: "writers", column: "email" },
  { table: "desks", column: "writerId" },
];
