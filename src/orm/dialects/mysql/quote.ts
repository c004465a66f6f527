/** Names in SQL as MySQL and MariaDB take them. */
import { checkedIdentifier } from "../identifier.ts";

/** `` `name` ``. Throws `LMP_ORM_IDENTIFIER_INVALID`, also for characters beyond U+FFFF, which names cannot have. */
export function quote(identifier: string): string {
  const name = checkedIdentifier(identifier, "64 characters up to U+FFFF", fits);
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A character beyond U+FFFF is two units, the first of which is a high surrogate. */
function fits(name: string): boolean {
  return name.length <= 64 && !/[\ud800-\udbff]/.test(name);
}
