/** The `Date` field (RFC 9110 §6.6.1), made once a second: formatting it costs more than parsing a small request. */
import { formatHttpDate } from "../http/index.ts";

let second = -1;
let text = "";

/** The current date as an IMF-fixdate. */
export function currentDate(): string {
  const now = Date.now();
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    text = formatHttpDate(now);
  }
  return text;
}
