/** Dates as HTTP writes them (RFC 9110 §5.6.7): one form is written, three are read. */
import { LimpidError } from "../errors/index.ts";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const longDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A date as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`. Milliseconds are dropped, a date has whole seconds.
 *
 * @param date - A `Date`, or milliseconds since 1970.
 * @throws LimpidError `LMP_HTTP_DATE_INVALID` for an invalid date or a year that needs more than four digits.
 *
 * @example
 * ```ts
 * import { formatHttpDate, parseHttpDate } from "limpid/http";
 *
 * console.log(formatHttpDate(784111777000)); // Sun, 06 Nov 1994 08:49:37 GMT
 * console.log(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT")?.getTime()); // 784111777000
 * console.log(parseHttpDate("yesterday")); // undefined
 * ```
 */
export function formatHttpDate(date: Date | number): string {
  const moment = new Date(date);
  const year = moment.getUTCFullYear();
  if (year >= 0 && year <= 9999) return moment.toUTCString();
  throw new LimpidError("LMP_HTTP_DATE_INVALID", "This date cannot be written as an HTTP date.", {
    expected: "a valid date in the years 0 to 9999",
    found: Number.isNaN(year) ? "an invalid date" : `the year ${year}`,
    fix: "Pass a Date or milliseconds since 1970.",
  });
}

/**
 * Reads an HTTP date in any of its three forms; `undefined` for all other text and for days that do not exist.
 *
 * @param now - Milliseconds since 1970. It decides the century of the two-digit year in the form of RFC 850: a date
 *   more than 50 years ahead lies in the past. Without it, 70 to 99 are in the twentieth century.
 */
export function parseHttpDate(text: string, now?: number): Date | undefined {
  if (text.length < 24 || text.length > 33) return undefined;
  if (text[3] === ",") return parseFixdate(text);
  if (text[3] === " ") return parseAsctime(text);
  return parseObsolete(text, now);
}

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
function parseFixdate(text: string): Date | undefined {
  if (text.length !== 29 || !days.includes(text.slice(0, 3)) || !text.endsWith(" GMT")) return undefined;
  if (text[4] !== " " || text[7] !== " " || text[11] !== " " || text[16] !== " ") return undefined;
  const month = months.indexOf(text.slice(8, 11));
  return utcDate(digits(text, 12, 16), month, digits(text, 5, 7), text.slice(17, 25));
}

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function parseObsolete(text: string, now: number | undefined): Date | undefined {
  const comma = text.indexOf(",");
  if (comma === -1 || !longDays.includes(text.slice(0, comma))) return undefined;
  const rest = text.slice(comma + 1);
  if (rest.length !== 23 || rest[0] !== " " || rest[3] !== "-" || rest[7] !== "-" || rest[10] !== " ") {
    return undefined;
  }
  if (!rest.endsWith(" GMT")) return undefined;
  const short = digits(rest, 8, 10);
  const month = months.indexOf(rest.slice(4, 7));
  const inCentury = (century: number) =>
    utcDate(century + short, month, digits(rest, 1, 3), rest.slice(11, 19));
  if (now === undefined) return inCentury(short >= 70 ? 1900 : 2000);
  const horizon = new Date(now);
  horizon.setUTCFullYear(horizon.getUTCFullYear() + 50);
  // A leap day exists in 2000 but not in 1900, so the century decides before the day is checked.
  const century = Math.floor(horizon.getUTCFullYear() / 100) * 100;
  const nearest = inCentury(century);
  const ahead = nearest === undefined ? century + short > horizon.getUTCFullYear() : nearest > horizon;
  return ahead ? inCentury(century - 100) : nearest;
}

/** `Sun Nov  6 08:49:37 1994` */
function parseAsctime(text: string): Date | undefined {
  if (text.length !== 24 || !days.includes(text.slice(0, 3))) return undefined;
  if (text[7] !== " " || text[10] !== " " || text[19] !== " ") return undefined;
  const day = text[8] === " " ? digits(text, 9, 10) : digits(text, 8, 10);
  return utcDate(digits(text, 20, 24), months.indexOf(text.slice(4, 7)), day, text.slice(11, 19));
}

/** `time` is `08:49:37`; NaN and -1 stand for what could not be read. */
function utcDate(year: number, month: number, day: number, time: string): Date | undefined {
  if (time[2] !== ":" || time[5] !== ":") return undefined;
  const hour = digits(time, 0, 2);
  const minute = digits(time, 3, 5);
  const second = digits(time, 6, 8);
  // 60 is a leap second, which Date counts as the first second of the next minute.
  if (!(hour <= 23 && minute <= 59 && second <= 60 && day >= 1 && month >= 0 && year >= 0)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month) return undefined;
  date.setUTCHours(hour, minute, second);
  return date;
}

/** The digits between two places as a number, NaN where anything else stands there. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
