/** Dates in `Set-Cookie` as browsers read them: almost any order, any separators (RFC 6265bis §5.1.1). */

const delimiters = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;
const timeOfDay = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/;
const dayOfMonth = /^\d{1,2}(?!\d)/;
const yearNumber = /^\d{2,4}(?!\d)/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

interface Found {
  time?: RegExpExecArray;
  day?: number;
  month?: number;
  year?: number;
}

/** The date in milliseconds since 1970, or undefined where no browser would find one. */
export function parseCookieDate(text: string): number | undefined {
  const found: Found = {};
  for (const token of text.split(delimiters)) sort(token, found);
  const { time, day, month, year } = found;
  if (time === undefined || day === undefined || month === undefined || year === undefined) return undefined;
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3])];
  if (year < 1601 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  // The 31st of a shorter month would become the first of the next.
  return date.getUTCDate() === day && date.getUTCMonth() === month ? date.getTime() : undefined;
}

/** A token is the first thing in this order that it can be and that has not been found yet. */
function sort(token: string, found: Found): void {
  const time = found.time ? null : timeOfDay.exec(token);
  if (time) {
    found.time = time;
    return;
  }
  const day = found.day === undefined ? dayOfMonth.exec(token) : null;
  if (day) {
    found.day = Number(day[0]);
    return;
  }
  const month = found.month === undefined ? months.indexOf(token.slice(0, 3).toLowerCase()) : -1;
  if (month >= 0) {
    found.month = month;
    return;
  }
  const year = found.year === undefined ? yearNumber.exec(token) : null;
  if (year) found.year = fullYear(Number(year[0]));
}

function fullYear(year: number): number {
  if (year >= 100) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}
