/** Which values MySQL would cut, with or without a warning, when a column gets another type. */

const texts = /^(?:varchar|char|text|longtext|mediumtext|tinytext)/;
const wholes = /^(?:int|bigint|smallint|mediumint|tinyint)/;
const decimals = /^(?:decimal|double|float)/;
const limits: readonly (readonly [RegExp, string])[] = [
  [/^tinyint/, "-128 AND 127"],
  [/^smallint/, "-32768 AND 32767"],
  [/^mediumint/, "-8388608 AND 8388607"],
  [/^int/, "-2147483648 AND 2147483647"],
];

/** What holds for them; `undefined` where there are none. `column` is quoted. */
export function cutValuesSql(column: string, from: string, to: string): string | undefined {
  const length = /^(?:var)?char\((\d+)\)/.exec(to)?.[1];
  if (texts.test(from) && length !== undefined) {
    const before = /^(?:var)?char\((\d+)\)/.exec(from)?.[1];
    const fits = before !== undefined && Number(before) <= Number(length);
    if (fits && !/character set/.test(to)) return undefined;
    const foreign = / character set ascii/.test(to) ? ` OR ${column} <> CONVERT(${column} USING ascii)` : "";
    return `CHAR_LENGTH(${column}) > ${length}${foreign}`;
  }
  if (decimals.test(from) && wholes.test(to)) return `${column} <> TRUNCATE(${column}, 0)`;
  if (decimals.test(from) && to.startsWith("decimal(")) {
    return `${column} <> ROUND(${column}, ${/,(\d+)\)/.exec(to)?.[1] ?? 0})`;
  }
  if (wholes.test(from) && wholes.test(to)) {
    const limit = limits.find(([pattern]) => pattern.test(to))?.[1];
    return limit === undefined ? undefined : `${column} NOT BETWEEN ${limit}`;
  }
  if (/^(?:bigint|decimal)/.test(from) && to === "double") return `ABS(${column}) > 9007199254740992`;
  if (texts.test(from) && wholes.test(to)) return `${column} <> CAST(CAST(${column} AS SIGNED) AS CHAR)`;
  if (from.startsWith("datetime") && to === "date") return `${column} <> DATE(${column})`;
  return from.startsWith("datetime") && to.startsWith("time(") ? `${column} IS NOT NULL` : undefined;
}
