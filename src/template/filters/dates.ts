/** The filter that writes dates and times. */
import { invalidValue } from "../values/kind.ts";
import { defineFilter } from "./define-filter.ts";
import { IntlCache } from "./intl-cache.ts";

const formats = new IntlCache((locale: string, options: Intl.DateTimeFormatOptions) => {
  return new Intl.DateTimeFormat(locale, options);
});

const lengths = ["short", "medium", "long", "full"] as const;
const names = [...lengths, "none"] as const;

/**
 * The date as ISO 8601, for the `datetime` of `<time>` and for machines; with `format` "short", "medium", "long" or
 * "full" as people of a `locale` write it, with `time` of the same four lengths also the time of day. `timeZone` is a
 * name such as "Europe/Berlin"; neither it nor the locale depends on the machine. The value is a Date, a text in ISO
 * 8601, or milliseconds since 1970.
 */
export const date = defineFilter(
  'date(format="iso", locale="en", timeZone="UTC", time="none")',
  (value, given) => {
    const moment = momentOf(value);
    const format = given.choice("format", "iso", ["iso", ...names]);
    if (format === "iso") return moment.toISOString();
    const options: Intl.DateTimeFormatOptions = { timeZone: given.text("timeZone", "UTC") };
    if (format !== "none") options.dateStyle = format;
    const time = given.choice("time", "none", names);
    if (time !== "none") options.timeStyle = time;
    if (format === "none" && time === "none") throw given.refused("format", 'not "none" without `time`');
    return formats.get(given.text("locale", "en"), options, given).format(moment);
  },
);

function momentOf(value: unknown): Date {
  const known = typeof value === "number" || value instanceof Date;
  const iso = typeof value === "string" && /^[+-]?\d{4,6}-\d\d(?:-\d\d)?/.test(value);
  const moment = new Date(known || iso ? value : Number.NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw invalidValue(
    value,
    "The filter `date` stands behind a value that is no date.",
    "a Date, a text such as 2025-06-01T12:00:00Z, or milliseconds since 1970",
  );
}
