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
  encoder,
  decoder,
  needsBigInts,
  classify,
};
