/** Names of constraints and indexes, made from what they are for. */
import type { ConstraintKind } from "./schema.ts";

/** PostgreSQL cuts names behind 63 bytes by itself, and two could become one. */
const longest = 60;

/**
 * `users_email_key`, the same in every dialect. Longer than 60 bytes: cut, with a hash of the whole behind, so that the
 * same things always have the same name and different ones a different one.
 */
export function constraintName(kind: ConstraintKind, table: string, columns: readonly string[]): string {
  const name = [table, ...columns, kind].join("_");
  if (Buffer.byteLength(name) <= longest) return name;
  const tail = `_${fnv1a64([kind, table, ...columns].join("\0"))
    .toString(16)
    .padStart(16, "0")}_${kind}`;
  return cutToBytes(name, longest - tail.length) + tail;
}

/** At most so many bytes of UTF-8, without half a character at the end. */
function cutToBytes(text: string, bytes: number): string {
  let cut = "";
  for (const character of text) {
    if (Buffer.byteLength(cut) + Buffer.byteLength(character) > bytes) break;
    cut += character;
  }
  return cut;
}

/** FNV-1a with 64 bits: names need no secret, only spread. */
function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
