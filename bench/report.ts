/** What a command found, as a table to read and as data to go on with. */
import type { Spread } from "./statistics.ts";
import type { Table } from "./table.ts";

/** The result of a command. */
export interface Report {
  title: string;
  table: Table;
  /** A shorter table for a document, where there is one. */
  overview?: Table;
  data: unknown;
  /** What the same command has found besides, each with a table of its own. */
  further?: readonly Report[];
}

/** A median with the smallest and the largest. */
export function spreadText({ median, least, most }: Spread): string {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}
