/** The dialect of PostgreSQL, as one object. */
import type { Dialect } from "../dialect.ts";
import { compile, listShape } from "./compile.ts";
import { classify } from "./failures.ts";
import { insertMany } from "./insert-many.ts";
import { quote } from "./quote.ts";
import { decoder, encoder, needsBigInts } from "./values.ts";

export const postgresql: Dialect = {
  name: "postgresql",
  features: {
    returning: "all",
    transactionalDdl: true,
    arrays: true,
    rowLocks: true,
    maxPlaceholders: 65_535,
  },
  quote,
  compile,
  insertMany,
  listShape,
  encoder,
  decoder,
  needsBigInts,
  classify,
};
