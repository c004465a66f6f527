/** Every class of messages that is refused, for the parser's tests and for those over a socket. */
import type { ThreatRow } from "../row.ts";
import { chunkRows } from "./chunks.ts";
import { fieldLineRows } from "./field-lines.ts";
import { sizeRows } from "./sizes.ts";
import { startLineRows } from "./start-lines.ts";
import { transferEncodingRows } from "./transfer-encoding.ts";

export const refusedRows: readonly ThreatRow[] = [
  ...transferEncodingRows,
  ...sizeRows,
  ...chunkRows,
  ...fieldLineRows,
  ...startLineRows,
];
