/** Tables with a column of every type, twice: what goes into one at once goes into the other row by row. */
import fc from "fast-check";
import {
  array,
  bigint,
  boolean,
  bytes,
  customType,
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
import { columns } from "../values/columns.ts";

const point = customType<readonly number[]>({
  name: "point",
  sql: { sqlite: "TEXT", postgresql: "text", mysql: "longtext" },
  encode: (value) => value.join(" "),
  decode: (value) => String(value).split(" ").map(Number),
});

const shared = {
  id: integer().primaryKey(),
  key: integer().unique(),
  whole: integer().nullable(),
  large: bigint().nullable(),
  part: real().nullable(),
  exact: numeric(22, 2).nullable(),
  rounded: numeric(10, 2).asNumber().nullable(),
  short: varchar(5).nullable(),
  long: text().nullable(),
  yes: boolean().nullable(),
  at: timestamp().nullable(),
  day: date().nullable(),
  clock: time().nullable(),
  data: json().nullable(),
  code: uuid().nullable(),
  raw: bytes().nullable(),
  state: enumeration(["draft", "published", "it's", "größe"]).nullable(),
  stated: text().default("open"),
  made: integer().default(() => 7),
  counted: integer().default(sql`42`),
};

const others = {
  ...shared,
  place: point().nullable(),
  words: array(text()).nullable(),
  pairs: array(array(integer())).nullable(),
  octets: array(bytes()).nullable(),
  days: array(timestamp()).nullable(),
  datas: array(json()).nullable(),
};

/** Without and with columns that PostgreSQL cannot take in arrays of columns. */
export const Bulk = model("bulk", shared);
export const Single = model("single", shared);
export const OtherBulk = model("other_bulk", others);
export const OtherSingle = model("other_single", others);

/** Where the values of a column come from. */
const sources: Readonly<Record<string, keyof typeof columns>> = {
  whole: "integer",
  large: "bigint",
  part: "real",
  exact: "numeric",
  rounded: "numeric as a number",
  short: "varchar",
  long: "text",
  yes: "boolean",
  at: "timestamp",
  day: "date",
  clock: "time",
  data: "json",
  code: "uuid",
  raw: "bytes",
  state: "enumeration",
  place: "custom",
  words: "array of text",
  pairs: "array of arrays",
  octets: "array of bytes",
  days: "array of timestamps",
  datas: "array of json",
};

export type Values = Record<string, unknown>;

interface RowOptions {
  /** The columns beside the usual ones. */
  readonly other?: boolean;
  /** Whether there may be expressions among the values. */
  readonly expressions?: boolean;
}

const tricky = ["", " ", "NULL", "null", "{}", '"', "\\", "{a,b}", "'", "\\N", "a\tb\n\r", "😀é\u2028"];

/** Rows whose keys count from `first` on; some leave columns out. */
export function someRows(random: Random, count: number, first: number, options: RowOptions = {}): Values[] {
  const samples = new Map(
    Object.entries(sources).map(([name, source]) => {
      const values = columns[source]?.values ?? fc.constant(null);
      return [name, fc.sample(values, { numRuns: 40, seed: random.below(2 ** 30) })];
    }),
  );
  samples.get("long")?.push(...tricky);
  const names = Object.keys(options.other === true ? others : shared);
  const sparse = random.oneIn(3);
  return Array.from({ length: count }, (_, index) => {
    const row: Values = { key: first + index };
    for (const name of names) {
      const values = samples.get(name);
      if (values === undefined) Object.assign(row, defaultsOf(name, random));
      else if (!sparse || random.oneIn(2)) row[name] = random.oneIn(5) ? null : random.pick(values);
    }
    if (options.expressions === true && random.oneIn(6)) Object.assign(row, expressionOf(random));
    return row;
  });
}

/** Columns with a default are named now and then, by `undefined` too. */
function defaultsOf(name: string, random: Random): Values {
  if (name === "stated") return random.pick<Values>([{}, {}, { stated: "shut" }, { stated: undefined }]);
  if (name === "counted") return random.pick<Values>([{}, {}, { counted: 1 }, { counted: undefined }]);
  return name === "made" && random.oneIn(3) ? { made: 8 } : {};
}

function expressionOf(random: Random): Readonly<Record<string, Expression<unknown>>> {
  return random.oneIn(2) ? { whole: sql`1 + ${random.below(9)}` } : { long: sql`lower(${"ABC"})` };
}
