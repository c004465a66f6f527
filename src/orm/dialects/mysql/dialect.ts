/** The dialect of MySQL and MariaDB, as one object. RETURNING is MariaDB's; a driver for MySQL says `none`. */
import type { Dialect } from "../dialect.ts";
import { compile, listShape } from "./compile.ts";
import { classify } from "./failures.ts";
import { quote } from "./quote.ts";
import { decoder, encoder, needsBigInts } from "./values.ts";

export const mysql: Dialect = {
  name: "mysql",
  features: {
    returning: "insert and delete",
    transactionalDdl: false,
    arrays: false,
    rowLocks: true,
    maxPlaceholders: 65_535,
  },
  quote,
  compile,
  listShape,
  // MariaDB 10.11 keeps the plan of the first values: with others, queries within queries lose rows and columns.
  runsAgain: (sql) => !/\(select\b|^with\b/i.test(sql),
  encoder,
  decoder,
  needsBigInts,
  classify,
};
