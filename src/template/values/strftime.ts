/** Dates by the directives of C's and Python's `strftime`, in the time zone of the process and in English. */
import { checkLength } from "./limits.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const DAY = 86_400_000;

/** `%Y-%m-%d` and the like; `%-d` leaves out leading zeros, and an unknown directive stays as it is. */
export function strftime(date: Date, format: string): string {
  if (Number.isNaN(date.getTime())) return "";
  // No directive writes more than 40 characters.
  checkLength(format.length * 20);
  return format.replace(/%(-?)([A-Za-z%])/g, (whole, flag: string, directive: string) => {
    const value = written(date, directive);
    if (value === undefined) return whole;
    return flag === "-" ? value.replace(/^[0 ]+(?=\d)/, "") : value;
  });
}

function written(date: Date, directive: string): string | undefined {
  switch (directive) {
    case "Y":
      return String(date.getFullYear());
    case "y":
      return two(date.getFullYear() % 100);
    case "m":
      return two(date.getMonth() + 1);
    case "d":
      return two(date.getDate());
    case "e":
      return String(date.getDate()).padStart(2);
    case "H":
      return two(date.getHours());
    case "I":
      return two(date.getHours() % 12 || 12);
    case "M":
      return two(date.getMinutes());
    case "S":
      return two(date.getSeconds());
    case "f":
      return `${String(date.getMilliseconds()).padStart(3, "0")}000`;
    case "%":
      return "%";
    default:
      return named(date, directive) ?? counted(date, directive) ?? composed(date, directive);
  }
}

function named(date: Date, directive: string): string | undefined {
  switch (directive) {
    case "B":
      return months[date.getMonth()];
    case "b":
    case "h":
      return months[date.getMonth()]?.slice(0, 3);
    case "A":
      return days[date.getDay()];
    case "a":
      return days[date.getDay()]?.slice(0, 3);
    case "p":
      return date.getHours() < 12 ? "AM" : "PM";
    case "z":
      return offset(date);
    case "Z":
      return offset(date) === "+0000" ? "UTC" : offset(date);
    default:
      return undefined;
  }
}

function counted(date: Date, directive: string): string | undefined {
  switch (directive) {
    case "j":
      return String(dayOfYear(date)).padStart(3, "0");
    case "w":
      return String(date.getDay());
    case "u":
      return String(date.getDay() || 7);
    case "U":
      return two(Math.floor((dayOfYear(date) + 6 - date.getDay()) / 7));
    case "W":
      return two(Math.floor((dayOfYear(date) + 6 - ((date.getDay() + 6) % 7)) / 7));
    case "V":
      return two(Math.floor((dayOfYear(thursday(date)) + 6) / 7));
    case "G":
      return String(thursday(date).getFullYear());
    case "s":
      return String(Math.floor(date.getTime() / 1000));
    default:
      return undefined;
  }
}

function composed(date: Date, directive: string): string | undefined {
  switch (directive) {
    case "F":
      return strftime(date, "%Y-%m-%d");
    case "T":
    case "X":
      return strftime(date, "%H:%M:%S");
    case "R":
      return strftime(date, "%H:%M");
    case "D":
    case "x":
      return strftime(date, "%m/%d/%y");
    case "c":
      return strftime(date, "%a %b %e %H:%M:%S %Y");
    default:
      return undefined;
  }
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day - Date.UTC(date.getFullYear(), 0, 1)) / DAY + 1;
}

/** The Thursday of the week: the year it lies in is the year that ISO 8601 counts the week to. */
function thursday(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 4 - (date.getDay() || 7));
}

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
