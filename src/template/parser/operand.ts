/** The error about a tag that ends where its operand should stand. */
import type { Parsing } from "./parsing.ts";

export function requireOperand(parsing: Parsing, expected: string, fix: string): void {
  if (parsing.is("block end")) throw parsing.unexpected(expected, fix);
}
