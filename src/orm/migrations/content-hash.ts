/** The identity of a migration: a hash of what it builds upon and what it does. */
import type { DialectName } from "../model/column-type.ts";
import type { Direction, MigrationSection, MigrationStatement } from "./migration.ts";
import { scriptTokens } from "./script-token.ts";

/** Hexadecimal digits of a hash: 128 bits. */
export const HASH_LENGTH = 32;

/** The hash of a migration in SQL. Comments, white space and the order of its sections do not count. */
export function hashOfSql(
  parents: readonly string[],
  sections: Readonly<Record<Direction, ReadonlyMap<DialectName, MigrationSection>>>,
): string {
  const parts: unknown[] = [parents.toSorted()];
  for (const direction of ["up", "down"] as const) {
    const dialects = [...sections[direction]].sort(([left], [right]) => (left < right ? -1 : 1));
    for (const [dialect, { statements, transaction }] of dialects) {
      parts.push([direction, dialect, transaction, statements.map((one) => essence(one, dialect))]);
    }
  }
  return digest(JSON.stringify(parts));
}

/** The hash of a migration in TypeScript: of its text, whatever ends its lines. */
export function hashOfModule(text: string): string {
  return digest(text.replaceAll("\r\n", "\n"));
}

/** The checksum of one statement. */
export function checksum(statement: MigrationStatement, dialect: DialectName): string {
  return digest(JSON.stringify(essence(statement, dialect))).slice(0, 12);
}

function essence({ sql, guard, rebuild }: MigrationStatement, dialect: DialectName): unknown[] {
  return [condensed(sql, dialect), guard ?? null, rebuild ?? null];
}

/** A statement without its comments, and with one space for each stretch of white space outside of quotes. */
export function condensed(sql: string, dialect: DialectName): string {
  let text = "";
  for (const token of scriptTokens(sql, dialect)) {
    if (token.kind !== "space" && token.kind !== "comment") text += token.text;
    else if (!text.endsWith(" ")) text += " ";
  }
  return text.trim();
}

export function digest(text: string): string {
  const { hash } = process.getBuiltinModule("node:crypto");
  return hash("sha256", text).slice(0, HASH_LENGTH);
}
