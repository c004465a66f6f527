/** How values are copied into a column of another type. STRICT tables refuse what they would have to change. */

/** The expression that is copied. SQLite turns texts and numbers into each other; bytes it does only when told. */
export function copiedSql(column: string, from: string, to: string): string {
  if (from === to || from === "ANY" || to === "ANY") return column;
  if (to === "BLOB") return `CAST(${column} AS BLOB)`;
  return from === "BLOB" ? `CAST(${column} AS TEXT)` : column;
}

/** What holds for values that STRICT would take and change; `undefined` where there are none. */
export function cutValuesSql(column: string, from: string, to: string): string | undefined {
  if (from === "INTEGER" && to === "REAL") return `abs(${column}) > 9007199254740992`;
  if (from === "REAL" && to === "TEXT") return `CAST(CAST(${column} AS TEXT) AS REAL) <> ${column}`;
  if (from === "TEXT" && to === "REAL") return `length(replace(replace(${column}, '.', ''), '-', '')) > 15`;
  return from === "TEXT" && to === "INTEGER"
    ? `CAST(CAST(${column} AS INTEGER) AS TEXT) <> ${column}`
    : undefined;
}
