/** What the tests of the compilers use of each dialect. */
import * as mysqlCompile from "../../../src/orm/dialects/mysql/compile.ts";
import { encoder as mysqlEncoder } from "../../../src/orm/dialects/mysql/values.ts";
import * as postgresqlCompile from "../../../src/orm/dialects/postgresql/compile.ts";
import { encoder as postgresqlEncoder } from "../../../src/orm/dialects/postgresql/values.ts";
import * as sqliteCompile from "../../../src/orm/dialects/sqlite/compile.ts";
import { encoder as sqliteEncoder } from "../../../src/orm/dialects/sqlite/values.ts";

export const dialects = {
  sqlite: { ...sqliteCompile, encoder: sqliteEncoder },
  postgresql: { ...postgresqlCompile, encoder: postgresqlEncoder },
  mysql: { ...mysqlCompile, encoder: mysqlEncoder },
};
