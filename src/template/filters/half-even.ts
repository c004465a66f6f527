/** Rounding to decimal places as Python does: by the exact value of the number, and of two equally near to the even one. */
import { formatNumber } from "../values/number-format.ts";

/** Decimal places that numbers can be rounded to. */
export const MOST_PLACES = 100;

/** A number with exactly this many decimal places. */
export function fixed(number: number, places: number): string {
  return formatNumber(number, {
    fill: " ",
    align: "",
    sign: "",
    alternate: false,
    width: 0,
    group: "",
    precision: places,
    type: "f",
  });
}

/** A number rounded to decimal places; to tens, hundreds and so on where `places` is negative. */
export function roundHalfEven(number: number, places: number): number {
  if (!Number.isFinite(number) || Math.abs(number) >= 1e21) return number;
  if (places >= 0) return Number(fixed(number, places));
  const unit = 10 ** -places;
  return Number(fixed(number / unit, 0)) * unit;
}
