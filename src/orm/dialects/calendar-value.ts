/** Days, times of day and moments: checked on the way in, read from the texts of databases on the way out. */
import { storedValueInvalid, valueInvalid } from "./value-error.ts";

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeForm = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?$/;
const storedTimeForm = /^(\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?$/;
const storedMomentForm =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?(?::?(\d{2}))?)?$/;
const getTime = Date.prototype.getTime;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The first and the last moment that every database can hold, in milliseconds since 1970. */
const firstMoment = -62_135_596_800_000; // 0001-01-01T00:00:00.000Z
const lastMoment = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/** A day that exists: `"2026-02-28"`. */
export function checkDate(value: unknown): string {
  const match = typeof value === "string" ? dateForm.exec(value) : null;
  if (match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]))) return match[0];
  const fix = "Write the day as YYYY-MM-DD: date.toISOString().slice(0, 10) is that of UTC.";
  throw valueInvalid("a day of the calendar, YYYY-MM-DD, from the years 0001 to 9999", value, fix);
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && isLeapYear ? 29 : (daysOfMonth[month - 1] ?? 0));
}

/** A time of day: `"23:59:59"` or `"23:59:59.999"`; a fraction of zero is left out, so that equal times are equal texts. */
export function checkTime(value: unknown): string {
  if (typeof value === "string" && timeForm.test(value))
    return value.endsWith(".000") ? value.slice(0, 8) : value;
  throw valueInvalid("a time of day, HH:MM:SS or HH:MM:SS.mmm", value);
}

/** A time of day as a database writes it: `03:04:05.12` in PostgreSQL, `03:04:05.120` in MySQL. */
export function readTime(value: unknown): string {
  const match = typeof value === "string" ? storedTimeForm.exec(value) : null;
  if (match === null) throw storedValueInvalid("a time of day", value);
  const milliseconds = (match[2] ?? "").padEnd(3, "0").slice(0, 3);
  return milliseconds === "000" ? `${match[1]}` : `${match[1]}.${milliseconds}`;
}

/** A moment, in milliseconds since 1970. `getTime` is that of Date itself: an object may bring one of its own. */
export function checkMoment(value: unknown): number {
  const moment = millisecondsOf(value);
  if (moment >= firstMoment && moment <= lastMoment) return moment;
  throw valueInvalid("a Date within the years 1 to 9999", value, "Parse the text: new Date(text).");
}

function millisecondsOf(value: unknown): number {
  if (!(value instanceof Date)) return Number.NaN;
  try {
    return getTime.call(value);
  } catch {
    return Number.NaN; // Only its prototype is that of a Date.
  }
}

/** `2026-01-02 03:04:05.678`, in UTC. */
export function writeMoment(moment: number): string {
  return new Date(moment).toISOString().replace("T", " ").slice(0, 23);
}

/** A moment as a database writes it; without an offset it is in UTC. */
export function readMoment(value: unknown): Date {
  if (typeof value !== "string") throw storedValueInvalid("a moment", value);
  const moment = readUtc(value);
  return Number.isNaN(moment) ? readWithOffset(value) : new Date(moment);
}

/** What a connection in UTC gives, read without a regular expression: a result may have thousands of moments. */
function readUtc(text: string): number {
  const end = text.endsWith("+00") ? text.length - 3 : text.length;
  const isPunctuated = text.charCodeAt(10) === 32 && text.charCodeAt(4) === 45 && text.charCodeAt(13) === 58;
  const year = digitsAt(text, 0, 4);
  if (!isPunctuated || end < 19 || end > 23 || year < 100) return Number.NaN;
  let milliseconds = 0;
  if (end > 19)
    milliseconds = text.charCodeAt(19) === 46 ? digitsAt(text, 20, end) * 10 ** (23 - end) : Number.NaN;
  const month = digitsAt(text, 5, 7) - 1;
  const hour = digitsAt(text, 11, 13);
  return Date.UTC(
    year,
    month,
    digitsAt(text, 8, 10),
    hour,
    digitsAt(text, 14, 16),
    digitsAt(text, 17, 19),
    milliseconds,
  );
}

/** NaN where something else is among them. */
function digitsAt(text: string, start: number, end: number): number {
  let number = start < end ? 0 : Number.NaN;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

function readWithOffset(text: string): Date {
  const match = storedMomentForm.exec(text);
  if (match === null) throw storedValueInvalid("a moment within the years 1 to 9999", text);
  const [, year, month, day, hour, minute, second, fraction = "", , sign, ...offset] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  date.setUTCHours(Number(hour), Number(minute), Number(second), milliseconds);
  if (sign !== undefined) date.setTime(date.getTime() - offsetOf(sign, offset));
  return date;
}

/** Offsets have seconds too: those of local time before time zones. */
function offsetOf(sign: string, [hours, minutes, seconds]: readonly (string | undefined)[]): number {
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return (sign === "-" ? -total : total) * 1000;
}
