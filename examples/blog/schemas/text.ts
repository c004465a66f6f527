/** Text that somebody typed, brought into one form before it is measured and kept. */
import { z } from "zod";

interface Bounds {
  /** What to say where there is nothing. */
  readonly missing: string;
  /** In characters as a browser counts them (UTF-16 code units). */
  readonly longest: number;
}

/** One line: white space of any kind, line breaks too, is a single space. */
export function line({ missing, longest }: Bounds) {
  return z
    .string({ error: missing })
    .transform((text) => storable(text).replace(/\s+/g, " ").trim())
    .pipe(z.string().min(1, missing).max(longest, tooLong(longest)));
}

/** Several lines. A browser sends line breaks as CR LF (HTML standard §4.10.21.4); they are kept as LF. */
export function lines({ missing, longest }: Bounds) {
  return z
    .string({ error: missing })
    .transform((text) => storable(text).replace(/\r\n?/g, "\n").trim())
    .pipe(z.string().min(1, missing).max(longest, tooLong(longest)));
}

/** No database keeps half of a surrogate pair, and PostgreSQL no NUL: both become U+FFFD, as in browsers. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

function tooLong(longest: number): string {
  return `Use at most ${longest.toLocaleString("en")} characters.`;
}
