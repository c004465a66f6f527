/** What all dialects write alike of the types of columns. */
import type { CustomColumnType, DialectName } from "../model/column-type.ts";
import { textLiteral } from "../schema/literal.ts";
import { unsupported } from "../schema/unsupported.ts";

/** The SQL of an application's own type. `what` names the column in the error: `users.email`. */
export function customTypeSql({ name, sql }: CustomColumnType, dialect: DialectName, what: string): string {
  const own = sql[dialect];
  if (own !== undefined) return own;
  const fix = `Give the type its SQL for "${dialect}".`;
  throw unsupported(dialect, `type "${name}"`, `the type "${name}" in ${what}`, fix);
}

/** The values of an enumeration, with commas. */
export function textsSql(values: readonly string[]): string {
  return values.map((value) => textLiteral(value)).join(", ");
}
