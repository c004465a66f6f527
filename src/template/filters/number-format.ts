/** The filter that writes numbers for people. */
import { invalidValue } from "../values/kind.ts";
import type { Arguments } from "./arguments.ts";
import { defineFilter } from "./define-filter.ts";
import { IntlCache } from "./intl-cache.ts";
import { parseFloating } from "./parse-number.ts";

const formats = new IntlCache((locale: string, options: Intl.NumberFormatOptions) => {
  return new Intl.NumberFormat(locale, options);
});

const texts = [
  "style",
  "currency",
  "currencyDisplay",
  "unit",
  "unitDisplay",
  "notation",
  "signDisplay",
] as const;
const counts = ["minimumIntegerDigits", "minimumFractionDigits", "maximumFractionDigits"] as const;

/**
 * The number as people write it: `1,234.5`. `locale` is a language tag such as "de"; the others are the options of
 * Intl.NumberFormat: `number(style="currency", currency="EUR")`.
 */
export const number = defineFilter(
  'number(locale="en", style="decimal", currency=none, minimumFractionDigits=none, maximumFractionDigits=none, ' +
    "minimumIntegerDigits=none, notation=none, unit=none, unitDisplay=none, currencyDisplay=none, signDisplay=none, " +
    "useGrouping=true)",
  (value, given) => {
    const number = typeof value === "string" ? parseFloating(value) : value;
    if (typeof number !== "number" && typeof number !== "bigint") {
      throw invalidValue(value, "The filter `number` stands behind a value that is no number.", "a number");
    }
    return formats.get(given.text("locale", "en"), optionsOf(given), given).format(number);
  },
);

function optionsOf(given: Arguments): Intl.NumberFormatOptions {
  const options: Record<string, string | number | boolean> = { useGrouping: given.flag("useGrouping", true) };
  for (const name of texts) if (given.get(name) !== undefined) options[name] = given.text(name, "");
  for (const name of counts)
    if (given.get(name) !== undefined) options[name] = given.integer(name, 0, 0, 100);
  return options;
}
