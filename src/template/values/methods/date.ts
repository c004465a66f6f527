/** Methods of dates by JavaScript's names, and what Python's dates have beside them. */
import { strftime } from "../strftime.ts";
import { type Members, textArgument } from "./members.ts";

type Options = Intl.DateTimeFormatOptions | undefined;

export const dateMembers: Members<Date> = {
  properties: {
    year: (date) => date.getFullYear(),
    month: (date) => date.getMonth() + 1,
    day: (date) => date.getDate(),
    hour: (date) => date.getHours(),
    minute: (date) => date.getMinutes(),
    second: (date) => date.getSeconds(),
  },
  methods: {
    getTime: (date) => date.getTime(),
    valueOf: (date: Date) => date.getTime(),
    getFullYear: (date) => date.getFullYear(),
    getMonth: (date) => date.getMonth(),
    getDate: (date) => date.getDate(),
    getDay: (date) => date.getDay(),
    getHours: (date) => date.getHours(),
    getMinutes: (date) => date.getMinutes(),
    getSeconds: (date) => date.getSeconds(),
    getMilliseconds: (date) => date.getMilliseconds(),
    getTimezoneOffset: (date) => date.getTimezoneOffset(),
    getUTCFullYear: (date) => date.getUTCFullYear(),
    getUTCMonth: (date) => date.getUTCMonth(),
    getUTCDate: (date) => date.getUTCDate(),
    getUTCDay: (date) => date.getUTCDay(),
    getUTCHours: (date) => date.getUTCHours(),
    getUTCMinutes: (date) => date.getUTCMinutes(),
    getUTCSeconds: (date) => date.getUTCSeconds(),
    getUTCMilliseconds: (date) => date.getUTCMilliseconds(),
    toISOString: (date) => date.toISOString(),
    toJSON: (date) => date.toJSON(),
    toString: (date: Date) => date.toString(),
    toDateString: (date) => date.toDateString(),
    toTimeString: (date) => date.toTimeString(),
    toUTCString: (date) => date.toUTCString(),
    toLocaleString: (date: Date, locales?: unknown, options?: unknown) =>
      date.toLocaleString(locales as string | undefined, options as Options),
    toLocaleDateString: (date, locales, options) =>
      date.toLocaleDateString(locales as string | undefined, options as Options),
    toLocaleTimeString: (date, locales, options) =>
      date.toLocaleTimeString(locales as string | undefined, options as Options),
    strftime: (date, format) => strftime(date, textArgument(format, "The format of a date")),
    isoformat: (date) => date.toISOString(),
    timestamp: (date) => date.getTime() / 1000,
    weekday: (date) => (date.getDay() + 6) % 7,
    isoweekday: (date) => date.getDay() || 7,
  },
  mutating: {},
};
