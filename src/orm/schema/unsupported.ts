/** The error for what a model asks and the database does not have. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";

const titles: Readonly<Record<DialectName, string>> = {
  sqlite: "SQLite",
  postgresql: "PostgreSQL",
  mysql: "MySQL",
};

/** `thing` in the plural: `arrays`; `fix` as an imperative. */
export function unsupported(dialect: DialectName, thing: string, found: string, fix: string): LimpidError {
  return new LimpidError("LMP_ORM_UNSUPPORTED", `${titles[dialect]} has no ${thing}.`, {
    expected: `a model that ${titles[dialect]} can hold`,
    found,
    fix,
  });
}
