/** How PostgreSQL turns the values of a column into those of another type, and which ones would be cut. */

const texts = /^(?:varchar|text|character)/;
const wholes = /^(?:integer|bigint|smallint)$/;
const decimals = /^(?:numeric|double precision|real)/;

/** The expression behind USING. `column` is quoted. */
export function convertedSql(column: string, from: string, to: string): string {
  if (texts.test(from) && to === "bytea") return `convert_to(${column}, 'UTF8')`;
  if (from === "bytea" && texts.test(to)) return `convert_from(${column}, 'UTF8')`;
  if (wholes.test(from) && to === "boolean") return `${column} <> 0`;
  if (from === "boolean" && wholes.test(to)) return `${column}::integer`;
  if (from === "timestamp(3) with time zone" && to === "date") return `(${column} AT TIME ZONE 'UTC')::date`;
  if (from === "date" && to.endsWith("with time zone")) return `${column}::timestamp AT TIME ZONE 'UTC'`;
  return `${column}::${to}`;
}

/** What holds for values that another type would cut without an error; `undefined` where there are none. */
export function cutValuesSql(column: string, from: string, to: string): string | undefined {
  const length = /^varchar\((\d+)\)/.exec(to)?.[1];
  if (texts.test(from) && length !== undefined) {
    const before = /^varchar\((\d+)\)/.exec(from)?.[1];
    return before !== undefined && Number(before) <= Number(length)
      ? undefined
      : `char_length(${column}) > ${length}`;
  }
  if (decimals.test(from) && wholes.test(to)) return `${column} <> trunc(${column})`;
  if (decimals.test(from) && to.startsWith("numeric(")) {
    return `${column}::numeric <> round(${column}::numeric, ${/,(\d+)\)/.exec(to)?.[1] ?? 0})`;
  }
  if (from.startsWith("numeric") && to === "double precision")
    return `${column} <> ${column}::${to}::numeric`;
  if (from === "bigint" && to === "double precision") return `abs(${column}) > 9007199254740992`;
  if (texts.test(from) && wholes.test(to)) return `${column} <> ${column}::${to}::text`;
  if (wholes.test(from) && to === "boolean") return `${column} NOT IN (0, 1)`;
  if (from.startsWith("timestamp") && to === "date") {
    return `${column} AT TIME ZONE 'UTC' <> date_trunc('day', ${column} AT TIME ZONE 'UTC')`;
  }
  return from.startsWith("timestamp") && to.startsWith("time(") ? `${column} IS NOT NULL` : undefined;
}
