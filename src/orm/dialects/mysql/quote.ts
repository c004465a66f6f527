/** Names in SQL as MySQL and MariaDB take them. */
import { checkedIdentifier } from "../identifier.ts";

/** `` `name` ``. Throws `LMP_ORM_IDENTIFIER_INVALID`. */
export function quote(identifier: string): string {
  const name = checkedIdentifier(identifier, "64 characters", (text) => text.length <= 64);
  return `\`${name.replaceAll("`", "``")}\``;
}
