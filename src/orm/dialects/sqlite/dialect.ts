/** The dialect of SQLite, as one object. */
import type { Dialect } from "../dialect.ts";
import { compile, listShape } from "./compile.ts";
import { classify } from "./failures.ts";
import { quote } from "./quote.ts";
import { decoder, encoder, needsBigInts } from "./values.ts";

export const sqlite: Dialect = {
  name: "sqlite",
  features: {
    returning: "all",
    transactionalDdl: true,
    arrays: false,
    rowLocks: false,
    maxPlaceholders: 32_766,
  },
  quote,
  compile,
  listShape,
  encoder,
  decoder,
  needsBigInts,
  classify,
};
