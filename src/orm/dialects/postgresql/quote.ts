/** Names in SQL as PostgreSQL takes them; it would cut a longer one short in silence. */
import { checkedIdentifier } from "../identifier.ts";

/** `"name"`. Throws `LMP_ORM_IDENTIFIER_INVALID`. */
export function quote(identifier: string): string {
  const name = checkedIdentifier(identifier, "63 bytes", (text) => Buffer.byteLength(text) <= 63);
  return `"${name.replaceAll('"', '""')}"`;
}
