/** Names in SQL as SQLite takes them. */
import { checkedIdentifier } from "../identifier.ts";

/** `"name"`. Throws `LMP_ORM_IDENTIFIER_INVALID`. */
export function quote(identifier: string): string {
  const name = checkedIdentifier(identifier, "255 characters", (text) => text.length <= 255);
  return `"${name.replaceAll('"', '""')}"`;
}
