/** The `Date` line (RFC 9110 §6.6.1), made once a second: formatting it costs more than parsing a small request. */
import { formatHttpDate } from "../http/index.ts";

let line: string | undefined;

/** The field line with the current date as an IMF-fixdate, ended by CRLF. */
export function dateLine(): string {
  return line ?? newLine();
}

function newLine(): string {
  const now = Date.now();
  line = `Date: ${formatHttpDate(now)}\r\n`;
  // Asking the clock with every response would cost more than this timer. It does not keep the process alive.
  setTimeout(forget, 1000 - (now % 1000)).unref();
  return line;
}

function forget(): void {
  line = undefined;
}
