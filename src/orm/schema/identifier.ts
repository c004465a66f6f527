/** Names as the SQL of each dialect writes them. Models have checked them; those of a database come as they are. */
import type { DialectName } from "../model/column-type.ts";

/** `"name"`, or `` `name` `` on MySQL; the quote inside a name is doubled. */
export function quoted(name: string, dialect: DialectName): string {
  if (dialect === "mysql") return `\`${name.replaceAll("`", "``")}\``;
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"a", "b"`. */
export function quotedList(names: readonly string[], dialect: DialectName): string {
  return names.map((name) => quoted(name, dialect)).join(", ");
}
