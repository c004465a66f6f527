/** What can be known of a statement that runs outside of a migration's transaction when its process dies. */
import type { DialectName } from "../model/column-type.ts";
import { condensed } from "./content-hash.ts";

/**
 * - `atomic`: it runs in one transaction with the note that it ran.
 * - `schema`: the schema tells whether it ran.
 * - `repeatable`: running it twice is the same as running it once.
 * - `unknown`: only a person can tell.
 */
export type StepSafety = "atomic" | "schema" | "repeatable" | "unknown";

/** What holds for a statement in a dialect. */
export function stepSafety(sql: string, dialect: DialectName): StepSafety {
  const text = condensed(sql, dialect).toUpperCase();
  const first = /^[A-Z]+/.exec(text)?.[0] ?? "";
  if (dialect === "sqlite") return /^(?:PRAGMA|VACUUM|ATTACH|DETACH)$/.test(first) ? "repeatable" : "atomic";
  if (dialect === "postgresql") {
    if (/\bCONCURRENTLY\b/.test(text)) return "schema";
    if (first === "VACUUM") return "repeatable";
    return /^(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)\b|^ALTER SYSTEM\b|^CALL\b/.test(text)
      ? "unknown"
      : "atomic";
  }
  if (/^(?:INSERT|UPDATE|DELETE|REPLACE|WITH|SELECT)$/.test(first)) return "atomic";
  if (/^(?:CREATE|ALTER|DROP|RENAME|TRUNCATE)$/.test(first)) return "schema";
  return /^(?:SET|ANALYZE|OPTIMIZE|GRANT|REVOKE|FLUSH)$/.test(first) ? "repeatable" : "unknown";
}
