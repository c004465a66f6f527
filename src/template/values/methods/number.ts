/** Methods of numbers, by JavaScript's names. */
import { integerOr } from "../integer.ts";
import type { Members } from "./members.ts";

const digits = (value: unknown): number => integerOr(value, 0, "The number of digits");

export const numberMembers: Members<number> = {
  properties: {},
  methods: {
    toFixed: (number, places) => number.toFixed(digits(places)),
    toPrecision: (number, places) =>
      places === undefined ? String(number) : number.toPrecision(digits(places)),
    toExponential: (number, places) =>
      places === undefined ? number.toExponential() : number.toExponential(digits(places)),
    toString: (number: number, radix?: unknown) => number.toString(integerOr(radix, 10, "The base")),
    toLocaleString: (number: number, locales?: unknown, options?: unknown) =>
      number.toLocaleString(locales as string | undefined, options as Intl.NumberFormatOptions | undefined),
    is_integer: (number) => Number.isInteger(number),
  },
  mutating: {},
};

export const bigintMembers: Members<bigint> = {
  properties: {},
  methods: {
    toString: (number: bigint, radix?: unknown) => number.toString(integerOr(radix, 10, "The base")),
    toLocaleString: (number: bigint, locales?: unknown, options?: unknown) =>
      number.toLocaleString(
        locales as string | undefined,
        options as BigIntToLocaleStringOptions | undefined,
      ),
    is_integer: () => true,
  },
  mutating: {},
};
