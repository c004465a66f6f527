/** Two tables with a column of every kind, and random rows for them that are few enough to be equal now and then. */
import {
  type AnyModel,
  bigint,
  boolean,
  bytes,
  type Database,
  date,
  type Expression,
  enumeration,
  integer,
  json,
  model,
  numeric,
  real,
  sql,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from "limpid/orm";
import type { Random } from "../../http/threats/random.ts";
import type { Kind, Scalar } from "./scalar.ts";

const moods = ["calm", "Calm", "wild"] as const;

/** What the JSON of a thing is like. */
interface Data {
  readonly word?: string | null;
  readonly list?: readonly (string | number | boolean | null)[];
}

/** Paths into it. */
export const paths: readonly (readonly (string | number)[])[] = [["word"], ["list", 0], ["list", 1]];

export const Thing = model("things", {
  id: integer().primaryKey(),
  whole: integer().nullable(),
  other: integer().default(0),
  part: real().nullable(),
  word: varchar(20).nullable(),
  note: text().nullable(),
  yes: boolean().nullable(),
  big: bigint().nullable(),
  price: numeric(10, 2).nullable(),
  at: timestamp().nullable(),
  day: date().nullable(),
  clock: time().nullable(),
  code: uuid().nullable(),
  raw: bytes().nullable(),
  mood: enumeration(moods).nullable(),
  data: json<Data>().nullable(),
});

export const Piece = model("pieces", {
  id: integer().primaryKey(),
  thingId: integer().nullable(),
  whole: integer().nullable(),
  word: varchar(20).nullable(),
  yes: boolean().default(false),
  price: numeric(10, 2).nullable(),
  at: timestamp().nullable(),
});

export const models: readonly AnyModel[] = [Thing, Piece];

/** The kinds of the columns of both tables. */
export const columnKinds: Readonly<Record<string, Kind>> = {
  id: "integer",
  thingId: "integer",
  whole: "integer",
  other: "integer",
  part: "real",
  word: "text",
  note: "text",
  yes: "boolean",
  big: "bigint",
  price: "decimal",
  at: "moment",
  day: "day",
  clock: "time",
  code: "uuid",
  raw: "bytes",
  mood: "mood",
};

/** Columns whose texts have letters that not every database knows the capitals of. */
export const wideColumns: ReadonlySet<string> = new Set(["note"]);

export type Row = Readonly<Record<string, Scalar>>;

/** The text at a path of a row's JSON. */
export function textAt(row: Row | undefined, path: readonly (string | number)[]): string | null {
  let found: unknown = row?.data;
  for (const step of path)
    found =
      typeof found === "object" && found !== null
        ? (found as Record<string | number, unknown>)[step]
        : undefined;
  return found === undefined || found === null ? null : String(found);
}

function someData(random: Random): Data {
  const item = (): string | number | boolean | null =>
    random.pick(["a", "Ab", "", 1, -7, 1.5, true, false, null]);
  const word = random.oneIn(4) ? null : random.pick(plain);
  return { ...(random.oneIn(4) ? undefined : { word }), list: Array.from({ length: random.below(3) }, item) };
}

/** A model or its alias as the generators see it. */
export type Columns = Readonly<Record<string, Expression<unknown>>>;

const plain = [
  "",
  "a",
  "A",
  "b",
  "ab",
  "Ab",
  "a%",
  "a_b",
  "%",
  "_",
  "a\\b",
  "\\",
  "*",
  "a?",
  "[a]",
  "a'b",
  '"',
  "ba",
];
const wide = [...plain, "é", "É", "aé", "ñ_%", "😀", "a😀b", "日本", "\uffe0"];

/** A value of a kind, out of few. */
export function someValue(kind: Kind, random: Random, isWide = false): NonNullable<Scalar> {
  switch (kind) {
    case "integer":
      return random.oneIn(8) ? random.pick([-9, 100, 12]) : random.between(-3, 4);
    case "real":
      return random.between(-6, 6) / 2;
    case "text":
      return random.pick(isWide ? wide : plain);
    case "boolean":
      return random.oneIn(2);
    case "bigint":
      return random.pick([0n, 1n, -1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 60n), 2n ** 62n]);
    case "decimal":
    case "amount":
      return random.pick(["0.00", "1.00", "-1.50", "9.00", "10.00", "10.50", "12345.75", "-0.25"]);
    case "moment":
      return new Date(random.pick([0, 1, -1, 951_782_400_123, 1_700_000_000_000, -62_135_596_800_000]));
    case "day":
      return random.pick(["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31", "1969-12-31"]);
    case "time":
      return random.pick(["00:00:00", "23:59:59", "12:00:00.001", "12:00:00"]);
    case "uuid":
      return `${random.pick(["0", "9", "f"])}0000000-0000-4000-8000-00000000000${random.pick(["0", "a"])}`;
    case "bytes":
      return random.pick([[], [0], [0, 1], [255], [97, 92, 39]].map((octets) => new Uint8Array(octets)));
    case "mood":
      return random.pick(moods);
  }
}

/** Rows for both tables, most columns null now and then. */
export interface Rows {
  readonly things: readonly Row[];
  readonly pieces: readonly Row[];
}

export function someRows(random: Random): Rows {
  const row = (columns: Columns, id: number): Row => {
    const values: Record<string, Scalar> = { id };
    for (const name of Object.keys(columns)) {
      const kind = columnKinds[name];
      if (name === "id" || kind === undefined) continue;
      const isNever = name === "other" || (columns === pieceColumns && name === "yes");
      values[name] = random.oneIn(4) && !isNever ? null : someValue(kind, random, wideColumns.has(name));
    }
    return values;
  };
  const many = (columns: Columns, most: number): Row[] =>
    Array.from({ length: random.between(0, most) }, (_, index) => row(columns, index + 1));
  const things = many(thingColumns, 12).map(
    (thing): Row => ({ ...thing, data: random.oneIn(4) ? null : (someData(random) as never) }),
  );
  const pieces = many(pieceColumns, 12).map((piece) => ({
    ...piece,
    thingId: random.oneIn(5) ? null : random.between(1, 12),
  }));
  return { things, pieces };
}

export const thingColumns = Thing as unknown as Columns;
export const pieceColumns = Piece as unknown as Columns;

/** Makes the rows those of the database. */
export async function fill(db: Database, { things, pieces }: Rows): Promise<void> {
  await db.delete(Thing);
  await db.delete(Piece);
  await db.insert(Thing).values(things as never);
  await db.insert(Piece).values(pieces as never);
  // Without figures PostgreSQL expects so many rows that it compiles each query to machine code.
  if (db.dialect === "postgresql") await db.execute(sql`analyze ${Thing}, ${Piece}`);
}
