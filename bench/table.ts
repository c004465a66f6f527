/** Tables, for a terminal and as Markdown. */

/** A table; the first columns are text, the others are numbers. */
export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  leftAligned: number;
}

/** A table in columns. A first cell that says the same as the one above is left empty. */
export function plainTable({ head, rows, leftAligned }: Table): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line, number) => {
      const first = line[0] === lines[number - 1]?.[0] ? "" : (line[0] ?? "");
      return [first, ...line.slice(1)]
        .map((cell, column) =>
          column < leftAligned ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd();
    })
    .join("\n");
}

/** A table as Markdown. */
export function markdownTable({ head, rows, leftAligned }: Table): string {
  const rule = head.map((_, column) => (column < leftAligned ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
