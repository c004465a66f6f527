/** The value that stands for one that is gone, where there must be one. */
import type { DialectName } from "../model/column-type.ts";

const byType: readonly (readonly [RegExp, string])[] = [
  [/\[\]$/, "'{}'"],
  [/^(?:integer|bigint|smallint|int|tinyint|mediumint|real|double|float|numeric|decimal)/i, "0"],
  [/^boolean/i, "false"],
  [/^(?:timestamp|datetime)/i, "'1970-01-01 00:00:00'"],
  [/^date/i, "'1970-01-01'"],
  [/^time/i, "'00:00:00'"],
  [/^json/i, "'null'"],
  [/^uuid|^char\(36\)/i, "'00000000-0000-0000-0000-000000000000'"],
];

/** A literal that a column of the type takes: 0, the empty text, 1970. */
export function neutralLiteral(type: string, dialect: DialectName): string {
  if (dialect === "sqlite" && /^blob/i.test(type)) return "x''";
  return byType.find(([pattern]) => pattern.test(type))?.[1] ?? "''";
}
